"""Sentences put together as a learner does it: gap by gap, checked, mended, looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.looking import SIZES, grid, shown
from tui.app import LessonApp
from tui.session import Answer
from tui.widgets.assembly import AssemblyView

NewApp = Callable[..., LessonApp]
CourseWith = Callable[[str], Path]
PAGE = """\
# A page

:::{assembly} why

Choose the piece that holds.

- A weight moves if
  - [ ] its loss differs
    > Losses are no slopes.
  - [x] its gradient is not zero
    > Yes.
- The gradient is
  - [x] a product
    > Yes.
  - [ ] a sum
    > Two factors make it.
- The equal losses are
  - [ ] the cause
    > They are not in the product.
  - [x] a fact
    > Yes.
:::
"""
KEY = "page/why"


@pytest.mark.parametrize("size", SIZES)
async def test_all_right_at_once(new_app: NewApp, course_with: CourseWith, size: tuple[int, int]) -> None:
    app = new_app("page", folder=course_with(PAGE))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "▸ A weight moves if …" in shown(app)
        assert "Gap 1 of 3." in shown(app)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert "A weight moves if its gradient is not zero" in shown(app)
        assert "▸ The gradient is …" in shown(app)
        await pilot.press("1", "enter", "up", "enter")
        await pilot.pause()
        assert "✓ The equal losses are a fact" in shown(app)
        assert "Every piece holds." in shown(app)
        assert "✗" not in shown(app)
        assert "⏎ take" not in grid(app)[-1]
    assert app.session.progress.answers[KEY] == Answer("its-gradient-is-not-zero+a-product+a-fact")


async def test_a_wrong_piece_is_told_why_and_can_be_chosen_anew(
    new_app: NewApp, course_with: CourseWith
) -> None:
    folder = course_with(PAGE)
    app = new_app("page", folder=folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "1", "enter", "1", "enter")
        await pilot.pause()
        assert "✗ A weight moves if its loss differs" in shown(app)
        assert "Losses are no slopes." in shown(app)
        assert "✓ The gradient is a product" in shown(app)
        assert "✗ The equal losses are the cause" in shown(app)
        assert "Two factors make it." not in shown(app)
        assert app.session.progress.answers[KEY] == Answer("its-loss-differs+a-product+the-cause")
        await pilot.press("down", "down")
        await pilot.pause()
        assert "▸ ✗ The equal losses are the cause" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "▸ The equal losses are …" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "✗ The equal losses are the cause" in shown(app)
        await pilot.press("down", "down", "enter", "2", "enter")
        await pilot.pause()
        assert "✓ The equal losses are a fact" in shown(app)
        assert "✗ A weight moves if its loss differs" in shown(app)
    again = new_app("page", folder=folder)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "✗ A weight moves if its loss differs" in shown(again)
        await pilot.press("1", "enter", "2", "enter")
        await pilot.pause()
        assert "Every piece holds." in shown(again)
    assert again.session.progress.answers[KEY] == Answer("its-gradient-is-not-zero+a-product+a-fact")


async def test_backspace_goes_back_a_gap(new_app: NewApp, course_with: CourseWith) -> None:
    app = new_app("page", folder=course_with(PAGE))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("backspace")
        await pilot.pause()
        assert "Gap 1 of 3." in shown(app)
        await pilot.press("1", "enter", "1", "enter", "backspace", "backspace")
        await pilot.pause()
        assert "▸ A weight moves if …" in shown(app)
        assert "▸ 1  its loss differs" in shown(app)
        assert "The gradient is" not in shown(app)
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "A weight moves if its gradient is not zero" in shown(app)
    assert app.session.progress.answers == {}


async def test_an_enter_too_many_takes_nothing(new_app: NewApp, course_with: CourseWith) -> None:
    app = new_app("page", folder=course_with(PAGE))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "1", "enter", "enter", "9", "enter")
        await pilot.pause()
        assert "Gap 2 of 3." in shown(app)


async def test_the_whole_answer_can_be_looked_at(new_app: NewApp, course_with: CourseWith) -> None:
    folder = course_with(PAGE)
    app = new_app("page", folder=folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "a")
        await pilot.pause()
        assert "✓ A weight moves if its gradient is not zero" in shown(app)
        assert "✓ The equal losses are a fact" in shown(app)
    assert app.session.progress.answers[KEY] == Answer(None, looked=True)
    again = new_app("page", folder=folder)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "This is the whole answer." in shown(again)


async def test_looking_after_a_wrong_attempt_keeps_the_attempt(
    new_app: NewApp, course_with: CourseWith
) -> None:
    app = new_app("page", folder=course_with(PAGE))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "1", "enter", "1", "enter", "a")
        await pilot.pause()
        assert "This is the whole answer." in shown(app)
    assert app.session.progress.answers[KEY] == Answer("its-loss-differs+a-product+the-cause")


@pytest.mark.parametrize("kept", ["of-last-year", "its-loss-differs+a-product+of-last-year"])
async def test_an_answer_of_another_text_can_be_given_anew(
    new_app: NewApp, course_with: CourseWith, kept: str
) -> None:
    app = new_app("page", folder=course_with(PAGE))
    app.session.progress.answers[KEY] = Answer(kept)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Gap 1 of 3." in shown(app)
        await pilot.press("2", "enter", "1", "enter", "2", "enter")
        await pilot.pause()
        assert "Every piece holds." in shown(app)


async def test_a_resize_in_the_middle_keeps_the_place(new_app: NewApp, course_with: CourseWith) -> None:
    app = new_app("page", folder=course_with(PAGE))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "enter", "down")
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "▸ 1  a product" in shown(app)
        await pilot.press("enter", "2", "enter")
        await pilot.pause()
        assert "Every piece holds." in shown(app)


async def test_a_click_takes_a_piece(new_app: NewApp, course_with: CourseWith) -> None:
    app = new_app("page", folder=course_with(PAGE))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(AssemblyView, offset=(8, 3))
        await pilot.pause()
        assert "A weight moves if its gradient is not zero" in shown(app)
