"""The command line. What is heavy is imported in the branch that needs it."""

from __future__ import annotations

import argparse
import os
import sys

from tui import __version__
from tui.commands.errors import FAILURE, INTERRUPTED, CommandError

EXAMPLES = """\
examples:
  initlesson                        take the lesson, from where you were
  initlesson --screen the-ledger    open it at a screen
  initlesson lab                    try networks of your own
  initlesson list                   what there is
  initlesson show the-ledger        a screen as plain text
  initlesson run course-zeros       run a scenario and print what came of it
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="initlesson",
        description="An interactive lesson: why does a network whose weights all start at zero not learn?",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"initlesson {__version__}")
    top.add_argument("--course", metavar="DIR", help="a course of your own instead of the built-in one")
    top.add_argument(
        "--screen", metavar="SCREEN", help="open the lesson at this screen (see: initlesson list)"
    )
    top.add_argument("--ascii", action="store_true", help="draw with the characters of ASCII alone")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    commands.add_parser("lab", help="open the lab: build a network and watch it learn, or not")
    run = commands.add_parser("run", help="run a scenario and print what came of it")
    run.add_argument("scenario", metavar="SCENARIO", help="its name (see: initlesson list)")
    run.add_argument("--json", action="store_true", help="print one JSON object")
    commands.add_parser("list", help="list the screens and the scenarios of the course")
    show = commands.add_parser("show", help="print a screen, or the glossary, as plain text")
    show.add_argument(
        "shown", metavar="SCREEN", help="its name or its number (see: initlesson list), or glossary"
    )
    check = commands.add_parser("check", help="check a course: every file, question, number and scenario")
    check.add_argument("folder", nargs="?", metavar="DIR", help="the course; the built-in one if left out")
    return top


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status: 0, 1 for a failure, 2 for wrong usage."""
    arguments = parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot write δ gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = dispatch(arguments)
        if sys.stdout:
            sys.stdout.flush()
    except CommandError as error:
        print(f"initlesson: {error}", file=sys.stderr)
        return error.status
    except OSError as error:
        # The reader of a pipe that has gone knows it; nobody else does.
        if not isinstance(error, BrokenPipeError):
            print(f"initlesson: the output cannot be written: {error.strerror}", file=sys.stderr)
        # What is left in the buffer would fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def dispatch(arguments: argparse.Namespace) -> int:
    """Carry out a command."""
    from pathlib import Path

    from engine.errors import EngineError
    from lessons.course import BUILT_IN, load_course
    from lessons.errors import LessonError

    folder = Path(arguments.course) if arguments.course else BUILT_IN
    try:
        if arguments.command == "check":
            from tui.commands.course import check

            return check(Path(arguments.folder) if arguments.folder else folder)
        course = load_course(folder)
        if arguments.command == "run":
            from tui.commands.run import run

            return run(course, arguments.scenario, arguments.json)
        if arguments.command == "list":
            from tui.commands.course import list_course

            return list_course(course)
        if arguments.command == "show":
            from tui.commands.course import show

            return show(course, arguments.shown)
        from tui.commands.learn import learn
        from tui.terminal import find_terminal

        terminal = find_terminal(
            os.environ,
            connected=all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout)),
            only_ascii=arguments.ascii,
        )
        return learn(course, arguments.screen, terminal, lab=arguments.command == "lab")
    except (LessonError, EngineError) as error:
        raise CommandError(str(error)) from None
