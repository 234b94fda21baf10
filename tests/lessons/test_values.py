from __future__ import annotations

import pytest

from lessons.course import load_course
from lessons.errors import LessonError
from lessons.values import UnknownValueError, number, value


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


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("relu-output-bias loss-0", "1.313262"),
        ("relu-output-bias loss-1", "0.313262"),
        ("relu-unbalanced ones", "120"),
        ("relu-unbalanced zeros", "180"),
        ("relu-unbalanced share", "0.4"),
        ("relu-unbalanced entropy", "0.673012"),
        ("relu-unbalanced log-odds", "−0.405465"),
        ("course-zeros half-plane", "0.6033"),
        ("course-zeros a 2 1", "0"),
        ("course-zeros dW 1 3 2", "0"),
        ("course-zeros slope 3", "0.25"),
        ("course-zeros W 3 1 5", "0"),
    ],
)
def test_values_of_a_scenario(expression: str, shown: str) -> None:
    assert value(load_course(), expression) == shown


def test_the_first_error_is_one_half_whatever_its_label() -> None:
    assert abs(number(load_course(), "course-zeros delta 3")) == 0.5


def test_a_number_is_what_is_shown() -> None:
    course = load_course()
    assert number(course, "relu-unbalanced log-odds") == pytest.approx(-0.4054651081)
    assert number(course, "loss-table 0.5 loss 1") == pytest.approx(0.6931471806)


@pytest.mark.parametrize(
    "expression",
    [
        "course-zeros delta 4",
        "course-zeros delta 0",
        "course-zeros a 1",
        "course-zeros dW 1 1",
        "course-zeros W 1 11 1",
    ],
)
def test_a_factor_that_there_is_not(expression: str) -> None:
    with pytest.raises(UnknownValueError):
        value(load_course(), expression)
