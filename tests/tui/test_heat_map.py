"""The weights as heat maps: signs, sizes, twins, and what has no room."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.network import Network
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.widgets.heat_map import HeatMap
from tui.widgets.question import QuestionView
from tui.widgets.run import RunView

NewApp = Callable[..., LessonApp]


@pytest.mark.parametrize("size", SIZES)
async def test_twins_learn_and_stay_twins(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("twins", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert shown(app).count("A +█+█  A +█+█+█+█") == 5
        assert shown(app).count("A +█+█") == 10 + 5
        await pilot.press("enter")
        await pilot.resize_terminal(size[0] - 2, size[1])
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "step 1,000 of 1,000" in shown(app)
        assert "distinct units 1 of 10, 1 of 5" in shown(app)
        assert shown(app).count("A +▓+█") == 10, "rows equal, columns not"
        assert "−█−█−█−█−█" in shown(app)
        assert "…" not in shown(app)
        assert app.screen.query_one(QuestionView).has_focus


async def show(new_app: NewApp, network: Network, size: tuple[int, int] = (80, 24)) -> str:
    """Return the screen with another network in place of the one on the page."""
    app = new_app("twins", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = app.screen.query_one(HeatMap)
        assert isinstance(before.parent, type(app.screen.query_one("#pictures")))
        picture = HeatMap(network)
        await before.parent.mount(picture)
        await before.remove()
        app.screen.query_one("#pictures").styles.height = picture.rows
        app.screen.query_one(RunView).picture = picture
        await pilot.pause()
        return shown(app)


async def test_signs_sizes_and_letters(new_app: NewApp) -> None:
    network = Network.of(
        [([[1.0, -0.5], [0.0, 0.2], [1.0, -0.5]], [0.0] * 3, "relu"), ([[2.0, -2.0, 0.1]], [0.0], "sigmoid")]
    )
    text = await show(new_app, network)
    assert "W¹      W²" in text
    assert "A +█−▒  +█−█+░" in text
    assert "B  0+░" in text
    assert text.count("A +█−▒") == 2
    assert "same letter: twins" in text


async def test_what_has_no_room_is_said(new_app: NewApp) -> None:
    random = np.random.default_rng(0)
    network = Network.of(
        [
            (random.normal(size=(30, 2)), np.zeros(30), "relu"),
            (random.normal(size=(1, 30)), [0.0], "sigmoid"),
        ]
    )
    text = await show(new_app, network)
    assert "+21" in text, "of 30 units, 9 are drawn"
    assert "…" in text, "of 30 weights, some have no room"
    assert "I " in text
