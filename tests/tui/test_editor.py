"""Twenty numbers to change until a weight moves, as a learner changes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.wake import Number
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.widgets.editor import EditorView

NewApp = Callable[..., LessonApp]
B2, W3, B3 = 15, 17, 19
"""How many times ↓ goes from the first number to the first of b², of W³ and of b³."""


def said(app: LessonApp) -> str:
    return " ".join(shown(app).replace("▌", "").split())


@pytest.mark.parametrize("size", SIZES)
async def test_two_numbers_wake_it(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("wake-it-up", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.screen.query_one(EditorView)
        assert view.has_focus
        assert "▸ W¹ from x₁ to unit 1" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "You changed 0 numbers. No weight moved in 10 steps." in said(app)
        assert "• dW³ = 0: a_prev = 0" in said(app)
        await pilot.press(*["down"] * B2, "1")
        assert view.chosen == Number(2, 1, None)
        assert "▸ b² of unit 1" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "• dW³ = 0: errors cancel" in said(app)
        await pilot.press(*["down"] * (W3 - B2), "plus", "plus", "enter")
        await pilot.pause()
        assert view.values == {Number(2, 1, None): 1.0, Number(3, 1, 1): 1.0}
        assert "You changed 2 numbers." in said(app)
        assert "weights (*) moved in 10 steps, first at step 1; cost 0.8" in said(app)
        assert "It is awake, with 2 changes. Fewer do not do it." in said(app)
        assert "1*" in shown(app)
        await pilot.press("up", "0", "full_stop", "5", "enter")
        await pilot.pause()
        assert "You changed 3 numbers." in said(app)
        assert "2 changes can be enough" in said(app)
        await pilot.press("r")
        await pilot.pause()
        assert "You changed 0 numbers." in said(app)
        assert "*" not in shown(app)


async def test_typing(new_app: NewApp) -> None:
    app = new_app("wake-it-up", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(EditorView)

        def value() -> float:
            return view.values.get(view.chosen, 0.0)

        await pilot.press("0", "full_stop", "2", "5", "7", "full_stop")
        assert value() == 0.25
        await pilot.press("minus")
        assert value() == -0.25
        assert "−0.25" in shown(app)
        await pilot.press("down", "up", "minus")
        assert value() == 0.25, "minus changes the sign of a number that is there"
        await pilot.press("plus", "plus")
        assert value() == 1.25
        await pilot.press("0")
        assert value() == 0.0
        assert view.values == {}
        await pilot.press("minus", "3")
        assert value() == -3.0
        assert "A number has one digit before the point" not in shown(app)
        await pilot.press("4")
        await pilot.pause()
        assert value() == -3.0
        assert "A number has one digit before the point" in shown(app)
        await pilot.press("down", "up", "backspace")
        assert value() == 0.0
        await pilot.press("backspace")
        await pilot.press("full_stop", "5")
        assert value() == 0.5
        await pilot.press("down", *["plus"] * 30)
        assert value() == 9.5
        await pilot.pause()
        assert "from −9.99 to 9.99" in said(app)
        await pilot.press("pagedown")
        assert view.chosen == Number(1, 1, None)
        await pilot.press("pagedown", "pageup", "down", "pageup")
        assert view.chosen == Number(1, 1, 1), "from within a block to the one before"
        await pilot.press("k")
        assert view.chosen == Number(3, 1, None), "before the first number comes the last"


async def test_a_minus_and_a_digit_are_a_negative_number(new_app: NewApp) -> None:
    app = new_app("wake-it-up", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(EditorView)
        for before in ("", "3", "-3"):
            await pilot.press(*before, "down", "up", "minus", "1")
            assert view.values == {view.chosen: -1.0}
        await pilot.press("down", "up", "minus", "minus", "2")
        assert view.values == {view.chosen: 2.0}
        await pilot.press("down", "up", "minus", "down", "2")
        assert view.values == {view.places[0]: -2.0, view.places[1]: 2.0}


async def test_a_digit_that_is_refused_hides_no_result(new_app: NewApp) -> None:
    app = new_app("wake-it-up", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "0")
        await pilot.pause()
        assert "from −9.99 to 9.99" in said(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "You changed 1 number. No weight moved" in said(app)
        await pilot.press("1", "0", "down")
        await pilot.pause()
        assert "from −9.99" not in said(app)


async def test_numbers_that_leave_float64_are_no_danger(new_app: NewApp) -> None:
    app = new_app("wake-it-up", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(EditorView)
        view.values = dict.fromkeys(view.places, 1e300)
        await pilot.press("enter")
        await pilot.pause()
        assert "beyond float64" in said(app)
        await pilot.press("r", "enter")
        await pilot.pause()
        assert "No weight moved" in said(app)


async def test_hints_come_one_after_another_and_then_an_answer(new_app: NewApp) -> None:
    app = new_app("wake-it-up", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for count in (1, 2, 3):
            await pilot.press("a")
            await pilot.pause()
            assert shown(app).count("Hint:") == count
            assert "An answer:" not in shown(app)
        await pilot.press("a", "a")
        await pilot.pause()
        assert "An answer: b² of unit 1 = 1 and b³ of unit 1 = 1." in said(app)
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "An answer:" in shown(app)
