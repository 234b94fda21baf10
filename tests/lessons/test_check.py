from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.check import check_course
from lessons.course import BUILT_IN

SmallCourse = Callable[[str], Path]


def test_the_built_in_course_has_no_problems() -> None:
    assert check_course(BUILT_IN) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("# T\n\nIt is 0.693.\n", 3, "0.693 is typed by hand"),
        ("# T\n\nIt is `0.5` here.\n", 3, "0.5 is typed by hand"),
        ("# T\n\nSee {value}`short nothing`.\n", 3, "unknown value"),
        ("# T\n\nSee {value}`shrt p`.\n", 3, "no scenario 'shrt'"),
        ("# T\n\n$x^2$ is it.\n", 3, "no LaTeX"),
        ("# T\n\nUse `\\delta` here.\n", 3, "no LaTeX"),
        ("# T\n\n:::{run} shrt\n:::\n", 3, "no scenario 'shrt'; there are: short"),
        ("# T\n\n:::{ledger} shrt\n:::\n", 3, "no scenario 'shrt'"),
        ("# T\n\n:::{feedback} what\n:::\n", 3, "no question first/what"),
        ("# T\n\n:::{feedback} no/what\n:::\n", 3, "no question no/what"),
        ("# T\n\n```math\n" + "x" * 75 + "\n```\n", 4, "wider than 74 columns"),
        ("# T\n\n<b>\n", 3, "not allowed"),
        ("# {value}`short p`\n\nx\n", 1, "a title holds no {value}"),
    ],
)
def test_problems_are_found_with_their_line(
    small_course: SmallCourse, text: str, line: int, says: str
) -> None:
    problems = check_course(small_course(text))
    assert [problem.line for problem in problems] == [line]
    assert says in str(problems[0])


def test_numbers_that_are_allowed(small_course: SmallCourse) -> None:
    folder = small_course("# T\n\n{value}`short p` of 75, 15,000.\n\n```math\n0.5 = x\n```\n")
    assert check_course(folder) == []


def test_every_problem_is_found_at_once(small_course: SmallCourse) -> None:
    folder = small_course("# T\n\nIt is 0.5.\n\nAnd 0.7.\n")
    (folder / "one" / "stray.md").write_text("# S\n\nx\n")
    problems = [str(problem) for problem in check_course(folder)]
    assert len(problems) == 3
    assert "belongs to no lesson" in problems[-1]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("steps = 4", "steps = 0", "steps is 0; allowed: a whole number from 1"),
        ("steps = 4", "stops = 4", "a setting is stops; allowed: .*did you mean steps"),
        ('data = "course-circles"', "", "data is missing"),
        ('data = "course-circles"', 'data = "circle"', "data is circle; allowed: "),
        ("hidden = [3]", "hidden = 3", "hidden is 3; allowed: a list"),
        ("hidden = [3]", "hidden = [0]", "a width in hidden is 0"),
        ("hidden = [3]", 'hidden = [3]\noutput = "tanh"', "output is tanh; allowed: sigmoid"),
        (
            'data = "course-circles"',
            'data = { name = "xor", flip = 400 }',
            "flip and drop of data together is 400",
        ),
        ("steps = 4", "steps = " + "9" * 5000, "not valid TOML"),
        ("steps = 4", "steps = 0x" + "f" * 5000, "a number of thousands of digits"),
        ("steps = 4", 'steps = "\\u001b[31m"', r"steps is '.x1b"),
        ("[short]", "short = 1\n[other]", "short is no table"),
    ],
)
def test_scenarios_that_do_not_run(small_course: SmallCourse, old: str, new: str, says: str) -> None:
    folder = small_course("# T\n\nx\n")
    path = folder / "scenarios.toml"
    path.write_text(path.read_text().replace(old, new))
    (problem,) = check_course(folder)
    assert problem.path == path
    with pytest.raises(type(problem), match=says):
        raise problem


def test_a_run_to_watch_has_one_output(small_course: SmallCourse) -> None:
    folder = small_course("# T\n\n:::{run} three\n:::\n")
    path = folder / "scenarios.toml"
    three = '[three]\ntitle = "t"\ndata = { name = "blobs", classes = 3 }\nhidden = []\noutput = "softmax"\n'
    three += 'loss = "softmax-cross-entropy"\nsteps = 4\nrecord_every = 2\n'
    path.write_text(three)
    (problem,) = check_course(folder)
    assert problem.line == 3
    assert "has 3 outputs; a run that is watched has one" in str(problem)
