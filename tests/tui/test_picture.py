"""Pictures of which only the rows that change are drawn: what stands there is as if all were."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tests.tui.looking import grid
from tui.widgets.curve import CostCurve, curve_rows

STEPS = 100
Points = tuple[tuple[int, float], ...]
GROWS: list[Points] = [tuple((step, 2.0**-step) for step in range(count)) for count in (0, 1, 2, 10, 9)]
FLAT: Points = ((0, 0.5), (STEPS, 0.5))
LEAVES_THE_SCALE: Points = ((0, 3.0), (STEPS, 0.25))


class Curve(App[None]):
    def compose(self) -> ComposeResult:
        yield CostCurve(STEPS)

    @property
    def curve(self) -> CostCurve:
        return self.query_one(CostCurve)


def picture(points: Points, width: int, height: int) -> list[str]:
    rows = curve_rows(points, STEPS, width, height)
    return ["".join(text for text, _ in row).rstrip() for row in rows]


@pytest.mark.parametrize("frames", [GROWS, [FLAT, LEAVES_THE_SCALE, FLAT, FLAT]])
async def test_what_changes_is_drawn(frames: list[Points]) -> None:
    app = Curve()
    async with app.run_test(size=(40, 12)) as pilot:
        for points in frames:
            app.curve.points = points
            await pilot.pause()
            assert grid(app) == picture(points, 40, 12)


async def test_a_new_size_and_new_points_at_once() -> None:
    app = Curve()
    async with app.run_test(size=(40, 12)) as pilot:
        app.curve.points = FLAT
        await pilot.resize_terminal(50, 16)
        app.curve.points = LEAVES_THE_SCALE
        await pilot.pause()
        assert grid(app) == picture(LEAVES_THE_SCALE, 50, 16)
        await pilot.resize_terminal(20, 8)
        await pilot.pause()
        assert grid(app) == picture(LEAVES_THE_SCALE, 20, 8)


async def test_no_row_is_drawn_that_stays() -> None:
    app = Curve()
    async with app.run_test(size=(40, 12)) as pilot:
        app.curve.points = GROWS[2]
        await pilot.pause()
        drawn: list[int] = []
        row = app.curve.render_line

        def watched(y: int):  # type: ignore[no-untyped-def]
            drawn.append(y)
            return row(y)

        app.curve.render_line = watched  # type: ignore[method-assign]
        before = grid(app)
        app.curve.points = GROWS[3]
        await pilot.pause()
        after = grid(app)
        assert before != after
        changed = [y for y in range(12) if before[y] != after[y]]
        assert sorted(drawn) == changed
        assert len(changed) < 12


async def test_colours_of_another_theme() -> None:
    app = Curve()
    async with app.run_test(size=(40, 12)) as pilot:
        app.curve.points = FLAT
        await pilot.pause()
        dark = app.curve.render_lines(app.curve.size.region)
        app.theme = "textual-light"
        await pilot.pause()
        light = app.curve.render_lines(app.curve.size.region)
        assert [strip.text for strip in light] == [strip.text for strip in dark]
        assert all(one != other for one, other in zip(dark, light, strict=True))
