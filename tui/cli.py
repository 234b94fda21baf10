"""The command line. What is heavy is imported in the branch that needs it."""

from __future__ import annotations

import argparse
import os
import sys

from tui import __version__
from tui.commands.arguments import add_workshop
from tui.commands.errors import FAILURE, INTERRUPTED, CommandError

EXAMPLES = """\
examples:
  initlesson                        take the lesson, from where you were
  initlesson --screen the-ledger    open it at a screen
  initlesson lab                    try networks of your own
  initlesson list                   what there is
  initlesson show the-ledger        a screen as plain text
  initlesson run course-zeros       run a scenario and print what came of it
  initlesson progress               how far you are

exit status:
  0 fine, 1 it failed, 2 wrong usage, 130 interrupted (Ctrl+C)
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="initlesson",
        description="An interactive lesson: why does a network of zeros not learn?",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("-V", "--version", action="version", version=f"initlesson {__version__}")
    _add_course(top, None)
    top.add_argument(
        "--screen", metavar="SCREEN", help="open the lesson at this screen (see: initlesson list)"
    )
    kept = top.add_mutually_exclusive_group()
    _add_session(kept, None)
    kept.add_argument("--fresh", action="store_true", help="begin anew; read and keep nothing")
    top.add_argument("--plain", action="store_true", help="print line by line, for a screen reader")
    top.add_argument("--ascii", action="store_true", help="draw with the characters of ASCII alone")
    top.add_argument(
        "--theme",
        metavar="THEME",
        help="its colours, from now on: dark, light, contrast, contrast-light; of 16 colours: "
        "ansi, ansi-dark, ansi-light; or auto, what suits the terminal",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, does: str, *examples: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=does,
            description=f"{does[0].upper()}{does[1:]}.",
            epilog="\n".join(["examples:", *(f"  initlesson {example}" for example in examples)]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name != "completion":
            _add_course(made, argparse.SUPPRESS)
        return made

    command("lab", "open the lab: build a network and watch it learn, or not", "lab")
    run = command(
        "run", "run a scenario and print what came of it", "run course-zeros", "run course-zeros --json"
    )
    run.add_argument("scenario", metavar="SCENARIO", help="its name (see: initlesson list)")
    _add_json(run)
    _add_json(command("list", "list the screens and the scenarios of the course", "list", "list --json"))
    show = command(
        "show", "print a screen, or the glossary, as plain text", "show the-ledger", "show 2", "show glossary"
    )
    show.add_argument(
        "shown", metavar="SCREEN", help="its name or its number (see: initlesson list), or glossary"
    )
    handout = command(
        "handout",
        "write the course with its numbers, to read and to print",
        "handout --html -o course.html",
        "handout --lesson the-claim | less",
        "handout --answers         your own answers beside the right ones",
    )
    handout.add_argument("--html", action="store_true", help="one web page instead of Markdown")
    handout.add_argument("--lesson", metavar="LESSON", help="this lesson alone, such as the-claim")
    handout.add_argument(
        "--answers", action="store_true", help="with what you answered, and how sure you were"
    )
    handout.add_argument("-o", "--output", metavar="FILE", help="write a file instead of printing; - prints")
    handout.add_argument("--force", action="store_true", help="replace a file that is there already")
    _add_session(handout, argparse.SUPPRESS)
    check = command(
        "check",
        "check a course: every file, question, number and scenario",
        "check",
        "check my-course --json",
    )
    check.add_argument("folder", nargs="?", metavar="DIR", help="the course; the built-in one if left out")
    _add_json(check)
    progress = command(
        "progress", "say how far you are, and what you answered", "progress", "progress --json"
    )
    _add_session(progress, argparse.SUPPRESS)
    _add_json(progress)
    reset = command(
        "reset",
        "forget what you answered, on some screens or on all",
        "reset the-ledger",
        "reset break-it            every screen of a lesson",
        "reset --all --yes         everything, without being asked",
    )
    reset.add_argument("what", nargs="*", metavar="SCREEN|LESSON", help="their names (see: initlesson list)")
    reset.add_argument("--all", action="store_true", help="everything, your place too")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    _add_session(reset, argparse.SUPPRESS)
    add_workshop(command)
    completion = command(
        "completion",
        "print what makes a shell complete names",
        "completion bash >> ~/.bashrc",
        "completion zsh >> ~/.zshrc",
        "completion fish > ~/.config/fish/completions/initlesson.fish",
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), help="your shell")
    for each in commands.choices.values():
        # Left as it is where it stands before the command.
        each.add_argument(
            "--ascii",
            action="store_true",
            default=argparse.SUPPRESS,
            help="use the characters of ASCII alone",
        )
    return top


def _add_course(to: argparse.ArgumentParser, default: str | None) -> None:
    # A command takes it, too, and leaves what stands before the command as it is unless it stands again.
    to.add_argument(
        "--course", metavar="DIR", default=default, help="a course of your own, not the built-in one"
    )


def _add_session(to: argparse._ActionsContainer, default: str | None) -> None:
    to.add_argument(
        "--session", metavar="FILE", default=default, help="keep your place and answers in this file"
    )


def _add_json(to: argparse.ArgumentParser) -> None:
    to.add_argument("--json", action="store_true", help="print one JSON object")


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status: 0, 1 for a failure, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot write δ gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    status = 0
    try:
        try:
            top = parser()
            if "_ARGCOMPLETE" in os.environ:
                from tui.commands.completion import complete

                complete(top)
            status = dispatch(top.parse_args(argv))
        finally:
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
        if sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def dispatch(arguments: argparse.Namespace) -> int:
    """Carry out a command."""
    if arguments.command == "completion":
        from tui.commands.completion import print_completion

        return print_completion(arguments.shell)
    if arguments.command == "attach":
        from tui.commands.attach import attach

        return attach(arguments)
    from pathlib import Path

    from engine.errors import EngineError
    from lessons.course import BUILT_IN, load_course
    from lessons.errors import LessonError
    from tui.spelling import spell_output

    spell_output(arguments.ascii)
    folder = Path(arguments.course) if arguments.course else BUILT_IN
    try:
        if arguments.command == "check":
            from tui.commands.course import check

            return check(Path(arguments.folder) if arguments.folder else folder, arguments.json)
        course = load_course(folder)
        match arguments.command:
            case "run":
                from tui.commands.run import run

                return run(course, arguments.scenario, arguments.json)
            case "list":
                from tui.commands.course import list_course

                return list_course(course, arguments.json)
            case "show":
                from tui.commands.course import show

                return show(course, arguments.shown)
            case "progress":
                from tui.commands.progress import progress

                return progress(course, arguments)
            case "reset":
                from tui.commands.progress import reset

                return reset(course, arguments)
            case "handout":
                from tui.commands.handout import handout

                return handout(course, arguments)
            case "serve":
                from tui.commands.workshop import serve

                return serve(course, arguments)
            case "room":
                from tui.commands.workshop import room

                return room(course, arguments)
        from tui.commands.learn import learn

        return learn(course, arguments)
    except (LessonError, EngineError) as error:
        raise CommandError(str(error)) from None


if __name__ == "__main__":
    sys.exit(main())
