from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.check import check_course
from lessons.course import load_course
from lessons.errors import LessonError
from lessons.model import Part, plain
from lessons.parts.nudges import Nudges
from lessons.parts.steps import Steps
from lessons.screens import parse_screen
from tui.plain import screen_text

STEPS = ":::{steps}\n- `z` = {value}`short weights`\n  > The first.\n- `p`\n  > The *second*.\n:::"


def parse(directive: str) -> Part:
    screen = parse_screen(Path("s.md"), "s", f"# T\n\n{directive}\n")
    return screen.pages[0].parts[0]


def test_steps_are_lines_with_notes() -> None:
    part = parse(STEPS)
    assert isinstance(part, Steps)
    assert [plain(step.spans) for step in part.steps] == ["z = short weights", "p"]
    assert all(len(step.note) == 1 for step in part.steps)
    assert part.scenarios == ()


def test_nudges() -> None:
    assert parse(":::{nudges} zeros\n:::") == Nudges("zeros", 0.5)
    part = parse(":::{nudges} zeros\n:by: 0.25\n:::")
    assert part == Nudges("zeros", 0.25)
    assert isinstance(part, Nudges)
    assert part.scenarios == ("zeros",)


@pytest.mark.parametrize(
    ("directive", "line", "says"),
    [
        (":::{steps}\n- a\n  > b\n:::", 3, "needs at least two lines"),
        (":::{steps}\n:::", 3, "needs at least two lines"),
        (":::{steps}\n- a\n  > b\n- c\n:::", 6, "one formula, and its note below it"),
        (":::{steps}\n- > a\n:::", 4, "one formula, and its note below it"),
        (":::{steps}\ntext\n:::", 4, "nothing but a list"),
        (":::{steps} name\n- a\n  > b\n:::", 3, "takes no argument"),
        (":::{steps}\n:numbers: 3\n- a\n  > b\n:::", 4, "unknown option numbers; allowed: none"),
        (":::{nudges}\n:::", 3, "needs a scenario"),
        (":::{nudges} zeros\n:by: 0\n:::", 3, "by is 0; allowed: a number from 0.01 to 10"),
        (":::{nudges} zeros\n:size: 1\n:::", 4, "unknown option size; allowed: by"),
        (":::{nudges} zeros\ntext\n:::", 3, "takes no body"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_line(directive: str, line: int, says: str) -> None:
    with pytest.raises(LessonError) as caught:
        parse(directive)
    assert caught.value.line == line
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (":::{steps}\n- a\n  > b {value}`short speed`\n- c\n  > d\n:::", "unknown value `short speed`"),
        (":::{steps}\n- `" + "x" * 80 + "`\n  > b\n- c\n  > d\n:::", "is wider than 74 columns"),
        (":::{steps}\n- a\n  > `" + "x" * 80 + "`\n- c\n  > d\n:::", "is wider than 74 columns"),
        (":::{nudges} longer\n:::", "longer"),
        (":::{nudges} wide\n:::", "first.md:3: [wide] nudges of weights, pairs and paths is"),
        (":::{nudges} many\n:::", "first.md:3: [many] tries × examples × weights is"),
    ],
)
def test_the_check_looks_into_both(small_course: Callable[[str], Path], text: str, says: str) -> None:
    folder = small_course(f"# T\n\n{text}\n")
    with (folder / "scenarios.toml").open("a") as file:
        file.write(
            '[wide]\ntitle = "w"\ndata = "course-circles"\nhidden = [200]\nsteps = 1\nrecord_every = 1\n'
            '[many]\ntitle = "m"\ndata = { name = "circles", size = 30000 }\nhidden = [10, 10]\n'
            "steps = 1\nrecord_every = 1\n"
        )
    (problem,) = check_course(folder)
    assert says in str(problem)


def test_as_plain_text(small_course: Callable[[str], Path]) -> None:
    course = load_course(small_course(f"# T\n\n{STEPS}\n\n:::{{nudges}} short\n:::\n"))
    text = screen_text(course, course.screen("first"))
    assert "z = 9\n\nThe first.\n\np\n\nThe second." in text
    assert "Weights moved by 0.5, up or down:\nmoved together" in text
    assert "Weights moved by 0.25, up or down:" in text
    assert "2 weights, on a path x to p        6             6" in text


def test_a_blank_as_plain_text_keeps_its_answer(small_course: Callable[[str], Path]) -> None:
    blank = ":::{blank} how-many\n:answer: short weights\n\nHow many?\n\n1. Count.\n\n> Nine.\n:::\n"
    course = load_course(small_course(f"# T\n\n{blank}"))
    text = screen_text(course, course.screen("first"))
    assert "Work out:\n\nHow many?" in text
    assert "ine" not in text
    assert "9" not in text
