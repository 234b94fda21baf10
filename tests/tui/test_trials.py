"""Runs side by side, guessed and started line by line."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.widgets.trials import TrialsView

NewApp = Callable[..., LessonApp]
Course = Callable[[str], Path]
PAGE = """# T

:::{trials}
:numbers: moved cost units
:guess: moves

- `course-zeros` all zero
- `course-he` He
:::

:::{question} which
:kind: observe

Which one moved?

- [ ] The first
  > No.
- [x] He
  > Yes.
:::
"""


@pytest.fixture
def app(new_app: NewApp, course_with: Course) -> LessonApp:
    return new_app("page", folder=course_with(PAGE))


@pytest.mark.parametrize("size", SIZES)
async def test_guess_run_and_compare(app: LessonApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TrialsView)
        view.scenario_of = tuple(dataclasses.replace(each, steps=1000) for each in view.scenario_of)
        assert view.has_focus
        assert "Space: your guess. Enter: run this line. r: run all." in shown(app)
        await pilot.press("space", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert ["all", "zero", "yes", "✗", "1,000", "0", "of", "75"] in [
            line.lstrip(" ▌▸").split()[:8] for line in shown(app).splitlines()
        ]
        await pilot.press("space", "down", "space", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert ["He", "yes", "✓", "1,000", str(view.found[1].moved), "of", "75"] in [
            line.lstrip(" ▌▸").split()[:7] for line in shown(app).splitlines()
        ]
        assert view.found[1].moved > 0
        assert view.guesses == [True, True], "a line that was run keeps its guess"
        assert app.focused is not view, "after the last run comes the question"


async def test_all_lines_one_after_another(app: LessonApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TrialsView)
        view.scenario_of = tuple(dataclasses.replace(each, steps=1000) for each in view.scenario_of)
        await pilot.press("r")
        await pilot.resize_terminal(100, 30)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [view.found[row].step for row in (0, 1)] == [1000, 1000]
        assert not view.running


async def test_a_run_can_be_paused_and_stopped(app: LessonApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TrialsView)
        view.scenario_of = tuple(dataclasses.replace(each, steps=1_000_000) for each in view.scenario_of)
        await pilot.press("r")
        await pilot.press("enter")
        await pilot.pause()
        assert "Paused. Enter goes on." in shown(app)
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not view.running
        assert 1 not in view.found, "what was stopped is stopped as a whole"
        assert view.truth(0) is None, "a run that was stopped says nothing about a guess"
        await pilot.press("q")


async def test_a_run_that_fails_says_why(app: LessonApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TrialsView)
        wild = dataclasses.replace(
            view.scenario_of[0], output="identity", loss="squared-error", weights="he", learning_rate=10.0
        )
        view.scenario_of = (wild, wild)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "The run has ended:" in shown(app)


async def test_a_click_chooses_a_line_and_changes_its_guess(app: LessonApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TrialsView)
        lines = shown(app).splitlines()
        heads = next(at for at, line in enumerate(lines) if "moves?" in line)
        await pilot.click(offset=(6, heads + 2))
        assert (view.row, view.guesses) == (1, [None, None])
        column = lines[heads].index("moves?")
        for guess in (True, False, None):
            await pilot.click(offset=(column + 2, heads + 1))
            assert (view.row, view.guesses) == (0, [guess, None])
        await pilot.click(offset=(column, heads))
        await pilot.click(offset=(column, heads + 3))
        assert (view.row, view.guesses) == (0, [None, None]), "no line, no guess"
