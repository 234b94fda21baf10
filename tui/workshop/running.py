"""A learner's session as the server sees it: a process, its terminal, and two lines to it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import struct
import termios
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from tui.driver_tty import sane
from tui.workshop.arrival import Arrival
from tui.workshop.lines import line, spoken
from tui.workshop.maker import Born

GRACE = 5.0
"""Seconds that a session has to end by itself."""
HOPE = 60.0
"""The same, as long as something it has answered is not kept yet."""
AGAIN = 0.5
"""Seconds between two looks at whether it is."""
ASKED = ("taken over", "time", "idle", "server stops")
"""Ends of which the learner is told while their terminal is still there."""


class LearnerSession:
    """A session that is drawing.

    Args:
        arrival: Whose it is.
        terminal: The master end of its pseudo-terminal; from now on it belongs to the session.
        born: Its process.
        room: A stream to it.
        heard: Called with each line that it says to the room.

    """

    def __init__(
        self,
        arrival: Arrival,
        terminal: int,
        born: Born,
        room: asyncio.StreamWriter,
        heard: Callable[[LearnerSession, dict[str, Any]], None],
    ) -> None:
        self.arrival = arrival
        self.since = time.time()
        self.terminal = terminal
        self.process = born.process
        self.touched = time.monotonic()
        self.began = self.touched
        # Whether something it has answered is not kept yet.
        self.unkept = False
        self._handle = born.handle
        self._room = room
        self._heard = heard
        self._why = self._last = ""
        self._loop = asyncio.get_running_loop()
        self._killing: asyncio.TimerHandle | None = None
        self._work: set[asyncio.Task[None]] = set()
        self.ended: asyncio.Future[str] = self._loop.create_future()
        self._loop.add_reader(self._handle, self._over)

    def resize(self, columns: int, lines: int) -> None:
        """Give its terminal another size, within what can be drawn."""
        if not self.ended.done() and self.terminal >= 0:
            set_size(self.terminal, columns, lines)

    def give_away(self) -> None:
        """Let the terminal go to somebody who has a copy of it: it hangs up when they are gone."""
        if self.terminal >= 0:
            os.close(self.terminal)
            self.terminal = -1

    def touch(self) -> None:
        """Note that somebody typed."""
        self.touched = time.monotonic()

    def say(self, value: dict[str, Any]) -> None:
        """Tell the session something."""
        if not self._room.is_closing():
            self._room.write(line(value))

    def hang_up(self, why: str) -> None:
        """End it: politely, and after a while in any case."""
        if self._why or self._handle < 0:
            return
        self._why = why
        if why in ASKED:
            self.say({"do": "end"})
        else:
            self._signal(signal.SIGHUP)
        self._killing = self._loop.call_later(GRACE, self._kill, self._loop.time() + HOPE)

    async def taken_over(self) -> None:
        """End it: the learner goes on elsewhere."""
        self.hang_up("taken over")
        await asyncio.wait((self.ended,))

    async def over(self) -> None:
        """Wait until it has ended, and until all that was to be done for it is done."""
        await asyncio.wait((self.ended,))
        if self._work:
            await asyncio.wait(self._work)

    def serve(self, *work: Coroutine[Any, Any, None]) -> None:
        """Have something done for as long as it takes."""
        for each in work:
            task = self._loop.create_task(each)
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def listen(self, reader: asyncio.StreamReader) -> None:
        """Hear what the session says, until it says no more."""
        with suppress(OSError, ValueError):
            async for value in spoken(reader):
                if "ended" in value:
                    self._last = "crashed" if value["ended"] == "fault" else "quit"
                self._heard(self, value)

    def _kill(self, end: float) -> None:
        """Kill it, unless there is hope until some time that what it has answered is kept."""
        if self.unkept and self._loop.time() < end:
            self._killing = self._loop.call_later(AGAIN, self._kill, end)
        else:
            self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def _over(self) -> None:
        """Tell everybody that the process has ended, then let its terminal go."""
        self._loop.remove_reader(self._handle)
        os.close(self._handle)
        # Its number may be somebody else's from now on.
        self._handle = -1
        if self._killing:
            self._killing.cancel()
        # What it said last may not have been read yet.
        self._loop.call_later(0.05, self._tell)

    def _tell(self) -> None:
        if not self.ended.done():
            self.ended.set_result(self._why or self._last or "crashed")
        self._room.close()
        # Behind those who wait for it: they take what is left on the terminal.
        self._loop.call_soon(self.give_away)


def set_size(terminal: int, columns: int, lines: int) -> None:
    """Give a pseudo-terminal a size, within what can be drawn.

    Args:
        terminal: Either end of it.
        columns: The columns.
        lines: The lines.

    """
    columns, lines = sane(columns, lines)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
