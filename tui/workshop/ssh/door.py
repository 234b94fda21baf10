"""Before anybody is known: how many connections wait at the door, and how fast they may send."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import asyncssh

from tui.workshop.ssh.throttle import neighbourhood


@dataclass(frozen=True)
class DoorBounds:
    """What a connection may cost.

    Attributes:
        login: Seconds for the handshake and the log-in.
        settling: Seconds until a session runs.
        waiting: Connections without a session, of everybody.
        waiting_each: The same, of one address: a class may come from one.
        rate: Bytes a second that are read, for as long as they come.
        burst: Bytes that are read at once.
        stalled: Seconds after which a reader that takes nothing is left.
        asking: Seconds to answer a question.
        lingering: Seconds to take the last words.

    """

    login: float = 60
    settling: float = 150
    waiting: int = 1000
    waiting_each: int = 400
    rate: int = 64 << 10
    burst: int = 256 << 10
    stalled: float = 30
    asking: float = 60
    lingering: float = 5


class Reading(Protocol):
    """Who is to know whether the other end takes what it is sent."""

    def hold(self, why: str) -> None:
        """Send nothing for now."""

    def go(self, why: str) -> None:
        """Send again."""


class Door:
    """Counts the connections that wait.

    Args:
        bounds: How many there may be.
        make: Makes what speaks SSH with one of them.
        turned_away: Hears of those that were too many: the address, and how many in the last second or so.

    """

    def __init__(
        self,
        bounds: DoorBounds,
        make: Callable[[], asyncssh.SSHServerConnection],
        turned_away: Callable[[str, int], None],
    ) -> None:
        self.bounds, self.make = bounds, make
        self.here: set[Guard] = set()
        self._turned_away, self._times, self._told = turned_away, 0, 0.0
        self._waiting: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Let one more wait, or not."""
        where = neighbourhood(address)
        full = self._waiting.total() >= self.bounds.waiting
        if full or self._waiting[where] >= self.bounds.waiting_each:
            self._refuse(address)
            return False
        self._waiting[where] += 1
        return True

    def leave(self, address: str) -> None:
        """Let one wait no longer."""
        where = neighbourhood(address)
        self._waiting[where] -= 1
        if not self._waiting[where]:
            del self._waiting[where]

    def _refuse(self, address: str) -> None:
        # A flood does not push everything else out of the log.
        self._times += 1
        if (now := time.monotonic()) - self._told >= 1:
            self._turned_away(address, self._times)
            self._times, self._told = 0, now


class Guard(asyncio.Protocol):
    """Stands between a connection and what speaks SSH with it, and reads no faster than is good.

    asyncssh writes on when the other end does not read, and reads on whatever it is sent.

    Attributes:
        made: When the connection came, by the monotonic clock.
        address: Where it comes from.
        why: Why it ends, if it does.
        reading: Who else is to know when the other end is behind.
        stopping: What ends the session, and says why.

    """

    def __init__(self, door: Door) -> None:
        self._door, self.bounds = door, door.bounds
        self.made = time.monotonic()
        self.address, self.why = "", "hung up"
        self.reading: Reading | None = None
        self.stopping: Callable[[str], None] | None = None
        self._ssh: asyncssh.SSHServerConnection | None = None
        self._transport: asyncio.Transport | None = None
        self._waits = False
        self._behind = self._fast = False
        self._left, self._then = float(self.bounds.burst), self.made
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it wait, unless too many do."""
        assert isinstance(transport, asyncio.Transport)
        peer = transport.get_extra_info("peername")
        self.address = peer[0].partition("%")[0].removeprefix("::ffff:") if peer else ""
        if not self._door.enter(self.address):
            transport.abort()
            return
        self._waits = True
        self._door.here.add(self)
        self._transport = transport
        self._ssh = self._door.make()
        self._ssh.set_extra_info(guard=self)
        self._later("settle", self.bounds.settling, self.abort)
        self._ssh.connection_made(transport)

    def settled(self) -> None:
        """Count it no longer: a session runs."""
        self._cancel("settle")
        if self._waits:
            self._waits = False
            self._door.leave(self.address)

    def close(self) -> None:
        """Close the connection: nothing is left to send."""
        if self._ssh:
            asyncio.get_running_loop().call_soon(self._ssh.close)

    def close_soon(self) -> None:
        """Close the connection if the other end does not do it."""
        self._later("settle", self.bounds.lingering, self.abort)

    def stop(self) -> None:
        """End what runs, as the server does."""
        if self.stopping:
            self.stopping("server stops")
        else:
            self.close()

    def abort(self) -> None:
        """Close the connection without another word."""
        if self._ssh:
            self._ssh.abort()

    def data_received(self, data: bytes) -> None:
        """Pass on what came, and read no more for a while if it came too fast."""
        assert self._ssh
        now = time.monotonic()
        self._left = min(self.bounds.burst, self._left + (now - self._then) * self.bounds.rate) - len(data)
        self._then = now
        if self._left < 0:
            self._fast = True
            self._later("slow", -self._left / self.bounds.rate, self._slow_enough)
            self._pause_or_read()
        self._ssh.data_received(data)

    def eof_received(self) -> None:
        """Pass on that nothing more comes."""
        assert self._ssh
        self._ssh.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let it go."""
        self.settled()
        for name in list(self._timers):
            self._cancel(name)
        self._door.here.discard(self)
        if self._ssh:
            self._ssh.connection_lost(exc)
        self._ssh = self._transport = self.reading = self.stopping = None

    def pause_writing(self) -> None:
        """The other end is behind: it gets no more, and nothing is read whose answers would pile up."""
        assert self._ssh
        self._behind = True
        self._later("stalled", self.bounds.stalled, self._give_up)
        self._pause_or_read()
        if self.reading:
            self.reading.hold("line")

    def resume_writing(self) -> None:
        """The other end is no longer behind."""
        self._behind = False
        self._cancel("stalled")
        self._pause_or_read()
        if self.reading:
            self.reading.go("line")

    def _give_up(self) -> None:
        self.why = "stalled"
        self.abort()

    def _slow_enough(self) -> None:
        self._fast = False
        self._pause_or_read()

    def _pause_or_read(self) -> None:
        if not self._transport or self._transport.is_closing():
            return
        if self._fast or self._behind:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _later(self, name: str, seconds: float, does: Callable[[], None]) -> None:
        self._cancel(name)
        self._timers[name] = asyncio.get_running_loop().call_later(seconds, does)

    def _cancel(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()
