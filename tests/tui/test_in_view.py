"""What an answer, a hint or a choice brings stands where it is seen: it fits, or the page scrolls to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lessons.course import load_course
from tests.tui.looking import shown
from tests.tui.test_grids import PAGES
from tui.app import LessonApp
from tui.session import CONFIDENCES, Answer
from tui.widgets.decision_map import DecisionMap
from tui.widgets.lab import LabView
from tui.widgets.question import QuestionView

NewApp = Callable[..., LessonApp]


def words(app: LessonApp) -> str:
    return " ".join(shown(app).replace("▌", "").split())


@pytest.mark.parametrize("slug", load_course().order)
async def test_an_answered_page_fits_80_by_24(new_app: NewApp, slug: str) -> None:
    app = new_app(slug)
    async with app.run_test(size=(80, 24)) as pilot:
        for page in (page for each, page in PAGES if each == slug):
            await app.reader.open_page(slug, page)
            view = app.reader.page_view
            assert view is not None
            for question in view.query(QuestionView):
                predict = question.question.kind == "predict"
                for choice in question.question.choices:
                    if predict:
                        question.chosen = choice
                        await pilot.pause()
                        assert view.max_scroll_y == 0, (page, "how sure")
                        question.chosen = None
                    question.answer = Answer(choice.slug, CONFIDENCES[0] if predict else None)
                    await pilot.pause()
                    assert view.max_scroll_y == 0, (page, choice.slug)
                question.answer = None


@pytest.mark.parametrize(
    ("slug", "page", "keys", "seen"),
    [
        ("the-symptom", 0, "2 enter", "3 certain"),
        ("the-symptom", 0, "a a", "when all hidden units give 0."),
        ("the-symptom", 0, "a a a", "a again shows the answer."),
        ("the-symptom", 0, "a a 2 enter escape", "4 Some of them"),
        ("by-hand", 2, "shift+tab a a", "Hint: "),
        ("wake-it-up", 1, "enter a a", "Hint"),
        ("first-answer", 1, "1 enter", "Gap 2 of"),
    ],
)
@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_what_was_asked_for_comes_into_view(
    new_app: NewApp, slug: str, page: int, keys: str, seen: str, size: tuple[int, int]
) -> None:
    app = new_app(slug, page=page)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()
        assert seen in words(app)


@pytest.mark.parametrize(("size", "rows"), [((80, 24), 13), ((120, 36), 20), ((200, 60), 36)])
async def test_the_lab_fits_and_uses_the_room(new_app: NewApp, size: tuple[int, int], rows: int) -> None:
    app = new_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert app.screen.query_one(LabView).max_scroll_y == 0
        assert app.screen.query_one(DecisionMap).outer_size.height == rows
