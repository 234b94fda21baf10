"""Completion of names in a shell, by argcomplete."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from argcomplete import autocomplete
from argcomplete.completers import BaseCompleter, FilesCompleter
from argcomplete.shell_integration import shellcode

if TYPE_CHECKING:
    from lessons.course import Course


def print_completion(shell: str) -> int:
    """Print what a shell needs to complete names."""
    print(shellcode(["initlesson"], shell=shell))
    return 0


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell that asks for completions, and end the program."""
    autocomplete(parser, always_complete_options=False, default_completer=Names())


class Names(BaseCompleter):
    """Completes the names that a course has."""

    def __call__(
        self, *, prefix: str, action: argparse.Action, parser: object, parsed_args: argparse.Namespace
    ) -> list[str]:
        """Return what may stand in an argument; nothing where the course cannot be read."""
        if action.dest in ("course", "folder", "session", "output"):
            return list(FilesCompleter()(prefix))
        if action.dest == "theme":
            from tui.settings import AUTO
            from tui.themes import THEMES

            return [*THEMES, AUTO]
        from lessons.course import BUILT_IN, load_course
        from lessons.errors import LessonError

        named = getattr(parsed_args, "course", None)
        try:
            return _of_course(load_course(Path(named) if named else BUILT_IN), action.dest)
        except LessonError:
            return []


def _of_course(course: Course, wanted: str) -> list[str]:
    match wanted:
        case "scenario":
            from lessons.scenarios import load_scenarios

            return list(load_scenarios(course))
        case "screen":
            return list(course.order)
        case "lesson":
            return [lesson.slug for lesson in course.lessons]
        case "shown":
            from lessons.glossary import NAME

            return [*course.order, NAME]
        case "what":
            return [*course.order, *(lesson.slug for lesson in course.lessons)]
    return []
