"""A terminal that changes its size in the middle of anything, down to one cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from lessons.course import load_course
from tests.tui.looking import grid, shown
from tests.tui.test_recall import keep
from tui.app import LessonApp
from tui.session import open_session
from tui.widgets.decision_map import DecisionMap
from tui.widgets.prose import Prose
from tui.widgets.run import RunView
from tui.widgets.verdict import VerdictView

NewApp = Callable[..., LessonApp]
TINY = [(1, 1), (10, 3), (59, 18), (60, 17), (200, 5), (5, 60)]


async def shrink_and_grow(pilot: Pilot[None], grown: tuple[int, int] = (80, 24)) -> None:
    """Make the terminal too small, press keys that must do nothing, and make it large enough again."""
    for size in TINY:
        await pilot.resize_terminal(*size)
        await pilot.pause()
        said = "".join(shown(pilot.app).split())
        assert said.startswith("Toosmall"[: min(size[0], 3)])
        assert len(grid(pilot.app)) == size[1]
    await pilot.press("right", "enter", "m", "escape", "1", "x")
    await pilot.resize_terminal(*grown)
    await pilot.pause()
    assert "Too small" not in shown(pilot.app)


@pytest.mark.parametrize(
    ("key", "title"), [("m", "• The symptom"), ("g", "Glossary"), ("question_mark", "Esc closes")]
)
async def test_a_screen_on_top_comes_back(new_app: NewApp, key: str, title: str) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        before = shown(app)
        assert title in before
        await shrink_and_grow(pilot)
        assert shown(app).rstrip() == before.rstrip()
        await pilot.press("escape")
        await pilot.pause()
        assert "Esc" not in grid(app)[-1]
        assert "The symptom" in grid(app)[0]


async def test_the_lab_comes_back_and_leaves_its_curve_away_where_it_is_narrow(new_app: NewApp) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("x", "down", "down", "space", "space")
        await shrink_and_grow(pilot)
        assert "▸ hidden units" in shown(app)
        assert "step 2 " in shown(app)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "weights moved 0 of 75" in shown(app)
        assert "PgDn" in shown(app)
        assert not any("│" in line for line in grid(app))


async def test_a_question_half_answered_comes_back(new_app: NewApp) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("3", "enter", "down", "down")
        await pilot.pause()
        focused = app.reader.focused
        assert "▸ 2" in shown(app)
        await shrink_and_grow(pilot)
        assert app.reader.focused is focused
        assert "How sure are you?" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Your prediction is kept (fairly sure)" in shown(app)


async def test_a_number_half_typed_comes_back(new_app: NewApp) -> None:
    app = new_app("by-hand", page=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("0", ".", "5")
        await shrink_and_grow(pilot, (60, 20))
        assert "[ 0.5_" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "✓ 0.5" in shown(app)


async def test_a_run_goes_on(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        for size in ((60, 20), (1, 1), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        view = app.screen.query_one(RunView)
        assert view.moment is not None
        assert view.moment.step == 15_000
        assert "step 15,000 of 15,000" in shown(app)


async def test_a_notice_survives(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        app.notify("The disk is full.", timeout=60)
        await pilot.pause()
        await shrink_and_grow(pilot)
        assert "famous exercise" in shown(app)


async def test_the_offer_of_last_time_waits_for_room(progress_file: Path) -> None:
    keep(progress_file)
    course = load_course()
    again = LessonApp(course, open_session(course.slug, progress_file), recall=True)
    async with again.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        assert "Too small" in shown(again)
        await pilot.press("enter")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Welcome back." in shown(again)


async def test_it_can_be_left_at_any_size(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(1, 1)) as pilot:
        await pilot.pause()
        await pilot.press("escape", "q")
    assert app.return_code == 0


async def test_a_large_terminal_has_larger_pictures_and_no_longer_lines(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        small = app.screen.query_one(DecisionMap).size
        for columns, lines in ((20, 5), (200, 60)):
            await pilot.resize_terminal(columns, lines)
            await pilot.pause()
        large = app.screen.query_one(DecisionMap).size
        assert large.width >= 2 * small.width
        assert large.height >= 2 * small.height
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0
        assert app.screen.query_one(Prose).size.width <= 100


async def test_the_verdict_takes_the_room_of_a_large_terminal(new_app: NewApp) -> None:
    app = new_app("verdict", page=1)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(VerdictView)
        assert view.outer_size.width == 150
        assert view.size.height > 40
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0
