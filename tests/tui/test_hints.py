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
