"""Output for those whose terminal or encoding lacks the course's signs."""

from __future__ import annotations

import codecs
import os
import sys

from lessons.ascii import spelt, use_ascii
from tui.terminal import find_terminal


def spell_output(only_ascii: bool) -> None:
    """Print in ASCII if that is asked for, or there is no more, and spell out what an encoding lacks."""
    # In a pipe nobody knows which font there will be.
    environment = os.environ if sys.stdout and sys.stdout.isatty() else {}
    encoding = (sys.stdout and sys.stdout.encoding) or "utf-8"
    only_ascii = find_terminal(environment, only_ascii=only_ascii, encoding=encoding).ascii
    use_ascii(only_ascii)
    codecs.register_error("spelt", _spelt)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="spelt", **({"encoding": "ascii"} if only_ascii else {}))


def _spelt(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return spelt(error.object[error.start : error.end]), error.end
