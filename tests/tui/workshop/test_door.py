from __future__ import annotations

import asyncio
from typing import Any, cast

import asyncssh

from tui.workshop.ssh.door import Door, DoorBounds, Guard

BOUNDS = DoorBounds(waiting=4, waiting_each=3, rate=100_000, burst=10_000, stalled=0.05)


class Wire(asyncio.Transport):
    """A connection that remembers what was done to it."""

    def __init__(self, address: str) -> None:
        super().__init__({"peername": (address, 1)})
        self.reads, self.aborted = True, False

    def pause_reading(self) -> None:
        self.reads = False

    def resume_reading(self) -> None:
        self.reads = True

    def is_closing(self) -> bool:
        return self.aborted

    def abort(self) -> None:
        self.aborted = True


class Speaker:
    """What stands behind a guard."""

    def __init__(self) -> None:
        self.came = b""
        self.aborted = False

    def set_extra_info(self, **facts: object) -> None:
        self.facts = facts

    def connection_made(self, wire: Wire) -> None:
        self.wire = wire

    def connection_lost(self, exc: Exception | None) -> None:
        self.aborted = True

    def data_received(self, data: bytes) -> None:
        self.came += data

    def abort(self) -> None:
        self.aborted = True


class Reader:
    def __init__(self) -> None:
        self.held: set[str] = set()

    def hold(self, why: str) -> None:
        self.held.add(why)

    def go(self, why: str) -> None:
        self.held.discard(why)


class Hall:
    """A door, and everybody who came to it."""

    def __init__(self) -> None:
        self.refused: list[tuple[str, int]] = []
        self.speakers: list[Speaker] = []
        self.door = Door(BOUNDS, self.make, lambda address, times: self.refused.append((address, times)))

    def make(self) -> asyncssh.SSHServerConnection:
        self.speakers.append(Speaker())
        return cast("asyncssh.SSHServerConnection", self.speakers[-1])

    def come(self, address: str = "192.0.2.7") -> tuple[Guard, Wire]:
        guard, wire = Guard(self.door), Wire(address)
        guard.connection_made(wire)
        return guard, wire


async def until(done: Any) -> None:
    async with asyncio.timeout(30):
        while not done():
            await asyncio.sleep(0.005)


async def test_what_comes_too_fast_is_read_later() -> None:
    hall = Hall()
    guard, wire = hall.come()
    guard.data_received(b"x" * 10_000)
    assert wire.reads
    guard.data_received(b"x" * 5_000)
    assert not wire.reads
    # Nothing of it is lost.
    assert len(hall.speakers[0].came) == 15_000
    await until(lambda: wire.reads)
    guard.connection_lost(None)


async def test_nothing_is_read_of_who_reads_nothing() -> None:
    hall = Hall()
    guard, wire = hall.come()
    guard.reading = reader = Reader()
    guard.pause_writing()
    assert not wire.reads
    assert reader.held == {"line"}
    guard.resume_writing()
    assert wire.reads
    assert not reader.held
    # Two reasons not to read are two.
    guard.data_received(b"x" * 20_000)
    guard.pause_writing()
    guard.resume_writing()
    assert not wire.reads
    guard.pause_writing()
    await until(lambda: hall.speakers[0].aborted)
    assert guard.why == "stalled"
    guard.connection_lost(None)


async def test_so_many_wait_and_no_more() -> None:
    hall = Hall()
    here = [hall.come() for _ in range(5)]
    assert [wire.aborted for _, wire in here] == [False, False, False, True, True]
    assert not hall.come("198.51.100.1")[1].aborted
    assert hall.come("198.51.100.2")[1].aborted
    assert len(hall.speakers) == 4
    # Who is in a session does not wait; neither does who has gone, and nobody is counted twice.
    here[0][0].settled()
    here[0][0].settled()
    here[1][0].connection_lost(None)
    assert [hall.come()[1].aborted for _ in range(3)] == [False, False, True]
    # A flood is one line.
    assert hall.refused == [("192.0.2.7", 1)]
    for guard in list(hall.door.here):
        guard.connection_lost(None)
    assert not hall.door.here
