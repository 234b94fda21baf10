"""The race and the published figures, as a learner drives them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.widgets.published import PublishedView
from tui.widgets.question import QuestionView
from tui.widgets.race import RaceView

NewApp = Callable[..., LessonApp]


@pytest.mark.parametrize("size", SIZES)
async def test_all_lanes_run_to_their_end(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("the-race", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        race = app.screen.query_one(RaceView)
        assert race.has_focus
        assert "Enter start all" in shown(app)
        assert [lane.size.width >= 16 for lane in race.lanes] == [True] * 4
        race.scenarios = tuple(dataclasses.replace(each, steps=1_000) for each in race.scenarios)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = shown(app)
        assert text.count("1,000") == 4
        assert text.count("1 and 1") == 2
        assert text.count("10 and 5") == 2
        assert "random × 10 ↑1774" in " ".join(text.split()), "a curve that left the scale says so"
        assert app.screen.query_one(QuestionView).has_focus
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0


async def test_a_race_is_paused_resized_stopped_and_run_anew(new_app: NewApp) -> None:
    app = new_app("the-race", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        race = app.screen.query_one(RaceView)
        short = race.scenarios
        race.scenarios = tuple(dataclasses.replace(each, steps=1_000_000) for each in short)
        await pilot.press("enter")
        await pilot.pause()
        assert race.running
        await pilot.press("enter")
        await pilot.pause()
        assert "go on" in shown(app)
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "random × 10" in shown(app)
        assert "go on" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Enter pause" in shown(app)
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not race.running
        assert race.has_focus
        race.scenarios = tuple(dataclasses.replace(each, steps=100, record_every=100) for each in short)
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [lane.moment.step for lane in race.lanes if lane.moment] == [100] * 4


async def test_published_figures_fill_in_for_each_start(new_app: NewApp) -> None:
    app = new_app("the-race", page=4)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(PublishedView)
        assert view.has_focus
        assert shown(app).count("0.6931471805599453") == 14
        assert "0.6931471805599455" in shown(app)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert shown(app).count("all") >= 10
        assert "train: 0.5, here 0.5" in shown(app)
        await pilot.press("2", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        for row in view.table.rows:
            assert abs(float(row[1]) - float(row[2])) < 1e-12
            assert row[3] == "all" or int(row[3]) >= 14
        assert "train: 0.99333, here 0.99333   test: 0.96, here 0.96" in shown(app)
        await pilot.press("v", "r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "inf" in shown(app)
        assert "1773.58595493738" in shown(app)
        assert "train: 0.83, here 0.83   test: 0.86, here 0.86" in shown(app)
        assert [int(row[3]) < 8 for row in view.table.rows[1:]] == [True] * 14
        await pilot.press("1")
        await pilot.pause()
        assert "train: 0.5, here 0.5" in shown(app), "what was run is kept"


async def test_published_is_paused_and_stopped(new_app: NewApp) -> None:
    app = new_app("the-race", page=4)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(PublishedView)
        view.scenario_of = tuple(dataclasses.replace(each, steps=1_000_000) for each in view.scenario_of)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "Enter go on" in shown(app)
        await pilot.resize_terminal(120, 36)
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not view.running
        assert "Enter run it again" in shown(app)
        assert "here ·" in shown(app), "no accuracy of a run that was stopped"


async def test_every_published_row_of_a_long_run_is_filled(new_app: NewApp) -> None:
    app = new_app("the-race", page=4)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(PublishedView)
        view.scenario_of = tuple(
            dataclasses.replace(each, data="four-points", hidden=(2,), steps=16_000, record_every=7)
            for each in view.scenario_of
        )
        figures = dataclasses.replace(view.figures[0], every=7, cost=(0.5,) * 15)
        view.figures = (figures,) * 3
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert view.found[0].step == 16_000
        assert [row[0] for row in view.table.rows] == [7 * row for row in range(15)]
        assert "·" not in {row[2] for row in view.table.rows}
        assert "here ·" not in shown(app)
