"""Lines in and lines out: all that the plain lesson knows of a terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from tui.telling.lines import WIDTH, wrapped

PROMPT = "> "


class Talk:
    """A conversation, line by line.

    Args:
        read: Returns the next line that was typed; raises EOFError when there is none any more.
        write: Takes text that is to be shown at once.

    """

    def __init__(self, read: Callable[[], str], write: Callable[[str], None]) -> None:
        self._read = read
        self._write = write

    def say(self, lines: Iterable[str]) -> None:
        """Show lines, each as soon as it comes."""
        for line in lines:
            for piece in wrapped(line) if len(line) > WIDTH else [line]:
                self._write(f"{piece}\n")

    def ask(self, offer: str) -> str:
        """Say what can be typed, and return what was, without blanks around it."""
        self.say(["", *wrapped(offer)])
        self._write(PROMPT)
        return self._read().strip()


def terminal_talk(given: TextIO, shown: TextIO) -> Talk:
    """Return a conversation by two streams; what comes from a pipe is repeated, for those who read on."""

    def write(text: str) -> None:
        shown.write(text)
        shown.flush()

    def read() -> str:
        line = given.readline()
        if not line:
            raise EOFError
        if not given.isatty():
            write("".join(char for char in line if char.isprintable()) + "\n")
        return line

    if hasattr(given, "reconfigure"):
        given.reconfigure(errors="replace")
    return Talk(read, write)


def standard_talk() -> Talk:
    """Return a conversation by standard input and output; what was closed before the start is empty."""
    return terminal_talk(sys.stdin or io.StringIO(), sys.stdout or io.StringIO())
