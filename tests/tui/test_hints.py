"""Hints, one after another, and then the answer with its reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.looking import shown
from tui.app import LessonApp
from tui.session import Answer

PAGE = """# T

:::{{question}} how-many
:kind: {kind}

How many weights move?

- [ ] All of them
  > No.
- [x] None of them
  > Each product has a zero in it.

1. Look at the column of dW.
2. All of it is zero.
:::
"""


@pytest.mark.parametrize("kind", ["observe", "predict"])
async def test_hints_then_the_answer(
    new_app: Callable[..., LessonApp], course_with: Callable[[str], Path], kind: str
) -> None:
    app = new_app("page", folder=course_with(PAGE.format(kind=kind)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Hint" not in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert "Hint: Look at the column of dW." in shown(app)
        assert "All of it is zero" not in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert "Hint: All of it is zero." in shown(app)
        assert app.session.progress.answers == {}
        await pilot.press("a")
        if kind == "predict":
            await pilot.pause()
            assert "A guess first teaches more. a again shows the answer." in shown(app)
            assert app.session.progress.answers == {}
            await pilot.press("a")
        await pilot.pause()
        assert "✓ None of them" in shown(app)
        assert "Each product has a zero in it." in shown(app)
    assert app.session.progress.answer("page", "how-many") == Answer(None, looked=True)


BLANK = """# T

:::{blank} how-many
:answer: course-zeros learning-rate
:tolerance: 0.0001

How large is a step?

1. Look at the scenario.
2. It is below one.

> So it is.
:::
"""


@pytest.mark.parametrize(
    ("page", "first", "second"),
    [
        (PAGE.format(kind="observe"), "Look at the column of dW.", "All of it is zero."),
        (BLANK, "Look at the scenario.", "It is below one."),
    ],
    ids=["question", "blank"],
)
async def test_hints_taken_are_there_at_the_next_start(
    new_app: Callable[..., LessonApp], course_with: Callable[[str], Path], page: str, first: str, second: str
) -> None:
    folder = course_with(page)
    app = new_app("page", folder=folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
    again = new_app("page", folder=folder)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"Hint: {first}" in shown(again)
        assert second not in shown(again)
        await pilot.press("a")
        await pilot.pause()
        assert f"Hint: {second}" in shown(again)


async def test_more_hints_taken_than_there_are(
    new_app: Callable[..., LessonApp], course_with: Callable[[str], Path]
) -> None:
    folder = course_with(PAGE.format(kind="observe"))
    app = new_app("page", folder=folder)
    app.session.take_hint("page", "how-many", 9)
    app = new_app("page", folder=folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Hint: All of it is zero." in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert "✓ None of them" in shown(app)
