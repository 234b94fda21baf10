"""The course on paper."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import suggestion
from lessons.ascii import spelt
from lessons.course import Course
from tui.commands.errors import USAGE_ERROR, CommandError

if TYPE_CHECKING:
    from tui.progress import Progress


def handout(course: Course, arguments: argparse.Namespace) -> int:
    """Write a course, or a lesson of it, as Markdown or as a web page."""
    # One BLAS thread: networks this small only lose by more.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from lessons.values import UnknownValueError
    from tui.handout.course import Handout

    lessons = {each.slug: each for each in course.lessons}
    asked = arguments.lesson
    output = Path(arguments.output) if arguments.output not in (None, "", "-") else None
    if asked is not None and asked not in lessons:
        raise CommandError(f"no lesson {asked!r}; there are: {suggestion(asked, lessons)}", USAGE_ERROR)
    if output:
        _must_be_writable(output, arguments.force)
    progress = _progress(course, arguments) if arguments.answers else None
    if sys.stderr and sys.stderr.isatty():
        print("initlesson: the networks of the course are run; this takes some seconds", file=sys.stderr)
    try:
        document = Handout(course, progress).document(lessons.get(asked))
    except UnknownValueError as error:
        raise CommandError(f"{error}; see: initlesson check") from None
    if arguments.html:
        from tui.handout.html import page

        text = page(document)
        if arguments.ascii:
            # Spelt, ≤ would begin a tag.
            text = text.encode("ascii", "xmlcharrefreplace").decode()
    else:
        from tui.handout.markdown import markdown

        text = markdown(document)
        if arguments.ascii:
            # A file is for any reader: what the terminal lacks does not matter, what was asked for does.
            text = spelt(text)
    if output:
        _write(output, text, arguments.force)
    else:
        print(text, end="")
    return 0


def _progress(course: Course, arguments: argparse.Namespace) -> Progress:
    from tui.commands.kept import file_store, read_again
    from tui.progress import Progress

    store = None if arguments.fresh else file_store(course, arguments.session)
    kept = read_again(store) if store else None
    if kept is None:
        print("initlesson: there are no answers yet", file=sys.stderr)
    return kept or Progress(course.slug)


def _must_be_writable(output: Path, force: bool) -> None:
    """Find out before the runs are made, not after, that a file cannot be written."""
    try:
        if output.is_dir():
            raise CommandError(f"{output} is a folder; name a file")
        if output.exists() and not force:
            raise CommandError(f"{output} is there already; name another file, or add --force to replace it")
        if not output.parent.is_dir():
            raise CommandError(f"{output.parent} is no folder; make it first")
    except OSError as error:
        raise _cannot_be_written(output, error) from None


def _cannot_be_written(output: Path, error: OSError) -> CommandError:
    return CommandError(f"{output} cannot be written: {error.strerror or error}")


def _write(output: Path, text: str, force: bool) -> None:
    try:
        with output.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise _cannot_be_written(output, error) from None
    print(f"{output}: written", file=sys.stderr)
