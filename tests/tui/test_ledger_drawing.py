"""The network above its ledger, and the batch of the next step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.course import load_course
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.plain import screen_text
from tui.widgets.ledger import LedgerView

NewApp = Callable[..., LessonApp]
SEVENS = """
[sevens]
title = "Seven points a step"
data = "course-circles"
hidden = [3]
weights = "he"
batch = 7
steps = 15
record_every = 1
"""


def products(app: LessonApp) -> list[str]:
    """Return what the drawing says of each dW."""
    line = next(line for line in shown(app).splitlines() if line.startswith("  ▌ dW"))
    return line.split("dW ", 1)[1].replace(" ≠ 0", "≠0").replace(" = 0", "=0").split()


@pytest.mark.parametrize("size", SIZES)
async def test_the_drawing_follows_the_wave(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("the-wave", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert products(app) == ["dW¹=0", "dW²=0", "dW³≠0"]
        assert "●● ·W¹ = 0·· ●●●●●●●●●● ·W² = 0·· ●●●●●   ·W³ = 0·· ●" in shown(app)
        await pilot.press("enter")
        assert products(app) == ["dW¹=0", "dW²≠0", "dW³≠0"]
        assert "◀─W³ ≠ 0─ ●" in shown(app)
        await pilot.press("enter")
        assert products(app) == ["dW¹≠0", "dW²≠0", "dW³≠0"]
        assert "0 of 20" in shown(app)
        await pilot.press("enter")
        assert "20 of 20" in shown(app)
        assert "○" not in shown(app).replace("○ zero", "")
        await pilot.press("r")
        assert products(app) == ["dW¹=0", "dW²=0", "dW³≠0"]


async def test_where_the_drawing_speaks_there_is_no_line_to_choose(new_app: NewApp) -> None:
    app = new_app("the-wave", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "layer  |δ|" in shown(app)
        assert "↑↓ layer" not in shown(app)
        assert "dW³, layer 3:" not in shown(app)
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        assert "Layer 2: W² = 0;" in shown(app), "too narrow for the drawing, so it is said in words"


async def test_one_point_a_step_shows_that_point(new_app: NewApp) -> None:
    app = new_app("the-grain-of-truth", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "errors cancel" in shown(app)
        assert "next step takes" not in shown(app)
        await pilot.press("enter", "enter", "enter")
        assert "0 of 5" in shown(app)
        await pilot.press("3")
        view = app.screen.query_one(LedgerView)
        labels = []
        for _ in range(4):
            (label,) = view.now.taken.y[0]
            labels.append(label)
            assert f"the next step takes one example, y = {label:g}" in shown(app)
            assert view.entries[-1].max_abs_gradient > 0
            await pilot.press("enter")
        assert set(labels) == {0.0, 1.0}
        assert "5 of 5" in shown(app)


async def test_ten_steps_at_once_take_ten_batches_and_the_end_takes_none(
    new_app: NewApp, course_with: Callable[[str], Path]
) -> None:
    folder = course_with("# T\n\n:::{ledger} sevens\n:steps: yes\n:::\n")
    with (folder / "scenarios.toml").open("a") as scenarios:
        scenarios.write(SEVENS)
    app = new_app("page", folder=folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.screen.query_one(LedgerView)
        assert "the next step takes 7 examples," in shown(app)
        for _ in range(10):
            await pilot.press("enter")
        one_by_one = view.now.taken.x.tolist()
        await pilot.press("r", "t")
        assert (view.step, view.now.taken.x.tolist()) == (10, one_by_one)
        await pilot.press("t", "t", "enter")
        assert view.step == 15


def test_plain_text_says_it_in_words() -> None:
    course = load_course()
    text = screen_text(course, course.screen("the-wave"))
    assert "Layer 3: W³ = 0; a³ not zero in 1 of 1; δ³ not zero in 1 of 1; dW³ ≠ 0." in text
    assert "After step 1, weights moved: W¹ 0 of 20, W² 0 of 50, W³ 5 of 5" in text
    assert "After step 3, weights moved: W¹ 20 of 20, W² 50 of 50, W³ 5 of 5" in text
    assert "softplus    0.6931    0.5  W³            W³ W²         W³ W² W¹" in text
    assert "●" not in text
    grain = screen_text(course, course.screen("the-grain-of-truth"))
    assert "balanced, all:\nlayer" in grain
    assert "After step 3, weights moved: W¹ 0 of 20, W² 0 of 50, W³ 0 of 5" in grain
