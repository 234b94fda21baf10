"""The worked calculation and the table of nudges, touched as a learner touches them."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

import pytest

from engine.scenario import Scenario
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.widgets.nudges import NudgesView
from tui.widgets.question import QuestionView
from tui.widgets.steps import StepsView

NewApp = Callable[..., LessonApp]


@pytest.mark.parametrize("size", SIZES)
async def test_enter_reveals_a_line_and_its_note(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("by-hand", page=1)
    async with app.run_test(size=size) as pilot:
        view = app.screen.query_one(StepsView)
        assert view.has_focus
        assert "▸ z¹  = W¹ · x          = ½ · 2  = 1" in shown(app)
        assert "a¹  =" not in shown(app)
        assert "Enter  next line (1 of 9)" in shown(app)
        await pilot.press(*["enter"] * 8)
        await pilot.pause()
        assert "p   = σ(z²)                    = 0.731059" in shown(app)
        assert "L   = −ln(p)                   = 0.313262" in shown(app)
        assert "▸ dW¹ = δ¹ · x          = δ¹ · 2 = −0.537883" in shown(app)
        assert "The same product once more" in shown(app)
        assert "That is all." in shown(app)
        await pilot.press("enter")
        assert view.known == 9
        await pilot.press("up")
        await pilot.pause()
        assert "▸ δ¹" in shown(app)
        assert "through ReLU" in " ".join(shown(app).split())
        await pilot.press("down", "down")
        assert view.row == 0


async def test_the_calculation_may_be_left_and_taken_up_and_resized(new_app: NewApp) -> None:
    app = new_app("by-hand", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "right", "left")
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert "▸ a¹" in shown(app)
        assert "Enter  next line (2 of 9)" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_only_paths_change_the_cost_and_some_go_down(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("stuck-for-ever", page=4)
    async with app.run_test(size=size) as pilot:
        view = app.screen.query_one(NudgesView)
        assert view.has_focus
        await pilot.press("enter")
        await pilot.resize_terminal(size[0] + 1, size[1])
        await app.workers.wait_for_complete()
        await pilot.pause()
        rows = [line.replace("▌", " ").split() for line in shown(app).splitlines()]
        assert ["1", "weight", "alone", "75", "0", "0", "0"] in rows
        assert ["2", "weights,", "any", "2,775", "0", "0", "0"] in rows
        path = next(row for row in rows if row[:2] == ["3", "weights,"])
        assert path[-4:-2] == ["100", "100"]
        assert path[-2].startswith("−")
        assert view.has_focus, "the size is still to be halved"
        for size_now in ("0.25", "0.125", "0.0625"):
            await pilot.press("down")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert f"up or down: {size_now}" in shown(app)
        assert len(view.found) == 3
        assert app.screen.query_one(QuestionView).has_focus
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0


async def test_a_trial_of_a_size_that_was_left_is_dropped(new_app: NewApp) -> None:
    app = new_app("stuck-for-ever", page=4)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.screen.query_one(NudgesView)
        await pilot.press("up")
        assert view.by == 0.5
        await pilot.press("enter")
        for _ in range(4):
            view.action_resize(1)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert view.by == 0.0625
        assert [each.sets for each in view.found] == [75, 2_775, 100]
        assert not view.running


async def test_nudges_that_fail_say_why(new_app: NewApp) -> None:
    app = new_app("stuck-for-ever", page=4)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.screen.query_one(NudgesView)
        view.scenario = Scenario("wide", "w", "course-circles", (200,))
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "allowed: at most 50,000: narrower layers" in " ".join(shown(app).replace("▌", "").split())


async def test_a_page_that_is_left_waits_for_no_nudges(
    new_app: NewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.nudges.MAX_WORK", math.inf)
    app = new_app("stuck-for-ever", page=4)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.screen.query_one(NudgesView)
        view.scenario = Scenario("slow", "s", {"name": "circles", "size": 30_000}, (10, 5))
        over, work = threading.Event(), view._try

        def watched(number: int, by: float) -> None:
            work(number, by)
            over.set()

        view._try = watched  # type: ignore[method-assign]
        await pilot.press("enter")
        await pilot.pause()
        assert view.running
        await view.remove()
        assert over.wait(0.5)
        assert len(view.found) < 2, "it was stopped among the tries, not after a kind"
