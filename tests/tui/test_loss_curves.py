from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.loss_table import push_table
from tests.tui.looking import SIZES, grid, shown
from tui.app import LessonApp
from tui.widgets.loss_curves import LossCurvesView
from tui.widgets.question import QuestionView

NewApp = Callable[..., LessonApp]


def column_of(lines: list[str], glyph: str) -> set[int]:
    return {line.index(glyph) for line in lines if glyph in line}


@pytest.mark.parametrize("size", SIZES)
async def test_the_curves_cross_at_one_half(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("opposite-slopes", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.screen.query_one(LossCurvesView).has_focus
        text = shown(app)
        assert "y = 1: −ln(p)" in text
        assert "y = 0: −ln(1 − p)" in text
        assert text.count("0.693147") == 2
        lines = grid(app)
        (axis,) = column_of([line for line in lines if "0.01 ─" in line], "●")
        crossing = next(line for line in lines if "●" in line)
        assert crossing.index("●") == axis, "the curves meet above one half"
        assert "0.693 │" in crossing
        assert "down ↓ toward label 0" in text
        assert "up ↑ toward label 1" in text


async def test_moving_p_moves_the_mark_and_the_numbers(new_app: NewApp) -> None:
    app = new_app("opposite-slopes", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.screen.query_one(LossCurvesView)
        await pilot.press("pageup", "pageup", "up", "down", "k", "j", "up")
        assert view.p == 0.71
        for row in push_table(0.71).without("p").texts():
            assert "   ".join(row).split() in [line.split()[1:] for line in grid(app) if line.strip()]
        lines = grid(app)
        (axis,) = column_of([line for line in lines if "0.01 ─" in line], "●")
        plot = lines[2 : lines.index(next(line for line in lines if "0.01 ─" in line))]
        above = [line[axis] for line in plot]
        # The loss of the label 0 has grown above that of the label 1; each point carries its label.
        assert above.index("0") < above.index("1")
        assert "1.238 │" in shown(app)
        await pilot.press("0", "up")
        assert "0.71, 0.67 │" in shown(app)
        await pilot.press(*["pagedown"] * 6)
        assert view.p == 0.01
        assert "4.605 │" in shown(app)
        await pilot.press("0")
        assert view.p == 0.5


async def test_the_curves_fit_a_terminal_that_changes(new_app: NewApp) -> None:
    app = new_app("opposite-slopes", page=1)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        high = app.screen.query_one(LossCurvesView).size.height
        await pilot.press("up")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.screen.query_one(LossCurvesView).size.height < high
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0
        assert "p 0.51" in shown(app)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "y = 0 " in shown(app)
        assert "−ln" not in shown(app), "where the formulas find no room, short names stay"
        await pilot.resize_terminal(24, 10)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "p 0.51" in shown(app)


async def test_the_question_after_the_curves(new_app: NewApp) -> None:
    app = new_app("opposite-slopes", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        assert app.screen.query_one(QuestionView).has_focus
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "✓ Nowhere: 0 always pushes down, 1 always up" in shown(app)
