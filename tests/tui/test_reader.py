"""The frame around the pages: menu, help, sizes, keys, and courses that are broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import OptionList

from lessons.course import BUILT_IN, load_course
from tests.tui.looking import grid, shown
from tui.app import LessonApp
from tui.widgets.loss_table import LossTableView
from tui.widgets.question import QuestionView

NewApp = Callable[..., LessonApp]


async def test_the_menu_goes_anywhere(new_app: NewApp) -> None:
    app = new_app()
    course = load_course()
    title = course.screen(course.order[4]).title
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        await pilot.pause()
        assert "▸ • Welcome" in shown(app)
        assert "2 The claim on trial" in shown(app)
        await pilot.press("j", "j", "k", "down", "down", "down")
        assert app.screen.query_one(OptionList).highlighted is not None
        await pilot.press("enter")
        await pilot.pause()
        assert title in grid(app)[0]
        await pilot.press("m", "escape")
        await pilot.pause()
        assert title in grid(app)[0]


async def test_the_menu_shows_what_is_done(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "m")
        await pilot.pause()
        assert "✓ Welcome" in shown(app)
        assert "▸ • The symptom" in shown(app)


async def test_help_names_the_keys_and_the_file(new_app: NewApp, progress_file: Path) -> None:
    app = new_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "quit; your place and your answers are kept" in shown(app)
        assert "Progress:" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Welcome" in grid(app)[0]


async def test_q_quits_and_escape_never_does(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "escape")
        assert app.is_running
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_too_small_says_so_and_comes_back(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        assert "Too small: 20×5." in shown(app)
        assert "60×18" in " ".join(shown(app).split())
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "famous exercise" in shown(app)
        assert "Too small" not in shown(app)
        await pilot.resize_terminal(20, 5)
        await pilot.press("right", "right")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "famous exercise" in shown(app), "pages turn only where they can be seen"
        await pilot.resize_terminal(20, 5)
        await pilot.press("q")
    assert app.return_code == 0


async def test_vim_keys_and_the_edges(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "← back" not in shown(app)
        await pilot.press("l")
        await pilot.pause()
        assert "The symptom" in grid(app)[0]
        assert "← back" in shown(app)
        await pilot.press("h", "h")
        await pilot.pause()
        assert "Welcome" in grid(app)[0]


async def test_tab_goes_around_the_parts_that_take_keys(new_app: NewApp) -> None:
    app = new_app("the-same-loss", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Tab part" in shown(app)
        assert isinstance(app.focused, LossTableView)
        await pilot.press("tab")
        assert isinstance(app.focused, QuestionView)
        await pilot.press("tab")
        assert isinstance(app.focused, LossTableView)
        await pilot.press("left", "tab")
        assert isinstance(app.focused, QuestionView)
        await pilot.pause()
        assert "Tab part" not in shown(app)


async def test_a_choice_below_the_edge_is_brought_into_view(new_app: NewApp) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(60, 18)) as pilot:
        for choice in ("All of them", "Only those of", "None of them", "Some of them"):
            await pilot.press("down")
            await pilot.pause()
            assert any("▸" in line and choice in line for line in grid(app))
        assert "q" in grid(app)[-1]


async def test_a_help_for_those_who_press_control_c(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause(0.1)
        assert "q quits." in shown(app)


async def test_a_page_that_is_higher_than_the_screen_scrolls(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        assert app.reader.page_view is not None
        await pilot.press(*["down"] * 12)
        await pilot.pause()
        assert app.reader.page_view.scroll_y > 0
        assert "start a run" in shown(app)


async def test_a_click_takes_a_choice_and_presses_a_key(new_app: NewApp) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        question = app.screen.query_one(QuestionView)
        await pilot.click(QuestionView, offset=(8, 3))
        await pilot.pause()
        assert question.chosen is question.question.choices[2]
        await pilot.press("escape")
        assert question.chosen is None
        keys = grid(app)[-1]
        await pilot.click("KeyBar", offset=(keys.index("→"), 0))
        await pilot.pause()
        assert "page 2/4" in shown(app)


async def test_the_answer_can_be_looked_at(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "a", "a")
        await pilot.pause()
        assert "✓ The same for every point" in shown(app)
        assert "✗" not in shown(app)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    return shutil.copytree(BUILT_IN, tmp_path / "course")


async def test_a_screen_that_cannot_be_read_says_why_and_blocks_nothing(
    new_app: NewApp, spoilt: Path
) -> None:
    (spoilt / "the-claim" / "the-symptom.md").write_text("# T\n\n:::{runn} x\n:::\n")
    app = new_app(folder=spoilt)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("right")
        await pilot.pause()
        assert "This page cannot be shown." in shown(app)
        assert "unknown directive {runn}" in " ".join(shown(app).split())
        await pilot.press("m")
        await pilot.pause()
        assert "the-symptom (cannot be read)" in shown(app)
        await pilot.press("escape", "right")
        await pilot.pause()
        assert "A well-known explanation" in grid(app)[0]
        await pilot.press("left", "left")
        await pilot.pause()
        assert "Welcome" in grid(app)[0]


async def test_a_scenario_that_does_not_exist_is_said_on_its_page(new_app: NewApp, spoilt: Path) -> None:
    (spoilt / "scenarios.toml").write_text("")
    app = new_app("the-ledger", folder=spoilt, page=2)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "no scenario 'course-zeros'; there are: none" in " ".join(shown(app).split())
        await pilot.press("m")
        await pilot.pause()


async def test_a_place_that_no_longer_exists_begins_at_the_beginning(new_app: NewApp) -> None:
    app = new_app("a-screen-of-last-year", page=7)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Welcome" in grid(app)[0]


async def test_growing_again_gives_the_keys_back(new_app: NewApp) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.press("3", "enter")
        await pilot.pause()
        assert "How sure are you?" in shown(app)


async def test_a_page_that_cannot_be_built_does_not_block_the_way(new_app: NewApp, spoilt: Path) -> None:
    (spoilt / "scenarios.toml").write_text("")
    app = new_app("the-symptom", folder=spoilt)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right")
        await pilot.pause()
        assert "This page cannot be shown." in shown(app)
        assert "page 2/4" in shown(app)
        await pilot.press("right")
        await pilot.pause()
        assert "page 3/4" in shown(app)


async def test_a_title_is_no_markup_and_a_slug_may_begin_with_a_digit(new_app: NewApp, spoilt: Path) -> None:
    toml = (spoilt / "course.toml").read_text()
    title = "Why does a network of zeros not learn?"
    (spoilt / "course.toml").write_text(toml.replace(title, "A [/b] b").replace('"welcome"', '"1st"'))
    (spoilt / "the-claim" / "welcome.md").rename(spoilt / "the-claim" / "1st.md")
    app = new_app(folder=spoilt)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "famous exercise" in shown(app)
        await pilot.press("m")
        await pilot.pause()
        assert "A [/b] b" in shown(app)
