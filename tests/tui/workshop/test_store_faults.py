"""A store that fails while learners answer: it is said, work goes on, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.workshop.postgresql import PostgreSQL
from tests.tui.workshop.sessions import ENTER, RIGHT, Class, Seat, a_class, until
from tui.workshop.keeper import Record
from tui.workshop.store.folder import FolderKeeping
from tui.workshop.store.keeping import Keeping
from tui.workshop.store.postgres import PostgresKeeping

LIMIT = 60


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if shutil.which("mount") is None or os.getuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no small disk: {mounted.stderr.decode()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path) -> Path:
    full = disk / "full"
    with full.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return full


async def answers(seat: Seat) -> None:
    """Answer the first question of the course with its third choice, and be certain."""
    await seat.shows("screen 1/25")
    seat.type(RIGHT)
    await seat.shows("After the last step")
    seat.type("3" + ENTER + "3" + ENTER)
    # Where a message covers the other half of the page.
    await seat.shows("Your prediction")


async def kept(here: Class, keeping: Keeping, key: str) -> None:
    """Wait until an answer is in the store."""
    for _ in range(LIMIT * 10):
        document = await keeping.load("learner", key)
        progress = document and Record.from_json(document.text, here.course.slug).progress
        if progress and progress.answers.get("the-symptom/weights-moved"):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"nothing of {key} is kept: {document}")


async def test_a_full_disk_is_said_and_what_was_answered_is_kept_later(small_disk: Path) -> None:
    keeping = FolderKeeping(small_disk)
    async with a_class(small_disk, keeping=keeping) as here:
        ada, bob = await here.come("Ada"), await here.come("Bob")
        await ada.shows("screen 1/25")
        full = fill(small_disk)
        for seat in (ada, bob):
            await answers(seat)
            await seat.shows("cannot be")
            assert ".." not in seat.text()
        # Work goes on, and one of them leaves meanwhile.
        ada.type(RIGHT)
        await ada.shows("page 2/4")
        bob.session.hang_up("hung up")
        await asyncio.sleep(0.5)
        full.unlink()
        await asyncio.gather(kept(here, keeping, "ada"), kept(here, keeping, "bob"))
        assert not ada.session.ended.done()
        await asyncio.wait_for(asyncio.shield(bob.session.ended), LIMIT)
        again = await here.come("Bob")
        await again.shows("screen 2/25")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT, signal.SIGSTOP])
async def test_a_database_that_is_away_for_a_while_loses_nothing(
    tmp_path: Path, postgresql: PostgreSQL, number: signal.Signals
) -> None:
    keeping = PostgresKeeping(postgresql.new_database())
    async with a_class(tmp_path, keeping=keeping) as here:
        ada, bob = await here.come("Ada"), await here.come("Bob")
        await asyncio.gather(ada.shows("screen 1/25"), bob.shows("screen 1/25"))
        if number == signal.SIGSTOP:
            postgresql.freeze()
        else:
            await asyncio.to_thread(postgresql.stop, number)
        try:
            for seat in (ada, bob):
                await answers(seat)
                await seat.shows("cannot be")
            bob.session.hang_up("hung up")
            # Whoever arrives now begins all the same, and is told.
            cyd = await here.come("Cyd")
            await cyd.shows("cannot be")
            await asyncio.sleep(2)
        finally:
            if number == signal.SIGSTOP:
                postgresql.freeze(False)
            else:
                await asyncio.to_thread(postgresql.start)
        await asyncio.gather(*(kept(here, keeping, key) for key in ("ada", "bob")))
        await answers(cyd)
        await kept(here, keeping, "cyd")
        await until(lambda: not ada.session.unkept and not cyd.session.unkept, lambda: "all is kept")
