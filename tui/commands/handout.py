"""The course on paper."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.errors import suggestion
from lessons.course import Course
from tui.commands.errors import USAGE_ERROR, CommandError


def handout(
    course: Course,
    *,
    html: bool = False,
    lesson: str | None = None,
    answers: bool = False,
    output: Path | None = None,
    force: bool = False,
) -> int:
    """Write a course, or a lesson of it, as Markdown or as a web page."""
    from lessons.values import UnknownValueError
    from tui.handout.course import Handout

    names = {each.slug: each for each in course.lessons}
    if lesson is not None and lesson not in names:
        raise CommandError(f"no lesson {lesson!r}; there are: {suggestion(lesson, names)}", USAGE_ERROR)
    if output is not None:
        _must_be_writable(output, force)
    if sys.stderr and sys.stderr.isatty():
        print("initlesson: the networks of the course are run; this takes some seconds", file=sys.stderr)
    progress = None
    if answers:
        from tui.session import open_session, progress_path

        session = open_session(course.slug, progress_path(course.slug))
        progress = session.progress
        if session.note:
            print(f"initlesson: {session.note}", file=sys.stderr)
    try:
        document = Handout(course, progress).document(names[lesson] if lesson else None)
    except UnknownValueError as error:
        raise CommandError(f"{error}; see: initlesson check") from None
    if html:
        from tui.handout.html import page

        text = page(document)
    else:
        from tui.handout.markdown import markdown

        text = markdown(document)
    if output is None:
        print(text, end="")
    else:
        _write(output, text, force)
    return 0


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
