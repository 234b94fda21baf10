"""The one kind of error that a command ends with, and the exit statuses."""

from __future__ import annotations

FAILURE = 1
USAGE_ERROR = 2
INTERRUPTED = 130


class CommandError(Exception):
    """What went wrong, in one line that says what to do, and the exit status."""

    def __init__(self, message: str, status: int = FAILURE) -> None:
        super().__init__(message)
        self.status = status
