"""`initlesson attach`: imported by itself, for every learner whom an sshd lets in starts it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tui.commands.errors import CommandError


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
