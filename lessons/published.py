"""Figures that others published for a run, from a course's `published.toml`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import shown
from lessons.course import Course, read_toml
from lessons.errors import LessonError

FILE = "published.toml"
MOST_ROWS = 15
KEYS = {"every", "cost", "train", "test"}


@dataclass(frozen=True)
class Figures:
    """What was published of a run.

    Attributes:
        every: Steps from one cost to the next; the first is of step 0.
        cost: The costs before the update of each of those steps; one may be infinite.
        train: The accuracy on the training set after the last step.
        test: The accuracy on the test set.

    """

    every: int
    cost: tuple[float, ...]
    train: float
    test: float


def load_published(course: Course) -> dict[str, Figures]:
    """Return the published figures of a course by the name of the scenario.

    Raises:
        LessonError: the file is missing, or something in it is not what it should be.

    """
    if course.figures is not None:
        return course.figures
    path = course.folder / FILE
    found = {}
    for name, table in read_toml(course.folder, FILE).items():
        if not isinstance(table, dict) or set(table) != KEYS:
            raise LessonError(path, None, f"[{shown(name)}] needs exactly every, cost, train and test")
        found[name] = _figures(path, name, table)
    course.figures = found
    return found


def published(course: Course, name: str) -> Figures:
    """Return what was published of a scenario.

    Raises:
        LessonError: nothing was, or the file cannot be read.

    """
    found = load_published(course)
    if name not in found:
        known = ", ".join(found) or "none"
        raise LessonError(course.folder / FILE, None, f"no figures for {shown(name)}; there are: {known}")
    return found[name]


def _figures(path: Path, name: str, table: Mapping[str, object]) -> Figures:
    def fail(key: str, allowed: str) -> LessonError:
        return LessonError(path, None, f"[{name}] {key} is {shown(table[key])}; allowed: {allowed}")

    every, costs = table["every"], table["cost"]
    if type(every) is not int or not 1 <= every <= 1_000_000:
        raise fail("every", "a whole number of steps, from 1")
    if not isinstance(costs, list) or not 1 <= len(costs) <= MOST_ROWS:
        raise fail("cost", f"a list of 1 to {MOST_ROWS} numbers")
    if not all(type(cost) in (int, float) and cost >= 0 for cost in costs):  # NaN is not at least 0
        raise fail("cost", "numbers from 0, or inf")
    if not all(cost < 1e6 or math.isinf(cost) for cost in costs):
        raise fail("cost", "numbers below 1e6, or inf")
    for key in ("train", "test"):
        share = table[key]
        if type(share) not in (int, float) or not 0 <= share <= 1:  # type: ignore[operator]
            raise fail(key, "a share from 0 to 1")
    return Figures(every, tuple(float(cost) for cost in costs), float(table["train"]), float(table["test"]))  # type: ignore[arg-type]
