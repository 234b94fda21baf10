"""What an instructor does in the room, as learners see it on their screens."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.tui.workshop.sessions import ENTER, RIGHT, a_class, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")
SYMPTOM = {"screen": "the-symptom", "question": "weights-moved"}


class Watching:
    """An instructor's screen that writes down what it is told."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def say(self, value: dict[str, Any]) -> None:
        self.heard.append(value)


async def test_everyone_is_kept_on_a_screen_and_let_go(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        here.hub.do({"do": "hold", "screen": "the-symptom"})
        await ada.shows("screen 2/25, page 1/4, held")
        await ada.shows("Your instructor keeps everyone on")
        late = await here.come("Bob")
        await late.shows("screen 2/25, page 1/4, held")
        await late.shows("Your instructor keeps everyone on")
        for page in (2, 3, 4):
            ada.type(RIGHT)
            await ada.shows(f"screen 2/25, page {page}/4, held")
        ada.type(RIGHT * 3)
        await ada.shows("For now everyone stays")
        here.hub.do({"do": "hold", "screen": None})
        await ada.shows("Go on as you like")
        await ada.shows("screen 1/25")
        assert "held" not in ada.text()
        assert ada.text().count("For now everyone stays") <= 1, "said once, however often the key is pressed"
        ada.type(RIGHT)
        await ada.shows("screen 2/25")


async def test_a_line_to_everyone_is_cleaned_and_shown(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada, bob = await here.come("Ada"), await here.come("Bob", term="linux")
        for seat in (ada, bob):
            await seat.shows("screen 1/25")
        here.hub.do({"do": "say", "text": "Pause\x1b]0;gotcha\x07 until [b]ten[/b]"})
        for seat in (ada, bob):
            await seat.shows("until [b]ten[/b]")
            assert "\x1b]0" not in seat.raw


async def test_a_line_that_is_taken_away_is_not_told_as_an_empty_one(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada", columns=80, lines=200, term="dumb")
        await ada.shows("Enter: next page.")
        for text in ("", "Ten minutes left"):
            here.hub.do({"do": "say", "text": text})
        await ada.shows("To everyone: Ten minutes left")
        assert ada.text().count("To everyone:") == 1


async def test_a_vote_is_taken_closed_and_asked_again(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        watching = Watching()
        here.hub.watch(watching)
        ada, bob = await here.come("Ada"), await here.come("Bob")
        for seat in (ada, bob):
            await seat.shows("screen 1/25")
        here.hub.do({"do": "open-vote", **SYMPTOM})
        await ada.shows("Vote")
        await ada.shows("how many of the weights are no longer zero?")
        ada.type("3" + ENTER + "3" + ENTER)
        await ada.shows("Your vote is in (certain)")
        vote = here.hub.room.votes[0]
        await until(lambda: vote.rounds[0].given["ada"].confidence == "certain", ada.text)
        assert any(line.get("given", {}).get("confidence") == "certain" for line in watching.heard)
        # Somebody puts it off, and comes back to it.
        bob.type("\x1b")
        await until(lambda: "no longer zero?" not in bob.text(), bob.text)
        bob.type("w")
        await bob.shows("no longer zero?")
        here.hub.do({"do": "close-vote"})
        for seat in (ada, bob):
            await seat.shows("The vote is closed.")
            await until(lambda seat=seat: "no longer zero?" not in seat.text(), seat.text)  # type: ignore[misc]
        here.hub.do({"do": "second-vote"})
        await bob.shows("Second vote")
        bob.type("1" + ENTER + "1" + ENTER)
        await until(lambda: "bob" in here.hub.room.votes[0].rounds[1].given, bob.text)
        # Who was away while it began is asked as well, and whose session was lost finds what they gave.
        ada.session.hang_up("hung up")
        await ada.session.ended
        again = await here.come("Ada")
        await again.shows("Second vote")
        # What was voted is no answer of the lesson's.
        assert not here.hub.room.learners["ada"].answers


async def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        for command, says in (
            ({"do": "hold", "screen": "nowhere"}, "no such screen"),
            ({"do": "open-vote", "screen": "the-symptom", "question": "none"}, "no such question"),
            ({"do": "close-vote"}, "No vote is open"),
            ({"do": "dance"}, "does not know"),
        ):
            with pytest.raises(ValueError, match=says):
                here.hub.do(command)


async def test_the_room_outlives_the_server(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        here.hub.do({"do": "hold", "screen": "the-symptom"})
        await ada.shows("screen 2/25")
        here.hub.do({"do": "open-vote", **SYMPTOM})
        await ada.shows("Vote")
        ada.type("2" + ENTER + "2" + ENTER)
        await ada.shows("Your vote is in (fairly sure)")
        await until(lambda: "ada" in here.hub.room.votes[0].rounds[0].given, ada.text)
    async with a_class(tmp_path) as here:
        assert here.hub.room.hold == "the-symptom"
        assert here.hub.room.votes[0].rounds[0].given["ada"].confidence == "fairly sure"
        assert not here.hub.room.learners["ada"].here
        ada = await here.come("Ada")
        await ada.shows("Your vote is in (fairly sure)")


async def test_the_time_away_is_no_time_on_the_screen(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada")
        await ada.shows("screen 1/25")
        ada.type(RIGHT)
        await ada.shows("screen 2/25")
        ada.type("q")
        assert await ada.session.ended == "quit"
        back = time.time()
        ada = await here.come("Ada")
        await ada.shows("screen 2/25")
        assert here.hub.room.learners["ada"].since >= back
        ada.type("1" + ENTER + "1" + ENTER)
        await until(lambda: bool(here.hub.room.learners["ada"].answers), ada.text)
        since = here.hub.room.learners["ada"].since
        ada.type("q")
        assert await ada.session.ended == "quit"
        assert back <= since < time.time()


async def test_line_by_line_everything_can_be_done_too(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        ada = await here.come("Ada", columns=80, lines=200, term="dumb")
        await ada.shows("Enter: next page.")
        assert "\x1b" not in ada.raw
        here.hub.do({"do": "say", "text": "Ten minutes left"})
        await ada.shows("To everyone: Ten minutes left")
        here.hub.do({"do": "hold", "screen": "the-symptom"})
        await ada.shows("Your instructor keeps everyone on this screen.")
        await ada.shows("Screen 2 of 25, page 1 of 4")
        ada.type("m\n9\n")
        await ada.shows("For now everyone stays on this screen")
        here.hub.do({"do": "open-vote", **SYMPTOM})
        await ada.shows("A vote:")
        await ada.shows("Your instructor can see who did.")
        ada.type("v 9\n")
        await ada.shows("Type v, a number from 1 to 4")
        ada.type("v 3 3\n")
        await ada.shows("Your vote is in: 3, certain.")
        await until(lambda: "ada" in here.hub.room.votes[0].rounds[0].given, ada.text)
        here.hub.do({"do": "close-vote"})
        await ada.shows("The vote is closed.")
        ada.type("2\n2\n")
        await until(lambda: bool(here.hub.room.learners["ada"].answers), ada.text)
        ada.type("q\n")
        await ada.shows("Goodbye.")
        assert await ada.session.ended == "quit"


async def test_a_day_later_nobody_is_kept_or_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_class(tmp_path) as here:
        here.hub.do({"do": "hold", "screen": "the-symptom"})
        here.hub.do({"do": "say", "text": "Ten minutes left"})
        here.hub.do({"do": "open-vote", **SYMPTOM})
    monkeypatch.setattr("tui.workshop.hub.STALE", -1.0)
    async with a_class(tmp_path) as here:
        room = here.hub.room
        assert (room.hold, room.message, room.open_vote) == (None, "", None)
        assert len(room.votes) == 1
        ada = await here.come("Ada")
        await ada.shows("screen 1/25, page 1/1 ".rstrip())


async def test_who_comes_late_reads_the_line_to_everyone_and_who_they_are(tmp_path: Path) -> None:
    async with a_class(tmp_path) as here:
        here.hub.do({"do": "say", "text": "Ten minutes left"})
        for term in ("xterm-256color", "dumb"):
            ada = await here.come("Ada", lines=40, term=term)
            await ada.shows("Ten minutes left")
            await ada.shows("You are Ada." if term == "dumb" else "Ada   screen 1/25")
            ada.session.hang_up("hung up")
            await ada.session.ended
