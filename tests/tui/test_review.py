from __future__ import annotations

from collections.abc import Callable

from tests.tui.looking import shown
from tui.app import LessonApp
from tui.session import Answer

NewApp = Callable[..., LessonApp]
ANSWERS = {
    "the-symptom/weights-moved": Answer("all-of-them", "certain"),
    "the-symptom/what-it-says": Answer("it-guesses-0-for-some-points-1-for-others"),
    "the-explanation/does-it-follow": Answer("no-equal-losses-do-not-make-a-slope-zero", "certain"),
    "the-same-loss/another-p": Answer("yes-one-on-each-side-of-one-half", "fairly sure"),
    "the-ledger/which-factor": Answer("w3-a-zero-weight-has-a-zero-gradient", "a guess"),
    "gone/gone": Answer("gone", "certain"),
    "the-symptom/gone": Answer("gone", "certain"),
}


async def test_the_sure_and_wrong_predictions_and_no_others(new_app: NewApp) -> None:
    app = new_app("first-answer", page=3)
    app.session.progress.answers.update(ANSWERS)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        said = shown(app)
        assert "2 predictions of this kind." in said
        assert "✗ You were certain: All of them" in said
        assert "✓ Right is: None of them" in said
        assert "Not one of them moved, at any step." in said
        assert "✗ You were fairly sure: Yes, one on each side of one half" in said
        assert said.index("All of them") < said.index("one on each side"), "in the order of the course"
        assert "Does it *follow*" not in said
        assert "which factor" not in said.lower()
        assert "gone" not in said


async def test_none_is_fine(new_app: NewApp) -> None:
    app = new_app("first-answer", page=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "There is none: you were never sure of something wrong." in shown(app)


async def test_many_scroll_and_none_hides(new_app: NewApp) -> None:
    app = new_app("first-answer", page=3)
    app.session.progress.answers.update(ANSWERS)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.reader.page_view is not None
        bottom = app.reader.page_view.max_scroll_y
        if bottom:
            await pilot.press(*["down"] * bottom)
            await pilot.pause()
        assert "Such curves meet once at most" in " ".join(shown(app).split())


async def test_a_prediction_made_since_is_there_when_the_page_is_opened_again(new_app: NewApp) -> None:
    app = new_app("first-answer", page=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "There is none" in shown(app)
        await app.reader.open_page("the-symptom", 0)
        await pilot.pause()
        await pilot.press("1", "enter", "3", "enter")
        await app.reader.open_page("first-answer", 3)
        await pilot.pause()
        assert "✗ You were certain: All of them" in shown(app)


async def test_the_first_answer_comes_back(new_app: NewApp) -> None:
    app = new_app("the-explanation")
    async with app.run_test(size=(80, 24)) as pilot:
        # The longest of the wrong choices.
        await pilot.press("2", "enter", "3", "enter")
        await app.reader.open_page("first-answer", 0)
        await pilot.pause()
        assert "✗ Not so. You predicted (certain): Yes, as long as" in shown(app)
        assert "✓ Right is: No: equal losses do not make a slope zero" in shown(app)
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0
