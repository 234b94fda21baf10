"""Real sessions under floods: of what is typed, and of sizes; and sessions that do not end."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.tui.workshop.sessions import RIGHT, Seat, a_class, until
from tui.workshop import running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")
MEGABYTE = 1 << 20


def memory(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()


async def pour(seat: Seat, data: bytes, seconds: float = 10) -> int:
    """Type as fast as the session takes it, for a while; return the bytes that it took."""
    end, took = time.monotonic() + seconds, 0
    while took < len(data) and time.monotonic() < end and not seat.session.ended.done():
        try:
            took += os.write(seat.session.terminal, data[took : took + 65_536])
        except BlockingIOError:
            await asyncio.sleep(0.001)
        if took % MEGABYTE < 4096:
            await asyncio.sleep(0)
    return took


GARBAGE = random.Random(7).randbytes(MEGABYTE)
FLOODS = {
    "keys": b"jk?mg\t" * 20_000,
    "escapes": b"\x1b" * 50_000,
    "mouse": b"".join(b"\x1b[<%d;%d;%dM" % (n % 70, n % 80, n % 24) for n in range(5_000)),
    "unterminated paste": b"\x1b[200~" + b"x" * (10 * MEGABYTE),
    "unterminated sequence": b"\x1b]8;;" + b"j" * MEGABYTE,
    "numbers": b"\x1b[" + b"9;" * 200_000 + b"~",
    "sizes": b"\x1b[48;5000;5000;0;0t" * 2_000,
    # What quits is left out: it would be over too soon.
    "garbage": GARBAGE.translate(None, b"qQ\x03\x04\x11"),
}


@pytest.mark.parametrize("flood", FLOODS)
async def test_a_flood_costs_a_session_little_and_others_nothing(tmp_path: Path, flood: str) -> None:
    async with a_class(tmp_path) as here:
        ada, bob = await here.come("Ada"), await here.come("Bob")
        for seat in (ada, bob):
            await seat.shows("screen 1/25")
        before = memory(ada.session.process)
        pouring = asyncio.create_task(pour(ada, FLOODS[flood], 3))
        bob.type(RIGHT)
        await bob.shows("screen 2/25")
        assert await pouring > 0
        if not ada.session.ended.done():
            assert memory(ada.session.process) - before < 40 * MEGABYTE
        assert not [about for event, about in here.told if event == "fault"]
        assert all(each.name in ("learners", "rooms") for each in tmp_path.iterdir())


async def test_sizes_of_every_kind_and_in_storms(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        before = memory(ada.session.process)
        for columns, lines in ((2**31, 2**31), (65_535, 65_535), (0, 0), (1, 1), (-5, 7), (400, 200)) * 20:
            ada.session.resize(columns, lines)
            await asyncio.sleep(0.005)
        ada.screen.reset()
        ada.session.resize(80, 24)
        await ada.shows("screen 1/25, page 1/1")
        # A key that came while it is still too small would go nowhere: the last of the sizes is drawn first.
        drawn = -1
        while drawn != len(ada.raw):
            drawn = len(ada.raw)
            await asyncio.sleep(0.5)
        ada.type(RIGHT)
        await ada.shows("screen 2/25")
        assert memory(ada.session.process) - before < 60 * MEGABYTE


async def test_a_session_that_does_not_hear_is_killed_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "GRACE", 0.3)
    async with a_class(tmp_path) as here:
        ada, bob = await here.come("Ada"), await here.come("Bob")
        await ada.shows("screen 1/25")
        os.kill(ada.session.process, signal.SIGSTOP)
        ada.session.hang_up("hung up")
        await asyncio.wait_for(asyncio.shield(ada.session.ended), 30)
        bob.type(RIGHT)
        await bob.shows("screen 2/25")


async def test_nothing_in_a_session_writes_suspends_or_opens(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        # Ctrl+Z, Ctrl+\, Ctrl+S, Ctrl+P and F1: to suspend, a core, a screenshot, the palette of commands.
        for keys in ("\x1a", "\x1c", "\x13", "\x10", "\x1bOP", "\x1b"):
            ada.type(keys)
            await asyncio.sleep(0.05)
        for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
            os.kill(ada.session.process, number)
        await asyncio.sleep(0.2)
        ada.type("\x1b" + RIGHT)
        await ada.shows("screen 2/25")
        assert "creenshot" not in ada.raw
        await until(
            lambda: ") S " in Path(f"/proc/{ada.session.process}/stat").read_text(),
            lambda: "it waits for keys",
        )
