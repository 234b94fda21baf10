"""Coming back another day: two questions of last time, once, and the first answers stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.course import load_course
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.recall import due
from tui.session import Answer, Progress, open_session

ANSWERS = {
    "the-symptom/weights-moved": Answer("all-of-them", "certain"),
    "the-symptom/what-it-says": Answer("the-same-for-every-point"),
    "the-explanation/does-it-follow": Answer("yes-equal-losses-leave-nothing-to-prefer", "certain"),
    "the-same-loss/another-p": Answer("yes-one-on-each-side-of-one-half", "a guess"),
    "the-same-loss/what-they-do": Answer("both-fall-until-one-half-then-both-rise"),
}
SEEN = {"welcome", "the-symptom", "the-explanation", "the-same-loss"}


@pytest.fixture
def start(progress_file: Path) -> Callable[[], LessonApp]:
    """Return a function that starts the app as the command does without --screen."""

    def make() -> LessonApp:
        course = load_course()
        return LessonApp(course, open_session(course.slug, progress_file), recall=True)

    return make


def flat(app: LessonApp) -> str:
    """Return what stands on the screen as one line, without the frame around it."""
    return " ".join(shown(app).replace("│", " ").split())


def keep(path: Path, **changed: object) -> None:
    progress = Progress("zero-init", "the-same-loss", 2, dict(ANSWERS), set(SEEN), set(ANSWERS))
    data = json.loads(progress.to_json()) | changed
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data))


def test_sure_and_wrong_first_then_wrong_and_nothing_that_was_not_told() -> None:
    progress = Progress("zero-init", "the-same-loss", 2, dict(ANSWERS), set(SEEN), set(ANSWERS))
    keys = [each.key for each in due(load_course(), progress)]
    assert keys == [
        "the-symptom/weights-moved",
        "the-same-loss/another-p",
        "the-same-loss/what-they-do",
        "the-symptom/what-it-says",
    ]


def test_what_was_not_told_comes_when_it_was() -> None:
    progress = Progress("zero-init", "first-answer", 0, dict(ANSWERS), set(SEEN), set(ANSWERS))
    keys = [each.key for each in due(load_course(), progress)]
    assert keys[:2] == ["the-symptom/weights-moved", "the-explanation/does-it-follow"]


def test_skipped_and_looked_at_are_not_asked_again() -> None:
    answers = {
        "the-symptom/weights-moved": Answer(None),
        "the-symptom/what-it-says": Answer(None, looked=True),
    }
    progress = Progress("zero-init", "the-same-loss", 2, answers, set(SEEN), set(answers))
    assert due(load_course(), progress) == []


@pytest.mark.parametrize("size", [*SIZES, (60, 18)])
async def test_two_questions_and_then_the_lesson(
    start: Callable[[], LessonApp], progress_file: Path, size: tuple[int, int]
) -> None:
    keep(progress_file)
    app = start()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Two questions from last time" in flat(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "From last time, 1 of 2" in flat(app)
        assert "no longer zero?" in flat(app)
        await pilot.press("enter", "m", "g", "right")
        await pilot.pause()
        assert "From last time, 1 of 2" in flat(app)
        await pilot.press("3", "enter")
        await pilot.pause()
        assert "✓ None of them" in flat(app)
        assert "How sure are you?" not in flat(app)
        assert "Last time you said (certain): All of them" in flat(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "From last time, 2 of 2" in flat(app)
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "✗ Yes, one on each side of one half" in flat(app)
        assert "✓ No, only at one half" in flat(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "From last time" not in flat(app)
        assert "page 3/3" in flat(app)
    assert {key: app.session.progress.answers[key] for key in ANSWERS} == ANSWERS
    assert open_session("zero-init", progress_file).progress.answers == ANSWERS


async def test_not_now_and_never_twice_for_the_same_answers(
    start: Callable[[], LessonApp], progress_file: Path
) -> None:
    keep(progress_file)
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "page 3/3" in shown(app)
    again = start()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "From last time" not in shown(again)
        # What is answered now is offered at the start after this one.
        await again.reader.open_page("the-ledger", 2)
        await pilot.pause()
        await pilot.press("tab", "1", "enter", "q")
    third = start()
    async with third.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "One question from last time" in shown(third)
        await pilot.press("enter", "2", "enter", "enter")
        await pilot.pause()
        assert "From last time" not in shown(third)


async def test_quitting_during_the_offer_is_a_not_now(
    start: Callable[[], LessonApp], progress_file: Path
) -> None:
    keep(progress_file)
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0
    assert open_session("zero-init", progress_file).progress.fresh == {"the-explanation/does-it-follow"}


async def test_never_at_a_first_start(start: Callable[[], LessonApp]) -> None:
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "From last time" not in shown(app)
        assert "famous exercise" in shown(app)


async def test_never_where_it_was_not_asked_for(
    new_app: Callable[..., LessonApp], progress_file: Path
) -> None:
    keep(progress_file)
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "From last time" not in shown(app)
    assert app.session.progress.fresh == set(ANSWERS)


async def test_a_file_from_before_is_read_and_asked_about(
    start: Callable[[], LessonApp], progress_file: Path
) -> None:
    keep(progress_file)
    data = json.loads(progress_file.read_text())
    del data["fresh"]
    progress_file.write_text(json.dumps(data))
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.session.note == ""
        assert "Two questions from last time" in shown(app)


@pytest.mark.parametrize("fresh", [3, {"a": 1}, [None], None])
def test_a_file_with_another_kind_of_fresh_is_kept_aside(progress_file: Path, fresh: object) -> None:
    keep(progress_file, fresh=fresh)
    session = open_session("zero-init", progress_file)
    assert "It is kept as" in session.note


async def test_answers_of_another_text_are_passed_over(
    start: Callable[[], LessonApp], progress_file: Path
) -> None:
    keep(progress_file, fresh=["gone/gone", "the-symptom/gone", "the-symptom/weights-moved/x"])
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "From last time" not in shown(app)
