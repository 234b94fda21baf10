from __future__ import annotations

import pytest

from lessons.course import load_course
from lessons.errors import LessonError
from lessons.values import UnknownValueError, value


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("course-zeros p", "0.5"),
        ("course-zeros cost", "0.693147"),
        ("course-zeros points", "300"),
        ("course-zeros weights", "75"),
        ("course-zeros steps", "15,000"),
        ("loss-table 0.5 loss 0", "0.693147"),
        ("loss-table 0.5 dloss_dp 0", "+2"),
        ("loss-table 0.5 dloss_dp 1", "−2"),
        ("loss-table 0.5 delta 1", "−0.5"),
        ("loss-table 0.25 p", "0.25"),
        ("loss-table 0.2 loss 1", "1.609438"),
    ],
)
def test_values(expression: str, shown: str) -> None:
    assert value(load_course(), expression) == shown


def test_minutes_come_from_the_course() -> None:
    course = load_course()
    assert value(course, "course minutes") == str(course.minutes)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "course",
        "course-zeros",
        "course-zeros size",
        "loss-table",
        "loss-table 2 loss 0",
        "loss-table 0.5 x",
    ],
)
def test_what_is_no_value(expression: str) -> None:
    with pytest.raises(UnknownValueError, match=r"unknown value .*; allowed: "):
        value(load_course(), expression)


def test_an_unknown_scenario() -> None:
    with pytest.raises(LessonError, match=r"no scenario 'course-zeroes'; .*did you mean course-zeros"):
        value(load_course(), "course-zeroes p")
