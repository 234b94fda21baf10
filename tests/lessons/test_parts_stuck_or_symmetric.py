"""The directives `activations` and `width-one`, and the drawing of a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.check import check_course
from lessons.course import load_course
from lessons.errors import LessonError
from lessons.model import Variant
from lessons.parts.activations import Activations
from lessons.parts.ledger import LedgerTable
from lessons.parts.width_one import WidthOne
from lessons.screens import parse_screen

TOML = """\
[twins]
title = "t"
data = "four-points"
hidden = [3]
weights = "constant 0.5"
fixed_order = true
steps = 1
record_every = 1

[drawn]
title = "d"
data = "four-points"
hidden = [3]
weights = "he"
fixed_order = true
steps = 1
record_every = 1

[logistic]
title = "l"
data = "four-points"
hidden = []
steps = 1
record_every = 1
"""


def parse(text: str) -> object:
    (page,) = parse_screen(Path("s.md"), "s", f"# T\n\n{text}\n").pages
    (part,) = page.parts
    return part


@pytest.mark.parametrize(
    ("directive", "part"),
    [
        (":::{activations} twins\n:::", Activations("twins")),
        (":::{width-one} twins\n:::", WidthOne((Variant("", "twins"),))),
        (
            ":::{width-one}\n- `a` one\n- `b` two\n:::",
            WidthOne((Variant("one", "a"), Variant("two", "b"))),
        ),
        (
            ":::{ledger} a\n:steps: yes\n:drawing: yes\n:::",
            LedgerTable((Variant("", "a"),), steps=True, drawing=True),
        ),
    ],
)
def test_directives(directive: str, part: object) -> None:
    assert parse(directive) == part


@pytest.mark.parametrize(
    ("directive", "says"),
    [
        (":::{activations}\n:::", "needs a scenario behind its name"),
        (":::{activations} a\n:steps: 3\n:::", "unknown option steps; allowed: none"),
        (":::{activations} a\n- `b` two\n:::", "takes no body"),
        (":::{width-one}\n:::", "needs a scenario behind its name"),
        (":::{width-one} a\n:steps: 3\n:::", "unknown option steps; allowed: none"),
        (":::{width-one}\n- `a` one\n- `a` two\n:::", "names a scenario twice"),
        (":::{ledger} a\n:drawing: big\n:::", "drawing is big; allowed: yes, no"),
    ],
)
def test_what_is_not_allowed_is_named(directive: str, says: str) -> None:
    with pytest.raises(LessonError, match=says):
        parse(directive)


@pytest.mark.parametrize(
    ("directive", "problem"),
    [
        ("activations} twins", ""),
        ("activations} logistic", "[logistic] has no hidden layer, so no activation to change"),
        ("width-one} twins", ""),
        ("width-one} drawn", "a layer of units that differ"),
        ("width-one} logistic", "hidden layers, and plain gradient descent on all examples"),
        ("width-one} missing", "no scenario 'missing'"),
    ],
)
def test_the_check_finds_scenarios_that_a_part_cannot_use(
    tmp_path: Path, directive: str, problem: str
) -> None:
    (tmp_path / "course.toml").write_text(
        'format = 1\nslug = "c"\ntitle = "C"\n\n'
        '[[lessons]]\nslug = "l"\ntitle = "L"\nminutes = 1\nscreens = ["s"]\n'
    )
    (tmp_path / "scenarios.toml").write_text(TOML)
    (tmp_path / "l").mkdir()
    (tmp_path / "l" / "s.md").write_text(f"# S\n\n:::{{{directive}\n:::\n")
    found = check_course(tmp_path)
    assert [problem in str(error) for error in found] == [True] * bool(problem)
    assert load_course(tmp_path).order == ("s",)
