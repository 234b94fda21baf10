"""Without colours: every page says what it says with them, and every state can be told from its text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lessons.course import load_course
from tests.tui.contrast import styled
from tests.tui.looking import grid, shown
from tests.tui.test_grids import HERE, PAGES
from tests.tui.test_themes import Steps, keys
from tui.app import LessonApp
from tui.terminal import Terminal

NewApp = Callable[..., LessonApp]
NONE = Terminal(colours="none")
Place = tuple[str, int]


@pytest.mark.parametrize("slug", load_course().order)
async def test_pages_are_the_same_and_have_no_colour(new_app: NewApp, slug: str) -> None:
    app = new_app(slug, terminal=NONE)
    async with app.run_test(size=(80, 24)) as pilot:
        for page in (page for each, page in PAGES if each == slug):
            await app.reader.open_page(slug, page)
            await pilot.pause()
            kept = (HERE / "grids" / "80x24" / f"{slug}-{page + 1}.txt").read_text(encoding="utf-8")
            assert "\n".join(grid(app)) + "\n" == kept
            assert {(style.color, style.bgcolor) for _, style in styled(app)} == {(None, None)}


QUESTION: Place = ("the-symptom", 0)
LEDGER: Place = ("the-ledger", 2)
TWINS: Place = ("twins", 1)
CASES: Place = ("the-grain-of-truth", 1)
PAIRS: dict[str, tuple[Place, Steps, Steps]] = {
    "a choice with the cursor": (QUESTION, keys("1"), keys("2")),
    "a part with the focus": (LEDGER, keys(), keys("tab")),
    "a question with the focus": (("the-symptom", 1), keys("tab", "1"), keys("tab", "1", "tab")),
    "a run with the focus": (TWINS, keys(), keys("tab")),
    "right, wrong": (("the-symptom", 1), keys("tab", "1", "enter"), keys("tab", "2", "enter")),
    "a line of the ledger": (LEDGER, keys(), keys("up")),
    "a case": (CASES, keys(), keys("v")),
    "equal losses": (("the-same-loss", 1), keys(), keys("up")),
    "a switched layer": (("one-zero-layer", 1), keys(), keys("1")),
    "a number of the editor": (("wake-it-up", 1), keys(), keys("down")),
    "a line of the menu": (QUESTION, keys("m"), keys("m", "down")),
    "a setting of the lab": (QUESTION, keys("x"), keys("x", "down")),
}


@pytest.mark.parametrize("name", PAIRS)
async def test_states_differ_in_their_text(new_app: NewApp, name: str) -> None:
    (slug, page), *both = PAIRS[name]
    seen = []
    for steps in both:
        app = new_app(slug, page=page, terminal=NONE)
        app.session.progress.answers.clear()
        async with app.run_test(size=(80, 24)) as pilot:
            await steps(pilot)
            # Which keys do something is said below, whatever stands above.
            seen.append("\n".join(grid(app)[1:-1]))
    assert seen[0] != seen[1]


async def test_pictures_are_glyphs(new_app: NewApp) -> None:
    app = new_app("witness-two", page=1, terminal=NONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await keys("enter")(pilot)
        lines = [line[-32:] for line in grid(app) if "o" in line and "░" in line]
        assert len(lines) > 5, "points of both labels, and the ground where the network says 1"
        assert any("x" in line for line in lines)
    app = new_app("twins", page=1, terminal=NONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await keys("enter")(pilot)
        assert "+▓+█" in shown(app), "a sign and a size for every weight"
        assert "−█−█" in shown(app)
