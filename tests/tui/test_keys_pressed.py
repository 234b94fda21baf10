"""Keys as people press them: what closes, what quits, what scrolls, and what the footer says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key
from textual.widget import Widget
from textual.widgets import OptionList

from tests.tui.looking import grid, shown
from tests.tui.test_grids import PAGES
from tui.app import LessonApp
from tui.store import FileStore
from tui.widgets.editor import EditorView
from tui.widgets.lab import LabView
from tui.widgets.loss_table import LossTableView
from tui.widgets.question import QuestionView

NewApp = Callable[..., LessonApp]
Course = Callable[[str], Path]
LONG = "# T\n\n" + "\n\n".join(f"Line {number}." for number in range(60)) + "\n"


async def test_escape_does_nothing_on_any_page_and_every_footer_names_help_and_quit(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for slug, page in PAGES:
            await app.reader.open_page(slug, page)
            await pilot.pause()
            before = grid(app)
            assert re.search(r"\?( help)?  q( quit)?$", before[-1]), (slug, page, before[-1])
            await pilot.press("escape")
            assert grid(app) == before, (slug, page)
        assert app.is_running


@pytest.mark.parametrize("way", ["", "m", "g", "question_mark", "x", "x question_mark"])
async def test_q_quits_from_everywhere(new_app: NewApp, way: str) -> None:
    app = new_app("by-hand", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*way.split())
        await pilot.pause()
        assert re.search(r"\bq( quits?)?\W*$", shown(app), re.M)
        await pilot.press("q")
    assert app.return_code == 0
    assert app._exit


@pytest.mark.parametrize("close", ["escape", "h", "left"])
@pytest.mark.parametrize("way", ["m", "g", "question_mark"])
async def test_what_is_on_top_closes_and_nothing_below_it_moves(
    new_app: NewApp, way: str, close: str
) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = grid(app)
        await pilot.press(way)
        await pilot.pause()
        assert grid(app) != before
        await pilot.press(close)
        await pilot.pause()
        assert grid(app) == before


async def test_help_fits_a_small_terminal_and_opens_from_the_lab(new_app: NewApp) -> None:
    app = new_app()
    path = Path("/home/somebody/.local/state/initlesson/zero-init.json")
    app.session.store = FileStore("zero-init", path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "question_mark")
        await pilot.pause()
        text = shown(app)
        for words in ("→ l n", "q quits", "← h p", "Shift+Tab", "t 0", "Progress: /home"):
            assert words in text
        assert app.screen.query_one("Scrolling", Widget).max_scroll_y == 0
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.screen is app.reader
        await pilot.resize_terminal(60, 20)
        await pilot.press("question_mark", "end")
        await pilot.pause()
        assert "zero-init.json" in shown(app)


async def test_what_a_key_does_keeps_its_column_in_the_help_of_a_small_terminal(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        at = next(number for number, line in enumerate(grid(app)) if "your answers are" in line)
        before, after = grid(app)[at : at + 2]
        assert after.index("kept") == before.index("quit;")


async def test_a_long_page_scrolls_as_people_expect(new_app: NewApp, course_with: Course) -> None:
    app = new_app("page", folder=course_with(LONG))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.reader.page_view
        assert view is not None
        seen = []
        for key in ("j", "down", "k", "up", "space", "pageup", "pagedown", "home", "end"):
            await pilot.press(key)
            await pilot.wait_for_scheduled_animations()
            seen.append(view.scroll_y)
        page = view.scrollable_content_region.height
        assert seen == [1, 2, 1, 0, page, 0, page, 0, view.max_scroll_y]


async def test_the_menu_moves_and_opens(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        menu = app.screen.query_one(OptionList)
        at = []
        for key in ("end", "home", "j", "k", "down", "up"):
            await pilot.press(key)
            at.append(menu.highlighted)
        last = menu.option_count - 1
        assert at == [last, 1, 2, 1, 2, 1], "headings are stepped over"
        await pilot.press("j", "space")
        await pilot.pause()
        assert "The symptom" in grid(app)[0]


async def test_shift_tab_goes_the_other_way(new_app: NewApp, course_with: Course) -> None:
    question = ":::{question} q%d\n:kind: observe\n\nWhat?\n\n- [x] A\n  > So.\n- [ ] B\n  > No.\n:::\n"
    app = new_app(
        "page", folder=course_with("# T\n\n" + "\n".join(question % number for number in (1, 2, 3)))
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        views = list(app.screen.query(QuestionView))
        for key, at in (("shift+tab", 2), ("shift+tab", 1), ("tab", 2), ("tab", 0)):
            await pilot.press(key)
            assert app.focused is views[at]


async def test_home_and_end_go_as_far_as_the_arrows(new_app: NewApp) -> None:
    app = new_app("the-same-loss", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("home")
        slider = app.screen.query_one(LossTableView)
        assert slider.p == 0.01
        await pilot.press("end")
        assert slider.p == 0.99
        await app.reader.open_page("wake-it-up", 1)
        await pilot.press("end")
        editor = app.screen.query_one(EditorView)
        assert editor.at == len(editor.places) - 1
        await pilot.press("home")
        assert editor.at == 0
        await pilot.press("x", "end")
        lab = app.screen.query_one(LabView)
        last = lab.row
        assert last > 3
        await pilot.press("down")
        assert lab.row == 0
        await pilot.press("end", "home")
        assert lab.row == 0


async def test_escape_takes_no_answer_back(new_app: NewApp) -> None:
    app = new_app("the-explanation")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "2", "enter", "escape", "escape")
        (answer,) = app.session.progress.answers.values()
        assert answer.confidence == "fairly sure"


async def test_escape_and_a_key_that_come_together_are_both_taken(new_app: NewApp) -> None:
    app = new_app("the-explanation")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        app.post_message(Key("alt+l", "l"))
        await pilot.pause()
        await pilot.pause()
        assert "page 2/" in grid(app)[0]
        app.post_message(Key("alt+h", "h"))
        await pilot.pause()
        await pilot.pause()
        assert "page 1/" in grid(app)[0]
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "Esc other choice" in shown(app)
        app.post_message(Key("alt+2", "2"))
        await pilot.pause()
        await pilot.pause()
        assert "▸ 2" in shown(app)
        assert "Esc" not in shown(app)
