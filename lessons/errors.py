"""The one kind of error that a course can have."""

from __future__ import annotations

from pathlib import Path


class LessonError(Exception):
    """Something in a course that its author must change.

    Attributes:
        path: The file.
        line: The line, from 1, or None if the whole file is meant.
        problem: What is wrong and what is allowed, in one sentence.

    """

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem
