"""Layers switched to zero, a guess and a run, as a learner drives them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from tests.tui.looking import shown
from tui.app import LessonApp
from tui.widgets.switch_results import KEPT
from tui.widgets.switchboard import SwitchboardView

NewApp = Callable[..., LessonApp]


def rows(app: LessonApp) -> list[list[str]]:
    return [line.split()[1:] for line in shown(app).splitlines() if " of 75" in line]


async def test_switch_guess_and_run(new_app: NewApp) -> None:
    app = new_app("one-zero-layer", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(SwitchboardView)
        assert view.has_focus
        await pilot.press("3", "space", "space", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert rows(app) == [["He", "He", "0", "ReLU", "moves", "✓", "3", "58", "of", "75", "0.99"]]
        await pilot.press("1", "space", "space", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert rows(app)[-1] == ["0", "He", "0", "ReLU", "moves", "✗", "none", "0", "of", "75", "0.50"]
        await pilot.press("v", "v", "space", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert rows(app)[-1][3:] == ["sigmoid", "stuck", "✓", "none", "0", "of", "75", "0.50"]
        await pilot.press("1", "v", "v", "v", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert rows(app)[-1] == ["He", "He", "0", "sigmoid", "·", "3", "75", "of", "75", "0.57"]
        assert len(rows(app)) == 4


async def test_a_network_that_trains_keeps_its_switches(new_app: NewApp) -> None:
    app = new_app("one-zero-layer", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(SwitchboardView)
        scenarios = view.scenario_of
        view.scenario_of = tuple(dataclasses.replace(each, steps=1_000_000) for each in scenarios)
        await pilot.press("enter")
        await pilot.pause()
        assert "Enter pauses, s stops." in shown(app)
        before = view.setting
        await pilot.press("1", "v", "space")
        assert (view.setting, view.guess) == (before, None)
        await pilot.press("enter")
        await pilot.pause()
        assert "Enter goes on" in shown(app)
        await pilot.resize_terminal(120, 36)
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not view.running
        assert "Enter trains this network." in shown(app)


async def test_only_the_latest_results_are_shown(new_app: NewApp) -> None:
    app = new_app("one-zero-layer", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(SwitchboardView)
        view.scenario_of = tuple(
            dataclasses.replace(each, steps=1, record_every=1) for each in view.scenario_of
        )
        for keys in (["enter"], ["1", "enter"], ["2", "enter"], ["3", "enter"]) * 2:
            await pilot.press(*keys, "v")
            await app.workers.wait_for_complete()
            await pilot.pause()
        assert len(view.results) > KEPT
        assert len(rows(app)) == KEPT
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0
