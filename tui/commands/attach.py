"""`initlesson attach` as an sshd starts it. Little is imported: there is one for every learner."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.errors import CommandError

if TYPE_CHECKING:
    import argparse


def attach_at_once(given: list[str]) -> int | None:
    """Come to a workshop on this host, and return the exit status; None where the parser is needed.

    Args:
        given: What stands behind the command.

    """
    options = plain_options(given)
    if options is None or sys.platform != "linux":
        return None
    from tui.workshop.attach import attach

    return attach(options["--socket"], options.get("--name", ""), os.environ.get("TERM", ""))


def plain_options(given: list[str]) -> dict[str, str] | None:
    """Return the options, where there are only those that an sshd needs; None where the parser is needed."""
    options = dict(zip(given[::2], given[1::2], strict=False))
    plain = 2 * len(options) == len(given) and {"--socket"} <= options.keys() <= {"--socket", "--name"}
    return options if plain and not any(value.startswith("-") for value in options.values()) else None


def attach(arguments: argparse.Namespace) -> int:
    """Come to a workshop on this host."""
    if sys.platform != "linux":
        raise CommandError("a workshop is held on Linux alone, and joined on its host or by ssh")
    from tui.workshop.attach import attach

    socket = arguments.socket or str(workshop_folder(arguments.folder) / "socket")
    return attach(socket, arguments.name, os.environ.get("TERM", ""))


def workshop_folder(named: str | None) -> Path:
    """Return the folder of the workshop."""
    if named:
        return Path(named).absolute()
    from platformdirs import user_state_path

    try:
        return user_state_path("initlesson", appauthor=False) / "workshop"
    except RuntimeError:
        raise CommandError("you have no home folder: give a folder with --folder") from None
