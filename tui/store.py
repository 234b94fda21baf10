"""Where progress is kept."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tui.files import locked, replace_file
from tui.progress import Progress

MAX_BYTES = 1024 * 1024
PATIENCE = 1.0
"""Seconds to wait for another window that is writing."""


class Store(Protocol):
    """Keeps what one learner has done in one course."""

    @property
    def where(self) -> str:
        """Where that is, as a learner reads it."""
        ...

    @property
    def note(self) -> str:
        """What the learner must know after the last `load` or `update`, or ""."""
        ...

    @property
    def certain(self) -> bool:
        """Whether nobody who was writing at the same time can undo the last `update`."""
        ...

    def load(self) -> Progress | None:
        """Return what is kept, or None if nothing is.

        Raises:
            OSError: it cannot be read.

        """
        ...

    def update(self, change: Callable[[Progress | None], Progress]) -> Progress:
        """Keep what a function makes of what is kept now, and return it; nobody else writes in between.

        Raises:
            OSError: it cannot be read or written; what was kept before is still there.

        """
        ...

    def trouble(self, error: OSError, done: str = "written") -> str:
        """Return what a learner must know when their progress cannot be read or written."""
        ...


class FileStore:
    """A JSON file, always whole, that several windows may write.

    What is there is read again before each write, under a lock, and only changed: whoever writes last
    does not undo what the others wrote. The lock is one more file beside it, because the file itself is
    replaced by every write. Whoever holds it for a second is stuck, and is not waited for: a lesson that
    stands still, or an answer that is not written, would be worse. What was written without the lock is
    not `certain`, and the session writes it again with the next answer.

    Args:
        course: Slug of the course.
        path: The file.

    """

    def __init__(self, course: str, path: Path) -> None:
        self.course = course
        self.path = path
        self.where = printable(path)
        self.note = ""
        self.certain = True
        self._patience = PATIENCE

    def read(self) -> Progress | None:
        """Return what the file keeps, or None if there is no file.

        Raises:
            OSError: it cannot be read.
            ValueError: it is broken, or not the progress of this course.

        """
        try:
            about = self.path.stat()
            if not stat.S_ISREG(about.st_mode):
                raise OSError(errno.EINVAL, "not a file")
            if about.st_size > MAX_BYTES:
                raise ValueError("too large")
            return Progress.from_json(self.path.read_text(encoding="utf-8"), self.course)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def load(self) -> Progress | None:
        """Return what the file keeps; one that is broken or of something else is kept aside."""
        self.note = ""
        try:
            return self.read()
        except ValueError:
            aside = self._keep_aside()
            self.note = (
                f"{printable(self.path.name)} was not the progress of this course. "
                f"It is kept as {printable(aside)}."
            )
            return None

    def update(self, change: Callable[[Progress | None], Progress]) -> Progress:
        """Write what a function makes of what is in the file now."""
        with locked(self.path, self._patience) as alone:
            self.certain = alone
            self._patience = PATIENCE if alone else PATIENCE / 10
            after = change(self.load())
            replace_file(self.path, after.to_json())
        return after

    def trouble(self, error: OSError, done: str = "written") -> str:
        """Return what a learner must know when the file cannot be read or written, and what they can do."""
        return (
            f"Your progress is not kept: {self.where} cannot be {done} ({error.strerror or error}). "
            "Every answer tries again; initlesson --session FILE keeps it elsewhere."
        )

    def _keep_aside(self) -> Path:
        number = 1
        while True:
            aside = self.path.with_name(f"{self.path.stem}.kept-{number}{self.path.suffix}")
            if not os.path.lexists(aside):
                return self.path.rename(aside)
            number += 1


def printable(path: Path | str) -> str:
    """Return a path as any terminal can show it: a name may hold whatever it likes."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "�" for character in text)


def progress_path(course: str) -> Path | None:
    """Return the file in which the progress through a course is kept; None for a user without a home."""
    from platformdirs import user_state_path

    try:
        return user_state_path("initlesson", appauthor=False) / f"{course}.json"
    except RuntimeError:
        return None
