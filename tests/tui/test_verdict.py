from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import pytest

from engine.measures import Moment
from tests.tui.looking import SIZES, grid, shown
from tui.app import LessonApp
from tui.plain import screen_text
from tui.widgets.verdict import VerdictView

NewApp = Callable[..., LessonApp]
SAME, DIFFERENT, STUCK, MOVES = True, False, False, True


def cell(lines: Sequence[str], title: str) -> str:
    """Return what stands in a cell of the table, as one text."""
    top = next(at for at, line in enumerate(lines) if title in line)
    right = lines[top].index(title) > len(lines[top]) // 3
    inside = []
    for line in lines[top + 1 :]:
        pieces = line.split("│")
        if len(pieces) != 4:
            break
        inside.append(pieces[2 if right else 1].strip())
    return "\n".join(inside)


@pytest.mark.parametrize("size", SIZES)
async def test_four_runs_fall_into_four_cells(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("verdict", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.screen.query_one(VerdictView)
        assert view.has_focus
        assert "r: run all" in shown(app)
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [view.place(row) for row in range(4)] == [
            (SAME, STUCK),
            (SAME, MOVES),
            (DIFFERENT, STUCK),
            (DIFFERENT, MOVES),
        ]
        lines = grid(app)
        stuck = cell(lines, "same loss, weights stuck")
        assert stuck.startswith(
            "1 all weights and biases zero\nloss y=0 0.693147  y=1 0.693147\nweights moved 0 of 75"
        )
        assert "accuracy 0.50   cost 0.693147" in stuck
        learns = cell(lines, "same loss, weights move")
        assert learns.startswith("2 He, but output weights zero\nloss y=0 0.693147  y=1 0.693147\n")
        assert "accuracy 0.99   cost 0.0685" in learns
        held = cell(lines, "different losses, weights stuck")
        assert held.startswith(
            "3 all zero, output bias 1\nloss y=0 1.313262  y=1 0.313262\nweights moved 0 of 75"
        )
        he = cell(lines, "different losses, weights move")
        assert he.startswith("4 He\nlosses differ at all 300 points\nweights moved ")
        assert "accuracy 0.99   cost 0.0648" in he
        assert ("its curve" in he) == (size == SIZES[1]), "with the room there is, the cost curves"
        assert "All have run. → goes on." in shown(app)
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0


async def test_a_guess_is_compared_with_the_run(new_app: NewApp) -> None:
    app = new_app("verdict", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "2", "space", "space", "3", "4", "9", "down")
        view = app.screen.query_one(VerdictView)
        assert view.row == 0
        assert view.guesses == [True, False, None, None]
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = shown(app)
        assert "1 all weights and biases zero   yes ✗  15,000" in text
        assert "2 He, but output weights zero    no ✗  15,000" in text
        assert "3 all zero, output bias 1           ·  15,000" in text
        await pilot.press("space")
        assert view.guesses[0] is True, "after the run a guess is no guess any more"


async def test_one_start_alone_and_the_terminal_changes_on_the_way(new_app: NewApp) -> None:
    app = new_app("verdict", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(VerdictView)
        view.scenario_of = tuple(dataclasses.replace(each, steps=1_000_000) for each in view.scenario_of)
        await pilot.press("2", "enter")
        assert view.running
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        await pilot.press("enter")
        assert "Paused. Enter goes on." in shown(app)
        await pilot.resize_terminal(60, 30)
        await pilot.press("enter", "s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not view.running
        assert view.place(0) is None
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert cell(grid(app), "same loss, weights stuck").startswith("·")


def moment(view: VerdictView, row: int, step: int, *, moved: bool, ended: bool) -> Moment:
    scenario, other = view.scenario_of[row], view.scenario_of[3]
    start = scenario.network(scenario.split())
    now = other.network(other.split()) if moved else start
    return Moment(scenario.split().train, start, now, step, ((0, 0.7), (step, 0.6)), ended)


async def test_a_cell_is_found_in_the_arrays(new_app: NewApp) -> None:
    app = new_app("verdict", page=1)
    async with app.run_test(size=(80, 60)) as pilot:
        view = app.screen.query_one(VerdictView)
        view.moment_came(0, moment(view, 0, 50, moved=False, ended=False))
        assert view.place(0) is None, "that nothing moves is known at the end alone"
        view.moment_came(0, moment(view, 0, 100, moved=True, ended=False))
        assert view.place(0) == (SAME, MOVES), "one weight that has moved is enough"
        view.moment_came(2, moment(view, 2, 3_000, moved=False, ended=True))
        await pilot.pause()
        assert "weights moved 0 of 75, step 3,000" in cell(grid(app), "different losses, weights stuck")
        view.moment_came(1, moment(view, 1, 15_000, moved=True, ended=True))
        view.moment_came(3, moment(view, 3, 15_000, moved=False, ended=True))
        await pilot.pause()
        assert view.place(1) == view.place(0)
        assert view.place(3) == (DIFFERENT, STUCK)
        learns = cell(grid(app), "same loss, weights move")
        assert "1 all weights and biases zero" in learns, "two starts in one cell stand below each other"
        assert "2 He, but output weights zero" in learns
        assert cell(grid(app), "same loss, weights stuck").startswith("empty: no start came here")
        assert cell(grid(app), "different losses, weights move").startswith("empty: no start came here")


def test_the_verdict_in_plain_text() -> None:
    from lessons.course import load_course

    course = load_course()
    text = screen_text(course, course.screen("verdict"))
    assert "all weights and biases zero\n  loss if y = 0: 0.693147\n  loss if y = 1: 0.693147\n" in text
    assert "Run: initlesson run he-zero-output" in text
    table = screen_text(course, course.screen("opposite-slopes"))
    assert "down ↓ toward label 0" in table


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_chooses_a_start_and_the_footer_runs_it(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("verdict", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.screen.query_one(VerdictView)
        lines = grid(app)
        third = next(at for at, line in enumerate(lines) if "3 all zero, output bias 1" in line)
        column = next(line for line in lines if "moves?" in line).index("moves?")
        await pilot.click(offset=(column + 3, third))
        assert view.row == 2
        assert view.guesses == [None, None, True, None]
        await pilot.click(offset=(lines[-1].index("⏎"), size[1] - 1))
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert view.place(2) == (DIFFERENT, STUCK)
        assert "yes ✗" in grid(app)[third]
