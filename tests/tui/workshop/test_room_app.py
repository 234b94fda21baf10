"""The instructor's app, driven by keys and lines, and read as a person reads it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from lessons.course import load_course
from tests.tui.contrast import styled
from tests.tui.looking import shown
from tests.tui.workshop.room_of import AT, room_of, vote_all, voted
from tui.terminal import Terminal
from tui.workshop.room.app import RoomApp
from tui.workshop.room.lines import learner_out
from tui.workshop.room.model import Room

NOW = 1_800_000_000.0
SIZES = [(80, 24), (60, 20), (120, 36)]


class Loop:
    """A link to a room in the same process, which does what it is asked."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.asked: list[dict[str, Any]] = []
        self.fault = ""
        self.app: RoomApp

    def send(self, command: Mapping[str, object]) -> str:
        if self.fault:
            return self.fault
        self.asked.append(dict(command))
        try:
            self.room.do(command, NOW)
        except ValueError as error:
            self.app.receive({"error": str(error)})
        self.tell(self.room.state(NOW))
        return ""

    def tell(self, line: Mapping[str, Any]) -> None:
        self.app.receive(json.loads(json.dumps(line)))

    async def run(self, receive: Callable[[dict[str, Any]], None], tell: Callable[[str], None]) -> None:
        receive(json.loads(json.dumps(self.room.whole(NOW))))
        try:
            await asyncio.Event().wait()
        finally:
            self.fault = "Not done: nobody listens any more."


class Seat:
    """The instructor's."""

    def __init__(self, link: Loop, app: RoomApp, pilot: Pilot[None]) -> None:
        self.link, self.app, self.pilot = link, app, pilot
        self.now = NOW

    async def press(self, *keys: str) -> str:
        await self.pilot.press(*keys)
        return await self.see()

    async def see(self) -> str:
        """Return what stands on the screen when all has been drawn."""
        await self.pilot.pause()
        self.app.draw()
        await self.pilot.pause()
        await self.pilot.pause()
        return shown(self.app)

    async def until(self, text: str) -> str:
        """Return what stands on the screen when a text does."""
        end = time.monotonic() + 30
        while text not in (seen := await self.see()):
            assert time.monotonic() < end, f"{text!r} never came:\n{seen}"
            await self.pilot.pause(0.01)
        return seen

    async def told(self, text: str) -> None:
        """Wait until the app has told of something."""
        end = time.monotonic() + 30
        while not any(text in each.message for each in self.app._notifications):
            assert time.monotonic() < end, f"{text!r} was never told"
            await self.pilot.pause(0.01)


@asynccontextmanager
async def seat(
    count: int = 30,
    rounds: int = 0,
    size: tuple[int, int] = (80, 24),
    terminal: Terminal | None = None,
    exports: Path | None = None,
) -> AsyncIterator[Seat]:
    course = load_course()
    room = room_of(count, course, NOW)
    voted(room, course, rounds, NOW)
    link = Loop(room)
    sat: list[Seat] = []
    app = RoomApp(course, link, terminal or Terminal(), exports, clock=lambda: sat[0].now if sat else NOW)
    link.app = app
    async with app.run_test(size=size, notifications=True) as pilot:
        sat.append(Seat(link, app, pilot))
        await sat[0].until(f"{len(room.here)} here")
        yield sat[0]


@pytest.mark.parametrize("size", SIZES)
async def test_first_to_see_who_is_where_and_who_is_stuck(size: tuple[int, int]) -> None:
    async with seat(size=size) as there:
        seen = await there.see()
        assert "28 here   2 stuck   2 gone" in seen
        line = next(line for line in seen.splitlines() if "▸ 2.3" in line)
        assert " 15 " in line
        assert "●" * 15 in line, "a head a learner"
        assert "2 !!" in next(line for line in seen.splitlines() if " 1.3 " in line)
        assert "Stuck: over 2 minutes on a" in seen, "the rule, in words"
        assert "! Dana" in seen
        assert " q" in seen.splitlines()[-1], "the last key of the bar"


async def test_a_learner_who_moves_is_seen() -> None:
    async with seat() as there:
        ada = there.link.room.learners["ada"]
        there.link.tell({"learner": {**learner_out(ada), "screen": "take-with-you", "since": NOW}})
        there.link.tell(
            {"learner": {**learner_out(ada), "key": "zoe", "name": "A [b]zoe", "screen": "verdict"}}
        )
        seen = await there.until("29 here")
        assert "14 ●●●●●●●●●●●●●●" in seen
        assert "4 ●●●●" in next(line for line in seen.splitlines() if " 2.5 " in line)
        assert "A [b]zoe" in await there.press("w"), "a name is no markup"


async def test_times_go_on_and_stand_still_when_nobody_is_here() -> None:
    async with seat(count=3) as there:
        await there.until("3 here")
        ticks = there.app._ticks
        assert ticks is not None
        assert ticks._active.is_set()
        there.now += 600
        await there.until("10 min")
        for each in there.link.room.learners.values():
            there.link.tell({"learner": {**learner_out(each), "here": False}})
        await there.until("0 here   0 stuck   3 gone")
        assert not ticks._active.is_set()


@pytest.mark.parametrize("size", SIZES)
async def test_a_vote_a_discussion_and_a_second_vote(size: tuple[int, int]) -> None:
    async with seat(size=size) as there:
        room, course = there.link.room, there.app.desk.course
        seen = await there.press("enter", "v")
        assert there.link.asked == [
            {"do": "open-vote", "screen": course.order[AT], "question": "does-it-learn"}
        ]
        assert "0 of 28" in seen
        assert "%" not in seen, "no split of a vote that is open"
        vote_all(room, course, seed=1)
        there.link.tell(room.state(NOW))
        voters = len(room.votes[0].rounds[0].given)
        assert 20 < voters < 28
        seen = await there.until(f"{voters} of 28")
        assert "█ certain" not in seen
        seen = await there.press("v")
        assert there.link.asked[-1] == {"do": "close-vote"}
        assert f"{voters} answered in the first vote" in " ".join(seen.split()) or size == (60, 20)
        assert "✓" not in seen, "which is right is not given away"
        await there.press("v")
        assert there.link.asked[-1] == {"do": "second-vote"}
        vote_all(room, course, seed=2)
        there.link.tell(room.state(NOW))
        await there.press("v")
        if size != (120, 36):
            await there.press("t")
        seen = await there.until("changed their")
        first, second = (turn.given for turn in room.votes[0].rounds)
        assert f"{len(first.keys() & second.keys())} answered both times" in seen
        await there.press("r")
        flat = " ".join((await there.see()).split())
        assert "✓ 4 is right:" in flat
        assert "came to it" in flat
        assert "✓" not in await there.press("r")


async def test_a_vote_that_is_closed_is_shown_wherever_one_has_gone() -> None:
    async with seat() as there:
        await there.press("enter", "right", "v", "escape", "down", "down")
        seen = await there.press("v")
        assert "2.3 Witness 1: the same loss (2/2)" in seen
        assert "answered in the first vote" in seen


async def test_the_histogram_says_counts_percent_and_confidence() -> None:
    async with seat(rounds=2) as there:
        lines = (await there.press("enter")).splitlines()
        at = next(number for number, line in enumerate(lines) if "4  They move, and it learns" in line)
        given = there.link.room.votes[0].rounds[1].given
        mine = [each for each in given.values() if "learns" in str(each.choice)]
        sure = [sum(each.confidence == how for each in mine) for how in ("certain", "fairly sure", "a guess")]
        numbers = lines[at + 2].replace("█", "").replace("▓", "").replace("░", "").split()
        assert numbers == ["after", *map(str, (len(mine), round(100 * len(mine) / len(given)), *sure))]
        assert all(sign in lines[at + 2] for sign in "█▓░")
        assert "before: 26 answered in the first vote" in "\n".join(lines)


async def test_every_screen_and_question_can_be_selected() -> None:
    async with seat() as there:
        await there.press("enter")
        for slug in there.app.desk.course.order:
            asked = []
            while there.app.desk.selected != slug:
                await there.pilot.press("down")
            for _ in there.app.desk.asked():
                asked.append(there.app.desk.key)
                assert there.app.desk.called(slug)[:20] in await there.see()
                await there.pilot.press("right")
            assert len(set(asked)) == len(there.app.desk.asked())
        assert "asks nothing with choices" in await there.see()
        assert "v vote" not in await there.see()


async def test_freeze_say_and_let_run() -> None:
    async with seat() as there:
        seen = await there.press("f")
        assert there.link.asked[-1] == {"do": "hold", "screen": there.app.desk.selected}
        assert "Frozen on 2.3 Witness 1: the same loss." in seen
        assert "let run" in seen
        assert "running freely" in await there.press("f")
        assert "One line to everyone" in await there.press("s")
        await there.press(*"quit?", "enter")
        assert there.link.asked[-1] == {"do": "say", "text": "quit?"}
        assert "Told everyone: quit?" in await there.see()
        await there.press("s", "escape")
        asked = len(there.link.asked)
        await there.press("s", "backspace", "enter")
        assert there.link.asked[asked:] == [{"do": "say", "text": ""}]
        assert "Told everyone" not in await there.see()


@pytest.mark.parametrize("size", SIZES)
async def test_hidden_names_are_nowhere_on_the_screen(size: tuple[int, int], tmp_path: Path) -> None:
    async with seat(size=size, exports=tmp_path / "exports") as there:
        await there.press("n")
        names = [each.name for each in there.link.room.learners.values() if len(each.name) > 3]
        for key in ("w", "escape", "enter", "escape"):
            seen = await there.press(key)
            assert not [name for name in names if name in seen]
        assert "names hidden" in await there.see()
        await there.press("e")
        await there.told("Names are hidden in them.")
        for path in (tmp_path / "exports").iterdir():
            assert not [name for name in names if name in path.read_text(encoding="utf-8")]
        assert "Dana" in await there.press("n")


async def test_after_a_vote_the_keys_that_come_next_are_named() -> None:
    async with seat(rounds=1) as there:
        assert "⏎ question  v second vote  f freeze  ↑↓ screen" in (await there.see()).splitlines()[-1]
        keys = (await there.press("enter")).splitlines()[-1]
        assert "v second vote  t shift  r right?  f freeze" in keys


async def test_after_an_export_the_room_goes_on(tmp_path: Path) -> None:
    async with seat(exports=tmp_path / "exports") as there:
        await there.press("e")
        await there.told("Written to")
        await there.press("e", "f")
        await there.until("Frozen on 2.3")


async def test_an_export_that_fails_says_why(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("in the way")
    async with seat(exports=tmp_path / "exports") as there:
        await there.press("e")
        await there.told(f"Not exported: {tmp_path / 'exports'} cannot be written: ")


async def test_where_nothing_may_be_written_nothing_is_offered() -> None:
    async with seat(size=(120, 36)) as there:
        assert "export" not in await there.press("e")


async def test_a_server_that_has_gone_is_said_and_asked_for_nothing() -> None:
    async with seat() as there:
        there.app.tell_of_link("the server has gone.")
        seen = " ".join((await there.until("! The server has gone.")).split())
        assert "What you see may be old; the server is tried again." in seen
        there.link.fault = "Not done: the server has gone."
        await there.press("f")
        await there.told("Not done: the server has gone.")
        there.app.tell_of_link("")
        there.app.receive({"error": "A vote is open. [b]Close it first."})
        await there.told("A vote is open. [b]Close it first.")
        await there.until("[b]Close")
        assert "may be old" not in await there.see()
        with pytest.raises(ValueError, match="no line of a room: nonsense"):
            there.app.receive({"nonsense": 1})


async def test_a_server_with_another_course_is_said() -> None:
    async with seat() as there:
        there.link.room.course = "another-course"
        there.link.tell(there.link.room.whole(NOW))
        await there.told("The server teaches another-course, and this room shows zero-init.")


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_room(size: tuple[int, int]) -> None:
    async with seat(count=0, size=size) as there:
        seen = await there.see()
        assert "0 here   0 stuck" in seen
        assert "Nobody is stuck." in seen
        assert "Nobody has come yet." in await there.press("w")
        for key in ("escape", "down", "enter", "r", "t", "right", "?"):
            await there.press("question_mark" if key == "?" else key)
        assert "Help" in await there.see()


async def test_three_hundred_fit() -> None:
    async with seat(count=300) as there:
        seen = await there.see()
        assert "280 here" in seen
        assert "up to" in seen.splitlines()[0], "a head stands for several"
        assert "280 here" in await there.press("w", "end", "escape")


async def test_without_colours_and_in_ascii_nothing_is_lost() -> None:
    async with seat(rounds=2, terminal=Terminal(colours="none")) as there:
        await there.press("enter", "r")
        assert {(style.color, style.bgcolor) for _, style in styled(there.app)} == {(None, None)}
        assert "✓ 4 " in await there.see()
    async with seat(rounds=2, terminal=Terminal(ascii=True)) as there:
        for keys in ([], ["enter", "r"], ["t"], ["escape", "w"], ["escape", "question_mark"]):
            seen = await there.press(*keys)
            strange = sorted({char for line in seen.splitlines() for char in line if not char.isascii()})
            assert not strange, strange


async def test_too_small_says_so() -> None:
    async with seat() as there:
        await there.pilot.resize_terminal(50, 10)
        assert "Too small: 50×10." in await there.see()
        await there.pilot.resize_terminal(80, 24)
        assert "28 here" in await there.see()
