"""A vote on the learner's screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from lessons.model import Question
from tests.tui.looking import shown
from tui.app import LessonApp
from tui.progress import Answer
from tui.workshop.session.vote_screen import VoteScreen

NewApp = Callable[..., LessonApp]
SIZES = [(80, 24), (60, 20), (120, 36)]


class Voter:
    def __init__(self, app: LessonApp, pilot: Pilot[None], question: Question) -> None:
        self.app, self.pilot, self.question = app, pilot, question
        self.given: list[Answer] = []

    async def open(self, number: int = 1, given: Answer | None = None) -> str:
        resolve = self.app.reader.context.resolve
        self.app.push_screen(VoteScreen(self.question, number, given, self.given.append, resolve))
        return await self.press()

    async def press(self, *keys: str) -> str:
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await self.pilot.pause()
        return shown(self.app)


def read(seen: str) -> str:
    """Return what is seen as one line, without its frame."""
    return " ".join(seen.replace("│", " ").split())


@asynccontextmanager
async def voter(
    new_app: NewApp,
    size: tuple[int, int] = (80, 24),
    screen: str = "the-symptom",
    asked: str = "weights-moved",
) -> AsyncIterator[Voter]:
    app = new_app(screen)
    question = app.course.question(screen, asked)
    assert question is not None
    async with app.run_test(size=size) as pilot:
        yield Voter(app, pilot, question)


@pytest.mark.parametrize("size", SIZES)
async def test_a_choice_how_sure_and_another_one(new_app: NewApp, size: tuple[int, int]) -> None:
    async with voter(new_app, size) as there:
        seen = await there.open()
        assert "─ Vote: your instructor asks everyone ─" in seen
        assert "Your instructor can see who did." in read(seen)
        assert "how many of the weights are no longer zero?" in read(seen)
        assert all(f"{number}  " in seen for number in range(1, 5))
        await there.press("enter")
        assert there.given == [], "nothing is chosen at first"
        assert "Enter takes it." in await there.press("1"), "there is no bar of keys that says so"
        seen = await there.press("enter")
        assert "How sure are you?" in seen
        all_of_them = there.question.choices[0].slug
        assert there.given == [Answer(all_of_them)], "a choice counts at once"
        seen = await there.press("3", "enter")
        assert there.given[-1] == Answer(all_of_them, "certain")
        assert "Your vote is in (certain). Enter changes it, until the vote is closed." in read(seen)
        assert "✓" not in seen.replace("✓ seen", ""), "nothing is given away"
        seen = await there.press("enter")
        assert "▸ 1  All of them" in seen
        await there.press("3", "enter", "1", "enter")
        assert there.given[-1] == Answer(there.question.right.slug, "a guess")
        assert there.app.session.progress.answers == {}, "a vote is no answer of the lesson"
        await there.press("escape")
        assert there.app.screen is there.app.reader


async def test_what_was_given_is_shown_and_a_second_vote_begins_anew(new_app: NewApp) -> None:
    async with voter(new_app) as there:
        seen = await there.open(given=Answer(there.question.choices[1].slug, "a guess"))
        assert "▸ Only those of the last layer" in seen
        assert "Your vote is in (a guess)." in seen
        there.app.screen.dismiss(None)
        seen = await there.open(number=2)
        assert "Second vote, after the discussion" in seen
        assert "Your vote is in" not in seen
        there.app.screen.dismiss(None)
        assert "Vote number 3" in await there.open(number=3)


async def test_what_is_no_choice_any_more_was_not_given(new_app: NewApp) -> None:
    async with voter(new_app) as there:
        assert "Your vote is in" not in await there.open(given=Answer("a-choice-of-yesterday", "certain"))


async def test_no_hint_and_no_answer_in_a_vote(new_app: NewApp) -> None:
    async with voter(new_app) as there:
        await there.open()
        seen = await there.press("a", "a", "a")
        assert "Hint" not in seen
        assert there.given == []


async def test_it_asks_how_sure_whatever_the_question_is(new_app: NewApp) -> None:
    async with voter(new_app, asked="what-it-says") as there:
        await there.open()
        assert "How sure are you?" in await there.press("2", "enter")
        assert "2  fairly sure" in await there.press("escape", "down", "enter")
        assert len(there.given) == 2


@pytest.mark.parametrize(
    "keys", [[], ["1"], ["1", "enter"], ["1", "enter", "1", "enter"], ["1", "enter"] * 2]
)
async def test_q_always_quits(new_app: NewApp, keys: list[str]) -> None:
    async with voter(new_app) as there:
        await there.open()
        await there.press(*keys)
        await there.pilot.press("q")
        await there.pilot.pause()
        assert there.app._exit


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_question_can_be_read_to_its_end(new_app: NewApp, size: tuple[int, int]) -> None:
    async with voter(new_app, size, "transfer", "squared-error") as there:
        await there.open()
        last = there.question.choices[-1]
        seen = await there.press(str(len(there.question.choices)))
        assert f"▸ {len(there.question.choices)}  " in seen
        await there.press("enter")
        assert there.given == [Answer(last.slug)]
        assert "▸ 3  certain" in await there.press("3")
