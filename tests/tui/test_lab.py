"""The lab, from the lesson and from the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lessons.course import load_course
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.session import open_session
from tui.widgets.lab import LabView

NewApp = Callable[..., LessonApp]


@pytest.mark.parametrize("size", SIZES)
async def test_a_network_of_zeros_does_not_move_and_an_other_does(
    new_app: NewApp, size: tuple[int, int]
) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=size) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert "The lab" in shown(app)
        assert "hidden units       " in shown(app)
        await pilot.press("space")
        await pilot.pause()
        assert "step 1   cost 0.693147   accuracy 0.50   weights moved 0 of 75" in shown(app)
        assert "a_prev = 0" in shown(app)
        # The labels are the second setting: flipped ones move the last bias, and no weight.
        await pilot.press("down", "right", "space", "space")
        await pilot.pause()
        assert "‹ 30 flipped ›" in shown(app)
        assert "weights moved 0 of 75" in shown(app)
        # Sigmoid units are not silent: the wave climbs a layer a step.
        await pilot.press("down", "down", "right", "right", "right", "space", "space")
        await pilot.pause()
        assert "‹ sigmoid ›" in shown(app)
        assert "weights moved 55 of 75" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "page 1/4" in shown(app)


async def test_run_pause_and_go_on(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        lab = app.screen.query_one(LabView)
        await pilot.press("enter")
        assert lab.running
        await pilot.press("space")
        await pilot.resize_terminal(100, 30)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not lab.running
        paused = lab.run.moment().step
        await pilot.press("space")
        await pilot.pause()
        assert f"step {paused + 1:,} " in shown(app)
        await pilot.press("r")
        await pilot.pause()
        assert "step 0 " in shown(app)


async def test_a_setting_changed_while_running_begins_anew(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "enter", "left")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "‹ spiral ›" in shown(app)
        assert "step 0 " in shown(app)


async def test_fewer_layers_keep_the_cursor_on_a_setting(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "down", "down", "left", "left", "up", "up", "up")
        await pilot.pause()
        assert "▸ learning rate" in shown(app)
        await pilot.press("enter")
        await pilot.press("enter")
        await app.workers.wait_for_complete()


async def test_the_command_begins_in_the_lab(
    new_app: NewApp, tmp_path_factory: pytest.TempPathFactory
) -> None:
    course = load_course()
    session = open_session(course.slug, tmp_path_factory.mktemp("state") / "p.json")
    app = LessonApp(course, session, lab=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "The lab" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Welcome" in shown(app)
