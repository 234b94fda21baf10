"""Every page where there is little room: what has none beside comes below, and nothing is cut."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from textual.geometry import Region

from tests.tui.looking import grid, shown
from tests.tui.test_grids import PAGES
from tui.app import LessonApp
from tui.widgets.lines import Lines
from tui.widgets.switchboard import SwitchboardView

NewApp = Callable[..., LessonApp]
SIZE = (60, 20)


@pytest.mark.parametrize(("slug", "page"), PAGES)
async def test_no_line_is_lost(new_app: NewApp, slug: str, page: int) -> None:
    app = new_app(slug, page=page)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.reader.page_view is not None
        for view in app.reader.page_view.query(Lines):
            lines = view.lines(view.size.width)
            assert view.size.height == len(lines)
            drawn = view.render_lines(Region(0, 0, *view.outer_size))
            for line, strip in zip(lines, drawn, strict=True):
                assert line.cell_length <= view.size.width
                assert line.plain.rstrip() in strip.text
        keys = grid(app)[-1]
        # A slider takes the page keys for itself; below it, Tab brings the next part into view.
        assert app.reader.page_view.max_scroll_y == 0 or "PgDn" in keys or "Tab" in keys


async def test_the_editor_keeps_its_numbers_and_its_keys(new_app: NewApp) -> None:
    app = new_app("wake-it-up", page=1)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        for text in ("W¹", "b²", "W³", "b³", "• dW³ = 0", "tries 10 steps", "set a number", "adds ½"):
            assert text in shown(app)


async def test_the_switchboard_keeps_its_switches_and_its_progress(new_app: NewApp) -> None:
    app = new_app("one-zero-layer", page=1)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for text in ("1 layer", "2 layer", "3 layer", "v units", "your guess", "trains this network"):
            assert text in shown(app)
        view = app.screen.query_one(SwitchboardView)
        await pilot.press("3", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "58 of 75 0.99" in " ".join(shown(app).split())
        view.scenario_of = tuple(dataclasses.replace(each, steps=1_000_000) for each in view.scenario_of)
        await pilot.press("enter", "enter")
        await pilot.pause()
        (progress,) = [line for line in shown(app).splitlines() if "Enter goes on, s stops." in line]
        assert progress.rstrip("▁▂▃▄▅▆▇█ ").endswith("of 1,000,000")
        await pilot.press("s")
