"""The commands of a workshop."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

from lessons.course import Course
from tui.commands.attach import workshop_folder
from tui.commands.errors import USAGE_ERROR, CommandError

FIRST_USER = 200_000
MISSING = (
    "a workshop needs more than the lesson: in a clone, uv run --extra workshop initlesson serve; "
    "or installed from there, uv tool install '.[workshop]'"
)


def serve(course: Course, arguments: argparse.Namespace) -> int:
    """Hold a workshop."""
    if sys.platform != "linux":
        raise CommandError("a workshop can be held on Linux alone; a container or a virtual machine will do")
    try:
        from tui.workshop.announced import room_command
        from tui.workshop.house import Bounds
        from tui.workshop.serve import ServeError, Workshop, hold
        from tui.workshop.ssh.admission import Admission
        from tui.workshop.ssh.words import make_word
        from tui.workshop.store.keeping import open_keeping
    except ModuleNotFoundError as error:
        raise CommandError(f"{MISSING} (no {error.name})") from None
    _check(arguments)
    bounds = Bounds(
        sessions=arguments.sessions,
        of_address=arguments.from_one or arguments.sessions,
        idle=arguments.idle * 60,
        whole=arguments.hours * 3_600,
        memory=arguments.memory,
        first_user=_first_user(arguments.first_user),
    )
    if arguments.rehearse is not None:
        from tui.workshop.rehearsal.rehearsal import rehearse

        try:
            return rehearse(course, arguments.rehearse, bounds)
        except ServeError as error:
            raise CommandError(str(error)) from None
    word = arguments.word
    if word is None and not (arguments.open or arguments.keys):
        word = make_word()
    folder = workshop_folder(arguments.folder)
    try:
        workshop = Workshop(
            course,
            folder,
            open_keeping(arguments.store or os.environ.pop("INITLESSON_STORE", None), folder),
            Admission(word, Path(arguments.keys) if arguments.keys else None, _password(arguments)),
            word or "",
            arguments.host,
            arguments.port,
            bounds,
            arguments.metrics,
            Path(arguments.attach) if arguments.attach else None,
            arguments.qr,
            arguments.ascii,
            room_command(arguments.folder, arguments.course),
        )
        return asyncio.run(hold(workshop))
    except (ServeError, ValueError) as error:
        raise CommandError(str(error)) from None


def room(course: Course, arguments: argparse.Namespace) -> int:
    """Show the room."""
    from tui.terminal import find_terminal

    terminal = find_terminal(
        os.environ,
        connected=all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout)),
        only_ascii=arguments.ascii,
        encoding=sys.stdout.encoding if sys.stdout else "utf-8",
    )
    if terminal.plain:
        raise CommandError("the room needs a terminal with a cursor: no pipe, and no TERM=dumb")
    from tui.workshop.instructing import OWN_TERMINAL

    if os.environ.pop(OWN_TERMINAL, None):
        import fcntl
        import termios

        # It leads a session without a terminal: without one, nobody would tell it of sizes and hang-ups.
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    from tui.workshop.room.app import run_room

    folder = workshop_folder(arguments.folder)
    socket = Path(arguments.socket) if arguments.socket else folder / "socket"
    return run_room(socket, course, terminal, socket.parent / "exports")


def _check(arguments: argparse.Namespace) -> None:
    for name, least, most in (
        ("port", 0, 65_535),
        ("metrics", 0, 65_535),
        ("sessions", 1, 5_000),
        ("from_one", 1, 5_000),
        ("idle", 1, 60 * 24),
        ("hours", 0.1, 24 * 7),
        ("memory", 64, 8_192),
        ("first_user", 1_000, 2**31),
        ("rehearse", 1, 1_000),
    ):
        value = getattr(arguments, name)
        if value is not None and not least <= value <= most:
            option = f"--{name.replace('_', '-')}"
            raise CommandError(f"{option} is {value:g}: give {least:g} to {most:,}", USAGE_ERROR)


def _password(arguments: argparse.Namespace) -> str:
    # Neither a list of processes nor a session's environment is to show it.
    given = os.environ.pop("INITLESSON_ROOM_PASSWORD", "")
    if not arguments.room_password:
        return given
    try:
        read = Path(arguments.room_password).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{arguments.room_password} cannot be read: {error}") from None
    if not read:
        raise CommandError(f"{arguments.room_password} is empty: write a password into it")
    return read


def _first_user(asked: int | None) -> int | None:
    if os.getuid() != 0:
        if asked is not None:
            raise CommandError("--first-user is for root alone: others cannot change users", USAGE_ERROR)
        return None
    return asked or FIRST_USER
