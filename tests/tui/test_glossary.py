from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.course import BUILT_IN
from tests.tui.looking import SIZES, grid, shown
from tui.app import LessonApp
from tui.cli import main

NewApp = Callable[..., LessonApp]
CourseWith = Callable[[str], Path]


@pytest.mark.parametrize("size", SIZES)
async def test_g_opens_and_closes_it_and_the_terms_of_the_page_come_first(
    new_app: NewApp, size: tuple[int, int]
) -> None:
    app = new_app("the-same-loss")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = shown(app)
        await pilot.press("g")
        await pilot.pause()
        said = shown(app)
        assert "On this page" in said
        assert said.index("On this page") < said.index("y: The label") < said.index("cross-entropy:")
        await pilot.press("g")
        await pilot.pause()
        assert shown(app) == before
        await pilot.press("g", "escape")
        await pilot.pause()
        assert shown(app) == before


async def test_symbols_of_a_live_part_stand_on_its_page(new_app: NewApp) -> None:
    app = new_app("transfer", page=1)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        said = shown(app)
        assert said.index("a_prev: What comes in") < said.index("All others")


async def test_it_scrolls_to_its_end(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert "All others" in shown(app) or "All terms" in shown(app)
        await pilot.press("j", "end")
        await pilot.pause(0.5)
        assert "initlesson run NAME" in shown(app)
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "Glossary" in grid(app)[0]


async def test_a_course_without_one_offers_no_key(new_app: NewApp, course_with: CourseWith) -> None:
    app = new_app(folder=course_with("# T\n\nText.\n"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "glossary" not in grid(app)[-1]
        before = shown(app)
        await pilot.press("g")
        await pilot.pause()
        assert shown(app) == before


async def test_one_that_cannot_be_read_says_why(new_app: NewApp, tmp_path: Path) -> None:
    folder = shutil.copytree(BUILT_IN, tmp_path / "course")
    (folder / "glossary.md").write_text("# Glossary\n\nNo list.\n")
    app = new_app(folder=folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert "The glossary cannot be shown." in shown(app)
        assert "a glossary is one list" in " ".join(shown(app).replace("│", "").split())
        await pilot.press("escape")
        await pilot.pause()
        assert "famous exercise" in shown(app)


def test_show_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "glossary"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Glossary\n")
    assert "\nδ: The error signal" in said
    assert "(the-ledger)" in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_show_without_one_says_what_there_is(
    capsys: pytest.CaptureFixture[str], course_with: CourseWith
) -> None:
    assert main(["--course", str(course_with("# T\n\nText.\n")), "show", "glossary"]) == 2
    assert "no screen 'glossary'" in capsys.readouterr().err


def test_the_parts_of_the_last_lesson_as_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "first-answer"]) == 0
    said = capsys.readouterr().out
    assert "Gap 1: A weight moves only if …" in said
    assert "  2. its own gradient is not zero" in said
    assert "Here the app shows every prediction that was wrong" in said
