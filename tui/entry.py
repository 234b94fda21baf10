"""Where the command begins: what there is one of for every learner begins without the rest."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> int:
    """Run the command line and return the exit status."""
    if sys.argv[1:2] == ["attach"]:
        from tui.commands.attach import attach_at_once

        try:
            status = attach_at_once(sys.argv[2:])
        except KeyboardInterrupt:
            return INTERRUPTED
        if status is not None:
            return status
    from tui.cli import main

    return main()
