"""Every screen of the course, as learners take it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from textual.pilot import Pilot

from lessons.course import load_course
from lessons.model import Assembly, Blank, Question, plain
from lessons.parts.review import Review
from lessons.values import number as value
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.session import CONFIDENCES, Answer

NewApp = Callable[..., LessonApp]
Manner = Literal["right", "wrong", "skipped"]


def choice_to_take(question: Question, manner: Manner) -> int:
    return next(
        number
        for number, choice in enumerate(question.choices, start=1)
        if choice.right == (manner == "right")
    )


async def answer(pilot: Pilot[None], question: Question, manner: Manner) -> None:
    """Answer the question that has the focus, with the keyboard."""
    await pilot.press(str(choice_to_take(question, manner)), "enter")
    if question.kind == "predict":
        await pilot.press("3", "enter")
    await pilot.pause()


async def fill_in(pilot: Pilot[None], blank: Blank, manner: Manner) -> None:
    """Type a number into the blank that has the focus, and leave a wrong one for the next part."""
    truth = value(load_course(), blank.answer)
    await pilot.press(*f"{truth if manner == 'right' else truth + 1:.4f}", "enter")
    if manner == "wrong":
        assert "✗" in shown(pilot.app)
        await pilot.press("tab")
    await pilot.pause()


async def put_together(pilot: Pilot[None], assembly: Assembly, manner: Manner) -> None:
    """Fill all gaps of the sentences that have the focus, with the keyboard."""
    for gap in assembly.gaps:
        pieces = enumerate(gap.choices, start=1)
        await pilot.press(str(next(at for at, each in pieces if each.right == (manner == "right"))), "enter")
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("manner", ["right", "wrong", "skipped"])
async def test_from_the_first_page_to_the_last(
    new_app: NewApp, manner: Manner, size: tuple[int, int]
) -> None:
    app = new_app()
    course = load_course()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for slug in course.order:
            screen = course.screen(slug)
            for number, page in enumerate(screen.pages):
                assert f"{screen.title}" in shown(app)
                assert f"page {number + 1}/{len(screen.pages)}" in shown(app)
                question = next((part for part in page.parts if isinstance(part, Question)), None)
                if question and manner != "skipped":
                    if len(app.reader.page_view.live) > 1:  # type: ignore[union-attr]
                        await pilot.press("tab")
                    await answer(pilot, question, manner)
                    said = question.choices[choice_to_take(question, manner) - 1]
                    assert plain(said.spans)[:20] in shown(app)
                blanks = [part for part in page.parts if isinstance(part, Blank)]
                for blank in blanks if manner != "skipped" else []:
                    await fill_in(pilot, blank, manner)
                assembly = next((part for part in page.parts if isinstance(part, Assembly)), None)
                if assembly and manner != "skipped":
                    await put_together(pilot, assembly, manner)
                    assert ("Every piece holds." in shown(app)) == (manner == "right")
                assert app.reader.page_view is not None
                # A review is as long as the learner was sure and wrong.
                if (
                    question is None
                    and assembly is None
                    and not blanks
                    and not any(isinstance(p, Review) for p in page.parts)
                ):
                    assert app.reader.page_view.max_scroll_y == 0, "nothing may hide below the edge"
                await pilot.press("right")
                await pilot.pause()
            for part in (part for page in screen.pages for part in page.parts if isinstance(part, Assembly)):
                kept = app.session.progress.answer(slug, part.slug)
                assert kept is not None
                taken = part.taken(kept.choice) if kept.choice else None
                if manner == "skipped":
                    assert taken is None
                else:
                    assert taken is not None
                    assert {each.right for each in taken} == {manner == "right"}
        assert "This is the last page." in shown(app)
        assert "→ next" not in shown(app)
    progress = app.session.progress
    assert progress.finished == set(course.order)
    for slug in course.order:
        for question in course.screen(slug).questions():
            kept = progress.answer(slug, question.slug)
            assert kept is not None
            choice = question.choice(kept.choice) if kept.choice else None
            if manner == "skipped":
                assert choice is None
            else:
                assert choice is not None
                assert choice.right == (manner == "right")
                assert kept.confidence == (CONFIDENCES[2] if question.kind == "predict" else None)
        for blank in (each for each in course.screen(slug).asked() if isinstance(each, Blank)):
            kept = progress.answer(slug, blank.slug)
            assert kept is not None
            truth = value(course, blank.answer) + (manner == "wrong")
            assert kept.choice == (None if manner == "skipped" else f"{truth:.4f}")


@pytest.mark.parametrize("slug", load_course().order)
async def test_every_screen_back_to_front(new_app: NewApp, slug: str) -> None:
    app = new_app(slug)
    pages = len(load_course().screen(slug).pages)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(pages - 1):
            await pilot.press("right")
        await pilot.pause()
        assert f"page {pages}/{pages}" in shown(app)
        for page in range(pages - 1, 0, -1):
            await pilot.press("left")
            await pilot.pause()
            assert f"page {page}/{pages}" in shown(app)


@pytest.mark.parametrize(
    ("screen", "page", "says"),
    [
        ("the-symptom", 2, "Not one of them moved, at any step."),
        ("the-same-loss", 2, "Such curves meet once"),
        ("the-ledger", 3, "finds nothing to multiply"),
    ],
)
async def test_a_skipped_prediction_gets_its_answer_all_the_same(
    new_app: NewApp, screen: str, page: int, says: str
) -> None:
    app = new_app(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["right"] * page)
        await pilot.pause()
        assert "You made no prediction." in shown(app)
        assert says in " ".join(shown(app).split())


async def test_a_skipped_prediction_can_still_be_made(new_app: NewApp) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "right", "left", "left")
        await pilot.pause()
        await pilot.press("1", "enter", "1", "enter")
        await pilot.press("right", "right")
        await pilot.pause()
        said = " ".join(shown(app).replace("│", "").split())
        assert "✗ Not so. You predicted (a guess, after going on): All of them" in said
        assert "✓ Right is: None of them" in shown(app)


async def test_a_choice_is_kept_though_its_confidence_was_not_said(new_app: NewApp) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "enter", "right", "right")
        await pilot.pause()
        assert "✓ Right. You predicted: None of them" in shown(app)
    assert app.session.progress.answer("the-symptom", "weights-moved") == Answer("none-of-them")


async def test_a_question_that_was_skipped_is_still_open_at_the_next_start(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "q")
    again = new_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.press("left", "tab")
        await pilot.pause()
        assert "✓" not in shown(again)
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "✓ The same for every point" in shown(again)


async def test_an_enter_too_many_takes_nothing(new_app: NewApp) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "↑ ↓ or a number, then Enter" in shown(app)
        await pilot.press("3", "enter", "enter")
        await pilot.pause()
        assert "How sure are you?" in shown(app)
    assert app.session.progress.answers == {}
