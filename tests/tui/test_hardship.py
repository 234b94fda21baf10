"""What an author or a divergent run can do to the app: a sentence, never a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.check import check_course
from tests.tui.looking import shown
from tui.app import LessonApp
from tui.cli import main
from tui.widgets.curve import curve_rows
from tui.widgets.lab import LabView
from tui.widgets.ledger import LedgerView

NewApp = Callable[..., LessonApp]
Course = Callable[[str], Path]

WILD = """
[wild]
title = "Squared error on an identity output, far too fast"
data = "course-circles"
hidden = [3]
output = "identity"
loss = "squared-error"
weights = "he"
learning_rate = 1e6
steps = 100
record_every = 10

[three]
title = "Three classes"
data = { name = "blobs", classes = 3 }
hidden = []
output = "softmax"
loss = "softmax-cross-entropy"
steps = 10
record_every = 10

[flat]
title = "No hidden layer"
data = "course-circles"
hidden = []
steps = 10
record_every = 10
"""


def course_of(course_with: Course, page: str) -> Path:
    folder = course_with(f"# T\n\n{page}\n")
    with (folder / "scenarios.toml").open("a", encoding="utf-8") as scenarios:
        scenarios.write(WILD)
    return folder


@pytest.mark.parametrize("width", range(0, 90, 3))
@pytest.mark.parametrize("steps", [200, 128_000])
def test_a_curve_of_any_width(width: int, steps: int) -> None:
    rows = curve_rows(((0, 0.7), (steps, 0.1)), steps, width, 9)
    assert len(rows) == 9
    drawn = "\n".join("".join(text for text, _ in row) for row in rows)
    assert "0.100" in drawn
    assert drawn.endswith(f"{steps:,}")


async def test_the_lab_in_a_small_terminal(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("x", "space", "space")
        await pilot.resize_terminal(66, 24)
        await pilot.pause()
        assert app.screen.query_one(LabView).run.moment().step == 2


async def test_a_lab_that_diverges_says_so(new_app: NewApp) -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        lab = app.screen.query_one(LabView)
        lab.chosen |= {"data": "xor", "hidden": "10, 10, 5", "activation": "leaky-relu", "batch": "1"}
        lab.chosen |= {f"weights {layer}": "normal 10" for layer in range(1, 5)}
        lab.chosen |= {"optimizer": "momentum", "learning_rate": "1"}
        lab.action_restart()
        await pilot.press(*["space"] * 80)
        await pilot.pause()
        assert "The run has ended: " in shown(app)
        await pilot.press("r")
        await pilot.pause()
        assert "step 0 " in shown(app)


async def test_a_ledger_whose_run_diverges_says_so(new_app: NewApp, course_with: Course) -> None:
    app = new_app("page", folder=course_of(course_with, ":::{ledger} wild\n:steps: yes\n:::"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["t"] * 8)
        await pilot.pause()
        assert "The run has ended: " in shown(app)
        await pilot.press("r")
        await pilot.pause()
        assert "The run has ended: " not in shown(app)
        assert app.screen.query_one(LedgerView).step == 0


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("{value}`three half-plane` is a number.", "three half-plane"),
        (
            ":::{verdict}\n- `three` a\n- `course-zeros` b\n:::",
            "has 3 outputs; a run that is watched has one",
        ),
        (":::{blank} b\n:answer: nonsense here\n\nWhat?\n\n> So.\n:::", "unknown value `nonsense here`"),
        (
            ":::{blank} b\n:answer: course-zeros learning-rate\n\nWhat?\n\n> So.\n:::",
            "tolerance is 0.005: too wide for an answer of 0.01",
        ),
        (":::{trials}\n- `flat` a\n- `three` a\n:::", "two lines with the same label"),
    ],
)
async def test_what_an_author_got_wrong_is_said(
    new_app: NewApp, course_with: Course, capsys: pytest.CaptureFixture[str], page: str, says: str
) -> None:
    folder = course_of(course_with, page)
    assert says in "\n".join(str(problem) for problem in check_course(folder))
    assert main(["--course", str(folder), "show", "page"]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err
    app = new_app("page", folder=folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "left")
        await pilot.pause()
        assert app.is_running


async def test_measures_of_units_where_there_is_no_hidden_layer(new_app: NewApp, course_with: Course) -> None:
    folder = course_of(course_with, ":::{run} flat\n:numbers: spread growth units\n:::")
    app = new_app("page", folder=folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "largest difference 0" in shown(app)
