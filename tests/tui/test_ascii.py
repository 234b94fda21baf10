"""The whole course where there is nothing but ASCII: on a Linux console, or because it was asked for."""

from __future__ import annotations

import contextvars
from dataclasses import replace
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.pilot import Pilot

from engine.scenario import Scenario
from lessons.course import load_course
from lessons.model import Live
from tests.tui.looking import grid, shown
from tests.tui.test_grids import PAGES
from tui.app import LessonApp
from tui.cli import main
from tui.session import open_session
from tui.store import FileStore
from tui.terminal import Terminal
from tui.widgets.assembly import AssemblyView
from tui.widgets.blank import BlankView
from tui.widgets.context import Context
from tui.widgets.glyphs import AsciiFilter
from tui.widgets.question import QuestionView
from tui.widgets.training import Training

DRAWINGS = set("−·×′≈✓✗●○•▸›‹│─└┘┌┐├┤┬┴┼╭╮╰╯▌◀▶░▒▓█↑")
"""Signs that the filter may find: one character of ASCII stands for each, and no formula has them."""

HELP = ("go on; an open", "go back", "move: a choice", "go to the choice", "another case,")


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return what the filter has found to replace."""
    seen: set[str] = set()
    replaced = AsciiFilter.apply

    def apply(self: AsciiFilter, segments: list[Segment], background: Color) -> list[Segment]:
        seen.update(char for segment in segments for char in segment.text if not char.isascii())
        return replaced(self, segments, background)

    monkeypatch.setattr(AsciiFilter, "apply", apply)
    return seen


def left_over(found: set[str]) -> set[str]:
    return {char for char in found if char not in DRAWINGS and not "\u2800" <= char <= "\u28ff"}


def new_app(path: Path, *, ascii_only: bool = True) -> LessonApp:
    course = load_course()
    return LessonApp(course, open_session(course.slug, path), terminal=Terminal(ascii=ascii_only))


async def touch(pilot: Pilot[None], app: LessonApp) -> None:
    """Answer and run what there is on the page."""
    assert app.reader.page_view is not None
    for part in app.reader.page_view.live:
        part.focus()
        if isinstance(part, Training):
            await pilot.press("r")
            await app.workers.wait_for_complete()
        elif isinstance(part, QuestionView):
            await pilot.press("a", "a", "a", "a")
        elif isinstance(part, AssemblyView | BlankView):
            await pilot.press("1", "enter", "a", "a", "a")
        else:
            await pilot.press("enter", "a", "down")
    await pilot.pause()


@pytest.fixture
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every run end after a few steps: what is drawn has as many kinds of signs."""
    whole = Context.scenarios

    def short(self: Context, part: Live) -> list[Scenario]:
        return [replace(each, steps=min(each.steps, 1_000)) for each in whole(self, part)]

    monkeypatch.setattr(Context, "scenarios", short)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_no_page_needs_more_than_ascii(
    progress_file: Path, found: set[str], short_runs: None, size: tuple[int, int]
) -> None:
    app = new_app(progress_file)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for slug, page in PAGES:
            await app.reader.open_page(slug, page)
            await pilot.pause()
            assert app.reader.page_view is not None
            assert app.reader.page_view.max_scroll_y == 0 or size[0] < 80, (slug, page)
            assert shown(app).isascii(), (slug, page)
            await touch(pilot, app)
            assert shown(app).isascii(), (slug, page)
            # Among them "…", with which a line that is too long is cut.
            assert left_over(found) == set(), (slug, page)


@pytest.mark.parametrize("key", ["m", "g", "question_mark", "x"])
async def test_no_screen_on_top_does(progress_file: Path, found: set[str], key: str) -> None:
    app = new_app(progress_file)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        if key == "x":
            await pilot.press("down", "right", *["space"] * 20)
            await pilot.pause()
        assert shown(app).isascii()
        assert left_over(found) == set()


async def test_the_help_keeps_its_columns_and_fits(progress_file: Path) -> None:
    app = new_app(progress_file)
    app.session.store = FileStore("zero-init", Path("/a/short/path"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        assert {line.index(words) for line in grid(app) for words in HELP if words in line} == {21}
        assert "Progress: /a/short/path" in shown(app), "all of it fits"


@pytest.mark.parametrize("ascii_only", [False, True])
async def test_the_arms_of_a_drawing_hang_below_what_they_tell_of(
    progress_file: Path, ascii_only: bool
) -> None:
    app = new_app(progress_file, ascii_only=ascii_only)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        await app.reader.open_page("one-zero-layer", 0)
        await pilot.pause()
        (at,) = (number for number, line in enumerate(grid(app)) if line.startswith("    dW"))
        product, before, after = grid(app)[at : at + 3]
        delta, a = ("delta", "(a^") if ascii_only else ("δ", "(aˡ")
        arm = "+-" if ascii_only else "└─"
        assert after.index(arm) == product.index(delta)
        assert before.index(arm) == product.index(a) + 1
        assert before.endswith("layers before")


async def test_formulas_keys_and_curves_can_be_read(progress_file: Path) -> None:
    app = new_app(progress_file)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.reader.open_page("the-ledger", 1)
        await pilot.pause()
        assert "delta^l = ((W^(l+1))^T delta^(l+1)) * g'(z^l)  unit by unit" in shown(app)
        assert grid(app)[-1].startswith(" Up/Dn choose  Enter take  a hint  <- back  -> next")
        await app.reader.open_page("opposite-slopes", 1)
        await pilot.pause()
        assert "''---..." in shown(app)
        assert "1   0.693147   -2.0000           -0.50   up ^ toward label 1" in shown(app)


async def test_an_app_after_it_draws_as_ever(progress_file: Path) -> None:
    new_app(progress_file)
    app = new_app(progress_file, ascii_only=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("right")
        await pilot.pause()
        assert "──▶" in shown(app)


@pytest.mark.parametrize("words", [["show", "the-ledger", "--ascii"], ["--ascii", "run", "course-zeros"]])
def test_what_is_printed_is_ascii_where_that_is_asked_for(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert contextvars.copy_context().run(main, words) == 0
    said = capsys.readouterr().out
    assert said.isascii()
    assert "?" not in said.replace("?\n", "").replace("? ", "")
    assert "delta" in said
