"""Twins and their equivalent one unit wide, side by side; and what breaks a symmetry."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from engine.side_by_side import PairMoment
from lessons.course import load_course
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.plain import screen_text
from tui.widgets.trials import TrialsView
from tui.widgets.width_one import WidthOneView

NewApp = Callable[..., LessonApp]


def cells(app: LessonApp, label: str) -> list[str]:
    line = next(line for line in shown(app).splitlines() if f"{label} " in line)
    return line.split(label, 1)[1].split()


@pytest.mark.parametrize("size", SIZES)
async def test_both_costs_and_their_difference(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("twins", page=3)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.screen.query_one(WidthOneView)
        assert view.has_focus
        assert cells(app, "ReLU, constant") == ["·", "·", "·", "·"]
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        step, twins, one, gap = cells(app, "ReLU, constant")
        assert (step, twins) == ("1,000", one)
        assert float(gap.replace("−", "-")) < 1e-12
        assert cells(app, "sigmoid, all zero") == ["·", "·", "·", "·"]
        await pilot.press("down", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        step, twins, one, gap = cells(app, "sigmoid, all zero")
        assert (step, twins) == ("1,000", one)
        moment = view.found[1]
        assert isinstance(moment, PairMoment)
        assert (moment.units, moment.gap < 1e-12) == ((1, 1), True)
        assert moment.curve[-1][1] < 0.1 < moment.curve[0][1]


async def test_it_pauses_goes_on_and_stops(new_app: NewApp) -> None:
    app = new_app("twins", page=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(WidthOneView)
        view.scenario_of = tuple(dataclasses.replace(each, steps=100_000) for each in view.scenario_of)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "Paused. Enter goes on." in shown(app)
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "Paused. Enter goes on." in shown(app)
        await pilot.press("enter", "s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not view.running
        assert view.found[0].step < 100_000


def test_plain_text_runs_them() -> None:
    course = load_course()
    text = screen_text(course, course.screen("twins"))
    line = next(line for line in text.splitlines() if line.startswith("ReLU, constant "))
    *_, step, twins, one, gap = line.split()
    assert (step, twins) == ("1,000", one)
    assert float(gap.replace("−", "-")) < 1e-12


async def test_what_treats_two_equal_units_differently_tells_them_apart(new_app: NewApp) -> None:
    app = new_app("symmetry-in", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TrialsView)
        await pilot.press("space", "r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        labels = [variant.label for variant in view.part.variants]
        apart = {label for row, label in enumerate(labels) if view.truth(row)}
        assert apart == {"dropout", "random biases"}
        assert "yes ✗" in shown(app)
        for row, label in enumerate(labels):
            spread = cells(app, label)[-1]
            assert (spread == "0") == (label not in apart), "equal to the last bit"
            assert view.found[row].moved == (0 if label == "dropout, all zero" else 75)
