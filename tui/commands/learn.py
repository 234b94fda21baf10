"""The lesson and the lab, in the terminal."""

from __future__ import annotations

import argparse
import gc
import os
import sys

from lessons.course import Course
from tui.commands.course import screen_slug
from tui.commands.errors import USAGE_ERROR, CommandError
from tui.commands.kept import file_store
from tui.terminal import find_terminal


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
    if terminal.plain:
        raise CommandError(
            "the lesson needs a terminal that can place a cursor (see TERM). "
            "Without one, read it with: initlesson list, initlesson show SCREEN"
        )
    # One BLAS thread: networks this small only lose by more, and numpy is loaded sooner.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if terminal.remote:
        # Textual reads it when it is imported.
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # Until the first screen stands, all that is made is kept: collecting garbage would find none.
    gc.disable()
    from tui.app import LessonApp
    from tui.progress import Progress
    from tui.session import Session, open_session
    from tui.settings import open_settings, settings_path
    from tui.themes import problem

    settings = open_settings(settings_path())
    if arguments.theme is not None:
        if why := problem(terminal, arguments.theme):
            raise CommandError(why, USAGE_ERROR)
        settings.take(arguments.theme)

    if arguments.fresh:
        session = Session(Progress(course.slug))
    else:
        session = open_session(course.slug, file_store(course, arguments.session))
    if slug:
        session.progress.screen, session.progress.page = slug, 0
    try:
        app = LessonApp(
            course,
            session,
            lab=lab,
            recall=slug is None and not lab,
            terminal=terminal,
            settings=settings,
        )
    except Exception as error:  # Textual reads its own settings from the environment
        raise CommandError(f"the terminal cannot be set up: {error}. Unset the TEXTUAL_… variables") from None
    app.run(mouse=terminal.mouse)
    if not session.saved:
        session.save()
    if not session.saved:
        print(f"initlesson: {session.note}", file=sys.stderr)
    return app.return_code or 0
