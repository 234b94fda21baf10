"""The installed command on a pseudo-terminal, with a terminal emulator that shows what it has drawn.

INITLESSON_COMMAND names the command to run; it is the one of this environment if it is not set.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pexpect
import pyte

COMMAND = os.environ.get("INITLESSON_COMMAND") or str(Path(sys.executable).with_name("initlesson"))
# pyte draws these as text: queries of a mode, and the kitty keyboard protocol.
UNKNOWN = re.compile(r"\x1b\[[<>=?][0-9;]*[a-gi-km-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\")
RIGHT, LEFT, HOME, ENTER, ESCAPE = "\x1b[C", "\x1b[D", "\x1b[H", "\r", "\x1b"


class Terminal:
    """The command on a pseudo-terminal, and the screen that it has drawn so far."""

    def __init__(
        self,
        state: Path,
        columns: int = 80,
        lines: int = 24,
        arguments: tuple[str, ...] = (),
        command: str = COMMAND,
        **env: str,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLORTERM")}
        self.child: pexpect.spawn[str] = pexpect.spawn(
            command,
            list(arguments),
            encoding="utf-8",
            dimensions=(lines, columns),
            env={
                **clean,
                "TERM": "xterm-256color",
                "XDG_STATE_HOME": str(state),
                "XDG_CONFIG_HOME": str(state),
                **env,
            },
        )

    def text(self) -> str:
        """Return what stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, wanted: str, seconds: float = 20) -> None:
        """Read until some text stands on the screen."""
        self.wait_until(lambda: wanted in self.text(), seconds, wanted)

    def wait_until(self, done: Callable[[], bool], seconds: float = 20, wanted: str = "it") -> None:
        """Read until something holds."""
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, f"{wanted!r} did not come:\n{self.text()}"
            self.read()

    def read(self, seconds: float = 0.1, most: int = 65536) -> None:
        """Read what there is, at most so many characters, and draw it."""
        try:
            data = self.child.read_nonblocking(most, timeout=seconds)
        except pexpect.TIMEOUT:
            return
        self.raw += data
        self.stream.feed(UNKNOWN.sub("", data))

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self.screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def wait_for_the_end(self) -> int | None:
        """Read until the command has ended, and return its exit status."""
        end = time.monotonic() + 30
        # What it said last may be read after it has ended.
        while True:
            assert time.monotonic() < end, "it did not end"
            try:
                self.read()
            except pexpect.EOF:
                break
        self.child.close()
        return self.child.exitstatus


Start: TypeAlias = Callable[..., Terminal]
