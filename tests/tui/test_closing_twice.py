"""Keys that close a box come faster than it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.events import Key

from tui.app import LessonApp

NewApp = Callable[..., LessonApp]


@pytest.mark.parametrize(
    ("opens", "closes"), [("m", "enter"), ("m", "escape"), ("x", "escape"), ("g", "escape"), ("?", "escape")]
)
async def test_a_box_closes_once(new_app: NewApp, opens: str, closes: str) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark" if opens == "?" else opens)
        await pilot.pause()
        assert app.screen is not app.reader
        for _ in range(4):
            app.post_message(Key(closes, None))
        box = app.screen
        box.dismiss(None)
        box.dismiss(None)
        await pilot.pause()
        assert app.screen is app.reader
