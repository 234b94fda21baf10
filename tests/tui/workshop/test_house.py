"""Sessions that are forked from a template: what they show, keep, survive, and leave behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.tui.workshop.sessions import ENTER, RIGHT, Seat, a_class, until
from tui.workshop.arrival import HouseError
from tui.workshop.house import Bounds
from tui.workshop.running import LearnerSession

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")


async def ends(session: LearnerSession) -> str:
    return await asyncio.wait_for(asyncio.shield(session.ended), 30)


async def test_a_learner_answers_leaves_and_comes_back_to_the_exact_place(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25, page 1/1")
        ada.type(RIGHT)
        await ada.shows("how many of the weights are no longer zero?")
        ada.type("3" + ENTER + "3" + ENTER)
        await ada.shows("Your prediction is kept (certain)")
        ada.type(RIGHT)
        await ada.shows("page 2/4")
        ada.type("q")
        assert await ends(ada.session) == "quit"
        again = await here.come("ada")
        await again.shows("page 2/4")
        assert "Welcome" not in again.raw
        again.type("\x1b[D")
        await again.shows("Your prediction is kept (certain)")


async def test_a_lost_connection_and_a_killed_session_lose_nothing(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        for number, why in ((signal.SIGHUP, "quit"), (signal.SIGKILL, "crashed")):
            seat = await here.come("Ada")
            await seat.shows("screen ")
            seat.type(RIGHT)
            await until(lambda: place(here.hub.room.learners["ada"]) != ("welcome", 0), seat.text)
            before = place(here.hub.room.learners["ada"])
            os.kill(seat.session.process, number)
            assert await ends(seat.session) == why
            assert not here.hub.room.learners["ada"].here
            again = await here.come("Ada")
            await again.shows("screen 2/25")
            assert place(here.hub.room.learners["ada"]) == before
            again.session.hang_up("hung up")
            assert await ends(again.session) == "hung up"


def place(learner: object) -> tuple[str, int]:
    return learner.screen, learner.page  # type: ignore[attr-defined]


async def test_the_template_is_killed_and_nobody_notices(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        old = here.maker.process
        os.kill(old, signal.SIGKILL)
        ada.type(RIGHT)
        await ada.shows("screen 2/25")
        bob = await here.come("Bob")
        await bob.shows("screen 1/25")
        assert here.maker.process != old


@pytest.mark.parametrize(
    ("term", "shows", "size"),
    [
        ("linux", "* say what happens", (80, 24)),
        ("xterm", "• say what happens", (80, 24)),
        ("xterm-256color", "• say what happens", (120, 36)),
        ("xterm-256color", "Too small: 40×10", (40, 10)),
        ("screen.xterm-256color", "• say what happens", (60, 20)),
    ],
)
async def test_every_terminal_gets_its_own(
    tmp_path: Path, term: str, shows: str, size: tuple[int, int]
) -> None:
    async with a_class(tmp_path) as here:
        seat = await here.come("Ada", *size, term=term)
        await seat.shows(shows)
        assert ("38;2;" in seat.raw) is False


async def test_the_terminal_grows_while_the_session_begins(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        seat = await here.come("Ada")
        seat.screen.resize(36, 120)
        seat.session.resize(120, 36)
        await seat.shows("Ada   screen 1/25, page 1/1".rjust(60))


async def test_a_name_comes_once_and_a_session_can_be_taken_over(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        first = await here.come("Ada")
        await first.shows("screen 1/25")
        with pytest.raises(HouseError, match="ADA is here already"):
            await here.come("ADA")
        first.type(RIGHT)
        await first.shows("screen 2/25")
        await first.session.taken_over()
        assert first.session.ended.result() == "taken over"
        second = await here.come("Ada")
        await second.shows("screen 2/25")


async def test_no_more_come_than_there_is_room_for(tmp_path: Path) -> None:
    async with a_class(tmp_path, Bounds(sessions=3, of_address=2)) as here:
        for name in ("Ada", "Bob"):
            await here.come(name)
        with pytest.raises(HouseError, match="from your address"):
            await here.come("Cyd")
        await here.come("Cyd", address="::1")
        with pytest.raises(HouseError, match="is full"):
            await here.come("Dan", address="127.0.0.2")


async def test_a_session_has_nothing_but_its_terminal_and_its_lines(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada, bob = await here.come("Ada"), await here.come("Bob")
        for seat in (ada, bob):
            await seat.shows("screen 1/25")
        inside = Path(f"/proc/{bob.session.process}")
        files = {each.name: str(each.readlink()) for each in (inside / "fd").iterdir()}
        sockets = [name for name, file in files.items() if file.startswith("socket:")]
        terminals = {file for file in files.values() if "/pts/" in file}
        assert len(terminals) == 1
        # Two lines to the server; two more are the event loop's own.
        assert len(sockets) == 4
        assert len(files) <= 8, files
        environment = (inside / "environ").read_bytes()
        limits = (inside / "limits").read_text()
        assert "Max file size             0                    0" in limits
        assert "Max core file size        0                    0" in limits
        assert "NoNewPrivs:\t1" in (inside / "status").read_text()
        assert len(list((inside / "task").iterdir())) == 1
        # What Python has in its own environment is asked of the session in test_inside.
        assert b"SSH" not in environment


async def test_what_is_run_goes_on_in_a_thread_and_is_shown(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        ada.type(RIGHT)
        await ada.shows("screen 2/25, page 1")
        ada.type(RIGHT)
        await ada.shows("Press Enter to train it.")
        ada.type(ENTER)
        await ada.shows("15,000 of 15,000")


async def test_descriptors_and_processes_come_back(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:

        async def come_and_go(seat: Seat) -> None:
            await seat.shows("screen ")
            seat.session.hang_up("hung up")
            await ends(seat.session)

        await come_and_go(await here.come("Ada"))
        await asyncio.sleep(0.2)
        before = open_files(), children(here.maker.process)
        for number in range(40):
            await come_and_go(await here.come(f"Learner {number % 5}"))
        await until(
            lambda: (open_files(), children(here.maker.process)) == before,
            lambda: f"{before} again, not {open_files()}",
        )


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def children(process: int) -> int:
    return len(Path(f"/proc/{process}/task/{process}/children").read_text().split())


async def test_time_that_is_over_and_a_server_that_stops(tmp_path: Path) -> None:
    async with a_class(tmp_path, Bounds(idle=0.5)) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        clock = asyncio.create_task(here.house.watch_the_clock())
        assert await ends(ada.session) == "idle"
        clock.cancel()
        bob = await here.come("Bob")
        await bob.shows("screen 1/25")
        await here.house.close()
        assert bob.session.ended.result() == "server stops"


async def test_the_colours_that_were_chosen_are_there_again(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        ada.type("?")
        await ada.shows("Colours: dark")
        ada.type("t")
        await ada.shows("Colours: light")
        ada.type("\x1b" + RIGHT)
        await ada.shows("screen 2/25")
        ada.type("q")
        await ends(ada.session)
        again = await here.come("Ada")
        await again.shows("screen 2/25")
        again.type("?")
        await again.shows("Colours: light")


async def test_a_whole_class_arrives_at_once(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        seats = await asyncio.gather(*(here.come(f"Learner {number}") for number in range(30)))
        for seat in seats:
            await seat.shows("screen 1/25")
        assert len({seat.session.process for seat in seats}) == len(seats)


async def test_a_name_belongs_to_the_key_with_which_it_came_first(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada", credential="key:one")
        await ada.shows("screen 1/25")
        await until(lambda: "ada" in here.hub.room.learners, ada.text)
        ada.type("q")
        await ends(ada.session)
        for credential in ("key:another", "word:apple", ""):
            with pytest.raises(HouseError, match="belongs to somebody"):
                await here.come("ADA", credential=credential)
        again = await here.come("Ada", credential="key:one")
        await again.shows("screen 1/25")
