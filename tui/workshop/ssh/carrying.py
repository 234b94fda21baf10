"""Bytes between a channel and a pseudo-terminal, either way no faster than they are taken."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

import asyncssh

PIECE = 16 << 10
"""Bytes that are read of a terminal at once."""
HIGH, LOW = 64 << 10, 16 << 10
"""Bytes that may wait for the other end; where there are more, nothing is read until there are fewer."""


class Carrier:
    """Carries what a session draws to its learner, and what they type to the session.

    Args:
        channel: Where the learner is.
        terminal: The master end of the session's pseudo-terminal, which never waits.
        stalled: Seconds after which a learner who takes nothing is left.
        given_up: What to do then.

    Attributes:
        sent: Bytes that were sent to the learner.
        first: What to call when the first of them are.

    """

    def __init__(
        self,
        channel: asyncssh.SSHServerChannel[bytes],
        terminal: int,
        stalled: float,
        given_up: Callable[[], None],
    ) -> None:
        self.sent = 0
        self.first: Callable[[], None] | None = None
        self._channel, self._terminal = channel, terminal
        self._stalled, self._given_up = stalled, given_up
        self._loop = asyncio.get_running_loop()
        self._typed = bytearray()
        self._held: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._over = False
        self._loop.add_reader(terminal, self._read)

    def hold(self, why: str) -> None:
        """Read nothing of the terminal for now."""
        if not self._held and not self._over:
            self._loop.remove_reader(self._terminal)
            self._timer = self._loop.call_later(self._stalled, self._given_up)
        self._held.add(why)

    def go(self, why: str) -> None:
        """Read again, unless there is another reason not to."""
        self._held.discard(why)
        if not self._held and not self._over:
            self._cancel()
            self._loop.add_reader(self._terminal, self._read)

    def type(self, data: bytes) -> None:
        """Give the session what was typed, and take no more until it has taken it."""
        self._typed += data
        if not self._over:
            self._write()

    def stop(self) -> None:
        """Carry no more but what is left of the last page."""
        if self._over:
            return
        while not self._held and self._read():
            pass
        self._over = True
        self._cancel()
        self._loop.remove_reader(self._terminal)
        self._loop.remove_writer(self._terminal)

    def _read(self) -> bool:
        try:
            data = os.read(self._terminal, PIECE)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            # The session has let its terminal go; why, it says elsewhere.
            self._loop.remove_reader(self._terminal)
            return False
        if self.first:
            self.first()
            self.first = None
        try:
            self._channel.write(data)
        except BrokenPipeError:
            self._loop.remove_reader(self._terminal)
            return False
        self.sent += len(data)
        return True

    def _write(self) -> None:
        try:
            del self._typed[: os.write(self._terminal, self._typed)]
        except BlockingIOError:
            pass
        except OSError:
            self._typed.clear()
        if self._typed:
            self._channel.pause_reading()
            self._loop.add_writer(self._terminal, self._write)
        else:
            self._loop.remove_writer(self._terminal)
            self._channel.resume_reading()

    def _cancel(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
