"""The template as bad luck has it: many at once, killed, hung, or never there."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from lessons.course import BUILT_IN
from tests.tui.workshop.sessions import a_class, until
from tui.workshop import maker as making
from tui.workshop.maker import Maker, MakerError

LIMIT = 30


async def test_many_who_come_at_once_all_get_a_session(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        seats = await asyncio.gather(*(here.come(f"Learner {number}") for number in range(40)))
        processes = {seat.session.process for seat in seats}
        assert len(processes) == 40
        for seat in seats[::8]:
            await seat.shows("screen 1/25")


async def test_a_template_that_is_killed_is_replaced_and_nobody_notices(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        first = here.maker.process
        os.kill(first, signal.SIGKILL)
        # Whoever comes at this moment waits for the next one.
        bob, cyd = await asyncio.wait_for(asyncio.gather(here.come("Bob"), here.come("Cyd")), LIMIT)
        assert here.maker.process != first
        for seat in (bob, cyd):
            await seat.shows("screen 1/25")
        ada.type("\x1b[C")
        await ada.shows("screen 2/25")


async def test_a_template_that_hangs_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0.5)
    async with a_class(tmp_path) as here:
        first = here.maker.process
        os.kill(first, signal.SIGSTOP)
        bob = await asyncio.wait_for(here.come("Bob"), LIMIT)
        assert here.maker.process != first
        await bob.shows("screen 1/25")


async def test_a_first_template_that_comes_to_nothing_is_told_at_once(tmp_path: Path) -> None:
    maker = Maker(tmp_path / "no course", lambda *_, **__: None)
    with pytest.raises(MakerError, match="cannot be started"):
        await asyncio.wait_for(maker.start(), LIMIT)


async def test_a_host_that_can_start_nothing_for_a_while_gets_a_template_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = False
    start: Any = asyncio.create_subprocess_exec

    async def sometimes(*arguments: Any, **options: Any) -> Any:
        nonlocal fails
        if fails:
            fails = False
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return await start(*arguments, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", sometimes)
    async with a_class(tmp_path) as here:
        fails = True
        os.kill(here.maker.process, signal.SIGKILL)
        await until(lambda: not fails, lambda: "another one is started")
        bob = await asyncio.wait_for(here.come("Bob"), LIMIT)
        await bob.shows("screen 1/25")


async def test_a_start_that_is_given_up_leaves_no_template(tmp_path: Path) -> None:
    maker = Maker(BUILT_IN, lambda *_, **__: None)
    starting = asyncio.create_task(maker.start())
    await until(lambda: maker.process > 0, lambda: "a template is started")
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    await until(lambda: not Path(f"/proc/{maker.process}/cmdline").exists(), lambda: "it is gone")
