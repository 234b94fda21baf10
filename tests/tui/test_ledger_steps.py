"""The ledger at any step, and in more than one case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.looking import shown
from tui.app import LessonApp
from tui.widgets.ledger import LedgerView

PAGE = """# T

:::{ledger}
:steps: yes

- `sigmoid-unbalanced` unbalanced
- `sigmoid-balanced` balanced
:::
"""


@pytest.fixture
def app(new_app: Callable[..., LessonApp], course_with: Callable[[str], Path]) -> LessonApp:
    return new_app("page", folder=course_with(PAGE))


def moved(app: LessonApp) -> list[str]:
    view = app.screen.query_one(LedgerView)
    keys = [column.key for column in view.now.table.columns]
    return [str(row[keys.index("moved")]) for row in view.now.table.rows]


async def test_the_wave_climbs_a_layer_a_step(app: LessonApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = [moved(app)]
        for _ in range(3):
            await pilot.press("enter")
            seen.append(moved(app))
        assert seen == [
            ["0 of 20", "0 of 50", "0 of 5"],
            ["0 of 20", "0 of 50", "5 of 5"],
            ["0 of 20", "50 of 50", "5 of 5"],
            ["20 of 20", "50 of 50", "5 of 5"],
        ]
        await pilot.pause()
        assert "step 3" in shown(app)
        await pilot.press("t")
        await pilot.pause()
        assert "step 13" in shown(app)
        await pilot.press("r")
        await pilot.pause()
        assert "step 0" in shown(app)
        assert moved(app) == seen[0]


async def test_another_case_starts_at_its_first_step(app: LessonApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "v")
        await pilot.pause()
        assert "step 0" in shown(app)
        assert "errors cancel" in shown(app)
        await pilot.press("t")
        assert moved(app) == ["0 of 20", "0 of 50", "0 of 5"]
        await pilot.press("1")
        await pilot.pause()
        assert app.screen.query_one(LedgerView).now.scenario.name == "sigmoid-unbalanced"
        await pilot.press("9")
        assert app.screen.query_one(LedgerView).now.scenario.name == "sigmoid-unbalanced"


async def test_the_last_step_is_the_last(app: LessonApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(LedgerView)
        view.action_step(2000)
        assert view.step == view.now.scenario.steps
        await pilot.press("enter")
        assert view.step == view.now.scenario.steps
