"""The house as bad luck has it: no open files left, given up in between, ended at every moment."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.tui.workshop.sessions import a_class, until
from tui.workshop import running
from tui.workshop.arrival import HouseError
from tui.workshop.house import Bounds
from tui.workshop.store.folder import FolderKeeping
from tui.workshop.store.keeping import Document, KeepingError

LIMIT = 30


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@contextmanager
def room_for(more: int) -> Iterator[None]:
    """Let this process open only so many more files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(each.name) for each in Path("/proc/self/fd").iterdir())
    filling = [os.open(os.devnull, os.O_RDONLY)]
    while filling[-1] < highest:
        filling.append(os.open(os.devnull, os.O_RDONLY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(filling) + 1 + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for file in filling:
            os.close(file)


async def test_a_server_without_open_files_refuses_and_recovers(tmp_path: Path) -> None:
    async with a_class(tmp_path, Bounds(first_user=300_000 if os.getuid() == 0 else None)) as here:
        before = open_files()
        for more in (1, 3, 5, 6):
            with room_for(more), pytest.raises(HouseError, match=r"open files.*try again"):
                await asyncio.wait_for(here.come("Ada"), LIMIT)
        await until(lambda: open_files() == before, lambda: f"{before} files are open, not {open_files()}")
        assert not here.house.sessions
        assert not here.house._users
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")


async def test_who_gives_up_while_it_begins_leaves_nothing(tmp_path: Path) -> None:
    async with a_class(tmp_path, Bounds(first_user=300_000 if os.getuid() == 0 else None)) as here:
        before = open_files()
        for steps in range(12):
            beginning = asyncio.create_task(here.come("Ada"))
            for _ in range(steps):
                await asyncio.sleep(0)
            if not beginning.cancel():
                break
            with suppress(asyncio.CancelledError):
                (await beginning).session.hang_up("hung up")
        await until(lambda: not here.house.sessions and open_files() == before, lambda: "all is as it was")
        assert not here.house._users
        await (await here.come("Ada")).shows("screen 1/25")


async def test_two_of_one_name_at_once_are_one(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        came = await asyncio.gather(here.come("Ada"), here.come("ADA"), return_exceptions=True)
        assert sorted(type(each).__name__ for each in came) == ["HouseError", "Seat"]


async def test_an_end_that_comes_late_ends_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "GRACE", 0.2)
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        handle = ada.session._handle
        os.kill(ada.session.process, signal.SIGKILL)
        await until(lambda: not Path(f"/proc/self/fd/{handle}").exists(), lambda: "it is seen to have ended")
        # Her number goes to somebody else before she is told to end.
        mine = os.pidfd_open(os.getpid())
        other = os.dup2(mine, handle)
        os.close(mine)
        got: list[int] = []
        before = signal.signal(signal.SIGHUP, lambda number, _: got.append(number))
        try:
            ada.session.hang_up("hung up")
            await asyncio.sleep(0.5)
        finally:
            signal.signal(signal.SIGHUP, before)
            os.close(other)
        assert not got


async def test_nobody_begins_while_the_house_closes(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        beginning = asyncio.create_task(here.come("Ada"))
        await asyncio.sleep(0)
        await here.house.close()
        with suppress(HouseError):
            seat = await asyncio.wait_for(beginning, LIMIT)
            await until(seat.session.ended.done, lambda: "Ada's session ends")
        with pytest.raises(HouseError, match="stops"):
            await here.come("Bob")
        assert not here.house.sessions


async def test_keys_typed_too_early_are_no_signals(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        ada.type("\x03\x1a\x1c\x1b[C")
        await ada.shows("screen 2/25")
        assert not ada.session.ended.done()
        assert "^C" not in ada.raw


@pytest.mark.parametrize("keys", ["\x03", "\x04", "q\r"])
async def test_line_by_line_keys_end_it_as_elsewhere(tmp_path: Path, keys: str) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada", term="dumb")
        await until(lambda: ada.raw.endswith("> "), lambda: ada.raw)
        # Neither a suspended session nor a core: nobody could go on with it.
        ada.type("\x1a\x1c\x15\r")
        await until(lambda: "Screen 2 of 25" in ada.raw, lambda: ada.raw)
        ada.type(keys)
        assert await asyncio.wait_for(asyncio.shield(ada.session.ended), LIMIT) == "quit"


class Stopped(FolderKeeping):
    """A store that takes its time, and then fails for a while."""

    failures = 0
    seconds = 0.0
    moved = False

    async def replace(self, document: Document) -> Document | None:
        if self.failures and document.kind == "learner":
            self.moved = self.moved or '"screen": "the-symptom"' in document.text
            await asyncio.sleep(self.seconds)
            self.failures -= 1
            raise KeepingError("Your answers cannot be kept for now: the database does not answer.")
        return await super().replace(document)


async def test_what_is_on_its_way_when_a_learner_leaves_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "GRACE", 0.5)
    store = Stopped(tmp_path)
    async with a_class(tmp_path, keeping=store) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        store.failures, store.seconds = 2, 1.5
        ada.type("\x1b[C")
        await until(lambda: store.moved, lambda: "it is being kept")
        ada.session.hang_up("hung up")
        await asyncio.wait_for(asyncio.shield(ada.session.ended), LIMIT)
        bob = await here.come("Ada")
        await bob.shows("screen 2/25")
