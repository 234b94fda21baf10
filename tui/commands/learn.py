"""The lesson and the lab, in the terminal."""

from __future__ import annotations

import os

from lessons.course import Course
from tui.commands.course import screen_slug
from tui.commands.errors import CommandError
from tui.terminal import Terminal


def learn(course: Course, asked: str | None, terminal: Terminal, *, lab: bool = False) -> int:
    """Take the lesson in the terminal."""
    slug = screen_slug(course, asked) if asked else None
    if terminal.plain:
        raise CommandError(
            "the lesson needs a terminal that can place a cursor (see TERM). "
            "Without one, read it with: initlesson list, initlesson show SCREEN"
        )
    # One BLAS thread: networks this small only lose by more, and numpy is loaded sooner.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from tui.app import LessonApp
    from tui.session import open_session, progress_path

    session = open_session(course.slug, progress_path(course.slug))
    if slug:
        session.progress.screen, session.progress.page = slug, 0
    try:
        app = LessonApp(course, session, lab=lab, recall=slug is None and not lab, terminal=terminal)
    except Exception as error:  # Textual reads its own settings from the environment
        raise CommandError(f"the terminal cannot be set up: {error}. Unset the TEXTUAL_… variables") from None
    app.run()
    return app.return_code or 0
