"""The app in this process, on a pseudo-terminal of its own, whose screen the test sees."""

from __future__ import annotations

import asyncio
import codecs
import fcntl
import os
import re
import struct
import termios
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pyte

from tests.tui.terminals import Cell, cells_of
from tui.app import LessonApp
from tui.driver import TerminalDriver
from tui.wire import Wire
from tui.wire_pens import change
from tui.wire_updates import everything, take

UNKNOWN = re.compile(r"\x1b\[\?[0-9;]*\$p")
"""What pyte draws as text: questions."""


class Attached:
    """A pseudo-terminal, what it shows, and the app that is on it."""

    def __init__(self, app: LessonApp, size: tuple[int, int]) -> None:
        self.app = app
        self.master, self.slave = os.openpty()
        os.set_blocking(self.master, False)
        self.sent = ""
        # A read may end within a character.
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.screen = pyte.Screen(*size)
        self.stream = pyte.Stream(self.screen)
        self.resize(*size)

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def read(self) -> None:
        """Take what was sent since."""
        try:
            data = os.read(self.master, 65_536)
        except (BlockingIOError, OSError):
            return
        text = self._decode(data)
        self.sent += text
        self.stream.feed(UNKNOWN.sub("", text))

    def listen(self) -> None:
        asyncio.get_running_loop().add_reader(self.master, self.read)

    def stop_listening(self) -> None:
        asyncio.get_running_loop().remove_reader(self.master)

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait for something to be so."""
        for _ in range(2_000):
            if true():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"not so: {what}\n{self.text()}")

    def wanted(self) -> list[list[Cell]]:
        """Return the cells that the app itself means to show."""
        wire = Wire(self.app.terminal.colours)
        take(wire, everything(self.app))
        screen = pyte.Screen(wire.width, wire.height)
        stream = pyte.Stream(screen)
        stream.feed("\x1b[?7l")
        for y in range(wire.height):
            for x in range(wire.width):
                if cell := wire._cells[y][x]:
                    stream.feed(f"\x1b[{y + 1};{x + 1}H{change(None, wire._pens[y][x])}{cell}")
        return cells_of(screen)

    async def settled(self) -> None:
        """Wait until the terminal shows what the app means to show."""
        await self.until(
            lambda: cells_of(self.screen) == self.wanted(), "the terminal shows the app's screen"
        )

    @property
    def driver(self) -> TerminalDriver:
        assert isinstance(self.app._driver, TerminalDriver)
        return self.app._driver


@asynccontextmanager
async def attached(app: LessonApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Attached]:
    """Run the app on a pseudo-terminal."""
    terminal = Attached(app, size)

    class Driver(TerminalDriver):
        def start_application_mode(self) -> None:
            self.attach(terminal.slave, terminal.slave)

    app.driver_class = Driver
    terminal.listen()
    running = asyncio.create_task(app.run_async())
    try:
        await terminal.until(lambda: bool(terminal.text().strip()), "the first screen is shown")
        yield terminal
    finally:
        terminal.listen()
        app.exit()
        await asyncio.wait_for(running, 20)
        terminal.stop_listening()
        os.close(terminal.slave)
        os.close(terminal.master)
