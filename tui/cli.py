"""The command line. What is heavy is imported in the branch that needs it."""

from __future__ import annotations

import argparse
import gc
import os
import sys

from tui import __version__

TYPE_CHECKING = False  # not from `typing`, whose import --version would have to wait for
if TYPE_CHECKING:
    from pathlib import Path

    from lessons.course import Course
    from tui.terminal import Terminal

USAGE_ERROR = 2
FAILURE = 1
EXAMPLES = """\
examples:
  initlesson                        take the lesson, from where you were
  initlesson --screen the-ledger    open it at a screen
  initlesson lab                    try networks of your own
  initlesson list                   what there is
  initlesson show the-ledger        a screen as plain text
  initlesson run course-zeros       run a scenario and print what came of it
"""


class CommandError(Exception):
    """What went wrong, in one line that says what to do, and the exit status."""

    def __init__(self, message: str, status: int = FAILURE) -> None:
        super().__init__(message)
        self.status = status


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
        return 130
    return status


def dispatch(arguments: argparse.Namespace) -> int:
    """Carry out a command."""
    from pathlib import Path

    from engine.errors import EngineError
    from lessons.course import BUILT_IN, load_course
    from lessons.errors import LessonError
    from tui.terminal import find_terminal

    folder = Path(arguments.course) if arguments.course else BUILT_IN
    try:
        if arguments.command == "check":
            return check(Path(arguments.folder) if arguments.folder else folder)
        course = load_course(folder)
        if arguments.command == "run":
            return run(course, arguments.scenario, arguments.json)
        if arguments.command == "list":
            return list_course(course)
        if arguments.command == "show":
            return show(course, arguments.shown)
        terminal = find_terminal(
            os.environ,
            connected=all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout)),
            only_ascii=arguments.ascii,
        )
        return learn(course, arguments.screen, terminal, lab=arguments.command == "lab")
    except (LessonError, EngineError) as error:
        raise CommandError(str(error)) from None


def run(course: Course, name: str, as_json: bool) -> int:
    """Run a scenario and print its outcome."""
    import json

    from engine.errors import EngineError, suggestion
    from engine.scenario import run as run_scenario
    from lessons.scenarios import load_scenarios
    from tui.plain import outcome_text

    scenarios = load_scenarios(course)
    if name not in scenarios:
        raise CommandError(f"no scenario {name!r}; there are: {suggestion(name, scenarios)}", USAGE_ERROR)
    try:
        outcome = run_scenario(scenarios[name])
    except EngineError as error:
        raise CommandError(f"scenario {name}: {error}") from None
    print(json.dumps(outcome.record(), ensure_ascii=False) if as_json else outcome_text(outcome))
    return 0


def list_course(course: Course) -> int:
    """Print the screens and the scenarios of a course."""
    from lessons.scenarios import load_scenarios

    print(f"{course.title}\n")
    width = max(len(slug) for slug in course.order)
    number = 0
    for lesson in course.lessons:
        print(f"{lesson.title} ({lesson.minutes} min)")
        for slug in lesson.screens:
            number += 1
            print(f"  {number:>2}  {slug:<{width}}  {course.screen(slug).title}")
    print("\nScenarios")
    for name, scenario in load_scenarios(course).items():
        print(f"      {name:<{width}}  {scenario.title}")
    return 0


def screen_slug(course: Course, asked: str) -> str:
    """Return the slug of the screen that was asked for by name or number."""
    from engine.errors import suggestion

    order = course.order
    numbered = {str(number): slug for number, slug in enumerate(order, start=1)}
    if asked in numbered:
        return numbered[asked]
    if asked in order:
        return asked
    raise CommandError(
        f"no screen {asked!r}; there are 1 to {len(order)}, or by name: {suggestion(asked, order)}",
        USAGE_ERROR,
    )


def show(course: Course, asked: str) -> int:
    """Print a screen, or the glossary, as plain text."""
    from lessons.glossary import NAME, has_glossary
    from lessons.values import UnknownValueError
    from tui.plain import glossary_text, screen_text

    try:
        if asked == NAME and NAME not in course.order and has_glossary(course):
            print(glossary_text(course))
        else:
            print(screen_text(course, course.screen(screen_slug(course, asked))))
    except UnknownValueError as error:
        raise CommandError(f"{error}; see: initlesson check") from None
    return 0


def check(folder: Path) -> int:
    """Check a course and print what is wrong with it."""
    from lessons.check import check_course

    problems = check_course(folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        count = len(problems)
        raise CommandError(f"{count} problem{'s' if count > 1 else ''} in {folder}")
    print(f"{folder}: no problems")
    return 0


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
    if terminal.remote:
        # Textual reads it when it is imported.
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # Until the first screen stands, all that is made is kept: collecting garbage would find none.
    gc.disable()
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
