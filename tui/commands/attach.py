"""`initlesson attach`, where the parser was needed; `tui.entry` has the quicker way."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.errors import CommandError

if TYPE_CHECKING:
    import argparse


def attach(arguments: argparse.Namespace) -> int:
    """Come to a workshop on this host."""
    if sys.platform != "linux":
        raise CommandError("a workshop is held on Linux alone, and joined on its host or by ssh")
    from tui.workshop.attach.client import attach

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
