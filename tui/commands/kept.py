"""Which file keeps the learner's progress."""

from __future__ import annotations

from pathlib import Path

from lessons.course import Course
from tui.commands.errors import CommandError
from tui.progress import Progress
from tui.store import FileStore, progress_path


def file_store(course: Course, named: str | None) -> FileStore | None:
    """Return the store of the file that was named, or else of the platform's; None without a home.

    Raises:
        CommandError: the file that was named is not one of progress; only the platform's own is kept aside.

    """
    path = Path(named) if named else progress_path(course.slug)
    if path is None:
        return None
    store = FileStore(course.slug, path)
    if named:
        read_again(store)
    return store


def read_again(store: FileStore) -> Progress | None:
    """Return what a file keeps, None if there is none.

    Raises:
        CommandError: it cannot be read, or keeps something else.

    """
    try:
        return store.read()
    except OSError as error:
        raise CommandError(f"{store.where} cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise CommandError(
            f"{store.where} is not the progress of the course {store.course}; "
            "move it away, or name another file with --session"
        ) from None
