"""Keys that come faster than they are answered, as over a slow line: each goes where those before it lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.events import Key

from tests.tui.looking import shown
from tui.app import LessonApp

CHARACTERS = {"tab": "\t", "enter": "\r"}


@pytest.mark.parametrize(
    ("slug", "page", "keys", "seen"),
    [
        ("the-same-loss", 1, "tab 2", "▸ 2  The loss for y = 0 rises"),
        ("the-same-loss", 0, "right home", "p 0.01"),
        ("the-same-loss", 1, "left 2 enter 3 enter", "Your prediction is kept (certain)"),
        ("the-ledger", 1, "2 enter 1 enter right up", "dW², layer 2:"),
    ],
)
async def test_keys_that_come_together_are_taken_one_after_the_other(
    new_app: Callable[..., LessonApp], slug: str, page: int, keys: str, seen: str
) -> None:
    app = new_app(slug, page=page)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key in keys.split():
            app.post_message(Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
        await pilot.pause()
        await pilot.pause()
        assert seen in shown(app)


async def test_a_number_goes_into_the_blank_that_has_the_keys(new_app: Callable[..., LessonApp]) -> None:
    app = new_app("by-hand", page=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.post_message(Key("tab", "\t"))
        app.post_message(Key("7", "7"))
        await pilot.pause()
        await pilot.pause()
        first, second = (line for line in shown(app).splitlines() if "[" in line)
        assert "7" in second
        assert "7" not in first
