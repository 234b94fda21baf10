"""`initlesson attach` as an sshd starts it. Little is imported: there is one for every learner."""

from __future__ import annotations

import os


def attach_at_once(given: list[str]) -> int | None:
    """Come to a workshop on this host, and return the exit status; None where the parser is needed.

    Args:
        given: What stands behind the command.

    """
    options = plain_options(given)
    if options is None:
        return None
    from tui.workshop.attach import attach

    return attach(options["--socket"], options.get("--name", ""), os.environ.get("TERM", ""))


def plain_options(given: list[str]) -> dict[str, str] | None:
    """Return the options, where there are only those that an sshd needs; None where the parser is needed."""
    options = dict(zip(given[::2], given[1::2], strict=False))
    plain = 2 * len(options) == len(given) and {"--socket"} <= options.keys() <= {"--socket", "--name"}
    return options if plain and not any(value.startswith("-") for value in options.values()) else None
