from __future__ import annotations

from pathlib import Path

import pytest

from lessons.check import check_course
from lessons.course import load_course
from lessons.errors import LessonError
from lessons.model import Variant
from lessons.parts.loss_curves import LossCurves
from lessons.parts.verdict import Verdict
from lessons.screens import parse_screen
from lessons.values import value


def parse(directive: str) -> object:
    ((part,),) = (page.parts for page in parse_screen(Path("s.md"), "s", f"# T\n\n{directive}\n").pages)
    return part


def test_the_parts_of_the_trial() -> None:
    assert parse(":::{loss-curves}\n:::") == LossCurves(0.5)
    assert parse(":::{loss-curves}\n:start: 0.2\n:::") == LossCurves(0.2)
    verdict = parse(":::{verdict}\n- `a` one\n- `b` two\n:::")
    assert verdict == Verdict((Variant("one", "a"), Variant("two", "b")))
    assert isinstance(verdict, Verdict)
    assert (verdict.scenarios, verdict.demand) == (("a", "b"), "watchable")


@pytest.mark.parametrize(
    ("directive", "line", "says"),
    [
        (":::{loss-curves}\n:start: 0\n:::", 3, "start is 0; allowed: a number from 0.01 to 0.99"),
        (":::{loss-curves} x\n:::", 3, "takes no argument"),
        (":::{loss-curves}\ntext\n:::", 3, "takes no body"),
        (":::{verdict} a\n:::", 3, "takes no argument"),
        (":::{verdict}\n:guess: moves\n- `a` b\n:::", 4, "unknown option guess; allowed: none"),
        (":::{verdict}\n- `a` one\n:::", 3, "has 1 scenarios; allowed: 2 to 4"),
        (
            ":::{verdict}\n" + "".join(f"- `{each}` {each}\n" for each in "abcde") + ":::",
            3,
            "allowed: 2 to 4",
        ),
        (":::{verdict}\n- `a` one\n- `b`\n:::", 5, "write each item as"),
    ],
)
def test_what_is_not_allowed(directive: str, line: int, says: str) -> None:
    with pytest.raises(LessonError) as caught:
        parse(directive)
    assert caught.value.line == line
    assert says in str(caught.value)


def test_a_verdict_needs_one_output(copy_of_the_course: Path) -> None:
    path = copy_of_the_course / "the-claim-on-trial" / "verdict.md"
    path.write_text(path.read_text().replace("- `course-he`", "- `softmax-zeros`"))
    (problem,) = check_course(copy_of_the_course)
    assert "[softmax-zeros] has 3 outputs; a run that is watched has one" in str(problem)


def test_the_section_of_a_source_is_no_decimal(copy_of_the_course: Path) -> None:
    path = copy_of_the_course / "the-claim-on-trial" / "verdict.md"
    path.write_text(path.read_text() + "\n\nSee §4.3.3 and 4.3.\n")
    (problem,) = check_course(copy_of_the_course)
    assert "4.3 is typed by hand" in str(problem)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("course-zeros live", "0"),
        ("relu-output-bias live", "0"),
        ("logistic-blobs live", "2"),
        # Two inputs; the gradient on the circles by automatic differentiation is (−0.00271, −0.00049).
        ("logistic-circles live", "2"),
        ("logistic-circles largest-gradient", "0.002707"),
        ("he-zero-output largest-gradient", "0.06047"),
    ],
)
def test_what_can_move_at_the_first_step(expression: str, shown: str) -> None:
    assert value(load_course(), expression) == shown
