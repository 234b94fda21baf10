"""Where the command begins. `attach` begins without the rest: an sshd starts one for every learner."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130


def main() -> int:
    """Run the command line and return the exit status."""
    if sys.argv[1:2] == ["attach"] and sys.platform == "linux":
        options = plain_options(sys.argv[2:])
        if options:
            from tui.workshop.attach.client import attach

            try:
                return attach(options["--socket"], options.get("--name", ""), os.environ.get("TERM", ""))
            except KeyboardInterrupt:
                return INTERRUPTED
    from tui.cli import main

    return main()


def plain_options(given: list[str]) -> dict[str, str] | None:
    """Return the options of `attach` where they are what an sshd needs; None where the parser is needed.

    Args:
        given: What stands behind the command.

    """
    options = dict(zip(given[::2], given[1::2], strict=False))
    plain = 2 * len(options) == len(given) and {"--socket"} <= options.keys() <= {"--socket", "--name"}
    return options if plain and not any(value.startswith("-") for value in options.values()) else None
