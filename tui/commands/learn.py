"""The lesson and the lab, in the terminal."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from typing import TYPE_CHECKING

from lessons.course import Course
from tui.commands.course import screen_slug
from tui.commands.errors import USAGE_ERROR, CommandError
from tui.commands.kept import file_store
from tui.progress import Progress
from tui.session import Session, open_session
from tui.terminal import Terminal, find_terminal

if TYPE_CHECKING:
    from tui.settings import Settings


def learn(course: Course, arguments: argparse.Namespace) -> int:
    """Take the lesson in the terminal; a theme that is given is remembered."""
    slug = screen_slug(course, arguments.screen) if arguments.screen else None
    lab = arguments.command == "lab"
    terminal = find_terminal(
        os.environ,
        connected=all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout)),
        plain=arguments.plain,
        only_ascii=arguments.ascii,
        encoding=sys.stdout.encoding if sys.stdout else "utf-8",
    )
    # One BLAS thread: networks this small only lose by more, and numpy is loaded sooner.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if terminal.plain:
        _refuse_no_theme(arguments.theme)
    settings = None if terminal.plain else _settings(terminal, arguments.theme)
    if arguments.fresh:
        session = Session(Progress(course.slug))
    else:
        session = open_session(course.slug, file_store(course, arguments.session))
    if slug:
        session.progress.screen, session.progress.page = slug, 0
    recall = slug is None and not lab
    if settings is None:
        status = _read_out(course, session, lab, recall)
    else:
        status = _show(course, session, lab, recall, terminal, settings)
    if not session.saved:
        session.save()
    if not session.saved:
        print(f"initlesson: {session.note}", file=sys.stderr)
    return status


def _refuse_no_theme(theme: str | None) -> None:
    # Line by line there are no colours: any theme will do, but a misspelt one is told all the same.
    if theme is not None:
        from tui.themes import problem

        if why := problem(Terminal(), theme):
            raise CommandError(why, USAGE_ERROR)


def _read_out(course: Course, session: Session, lab: bool, recall: bool) -> int:
    from tui.plain.hanging_up import quitting_when_hung_up
    from tui.plain.reader import PlainReader
    from tui.plain.talk import standard_talk

    with quitting_when_hung_up():
        PlainReader(course, session, standard_talk()).run(lab=lab, recall=recall)
    return 0


def _settings(terminal: Terminal, theme: str | None) -> Settings:
    """Return the learner's settings, and make ready for Textual."""
    if terminal.remote:
        # Textual reads it when it is imported.
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # Until the first screen stands, all that is made is kept: collecting garbage would find none.
    gc.disable()
    load_asyncio()
    from tui.settings import open_settings, settings_path
    from tui.themes import problem

    settings = open_settings(settings_path())
    if theme is not None:
        if why := problem(terminal, theme):
            raise CommandError(why, USAGE_ERROR)
        settings.take(theme)
    return settings


def load_asyncio() -> None:
    """Load asyncio without OpenSSL, an eighth of a lesson's memory, for connections that nobody opens."""
    if "ssl" in sys.modules:
        return
    # As in a Python that was built without it, which asyncio allows for.
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]


def _show(
    course: Course, session: Session, lab: bool, recall: bool, terminal: Terminal, settings: Settings
) -> int:
    from tui.app import LessonApp

    try:
        app = LessonApp(course, session, lab=lab, recall=recall, terminal=terminal, settings=settings)
    except Exception as error:  # Textual reads its own settings from the environment
        raise CommandError(f"the terminal cannot be set up: {error}. Unset the TEXTUAL_… variables") from None
    app.run(mouse=terminal.mouse)
    return app.return_code or 0
