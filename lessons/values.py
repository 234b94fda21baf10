"""Numbers in the prose: a closed vocabulary of expressions, each computed by the engine when it is read.

`course minutes`; `SCENARIO p|cost|points|weights|steps|learning-rate`; `loss-table P COLUMN [LABEL]`.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from lessons.course import Course

if TYPE_CHECKING:
    from engine.scenario import Scenario

SCENARIO_VALUES = ("p", "cost", "points", "weights", "steps", "learning-rate")


class UnknownValueError(ValueError):
    """An expression that is not in the vocabulary; the message says what is."""


def value(course: Course, expression: str) -> str:
    """Return what an expression stands for, as people read it.

    Raises:
        UnknownValueError: the expression is not in the vocabulary.
        LessonError: the course's scenarios cannot be read.

    """
    words = expression.split()
    if words == ["course", "minutes"]:
        return str(course.minutes)
    if words[:1] == ["loss-table"]:
        return _from_loss_table(words[1:])
    if len(words) == 2 and words[1] in SCENARIO_VALUES:
        return _from_scenario(course, words[0], words[1])
    raise UnknownValueError(
        f"unknown value `{expression}`; allowed: `course minutes`, `SCENARIO {'|'.join(SCENARIO_VALUES)}`, "
        "`loss-table P COLUMN [LABEL]`"
    )


def _from_loss_table(words: list[str]) -> str:
    from engine.errors import EngineError
    from engine.loss_table import loss_table

    try:
        p, label = words[0], words[2] if len(words) == 3 else "0"
        if f"{float(p):.2f}" != f"{float(p):.9g}".ljust(4, "0") or label not in ("0", "1"):
            raise ValueError
        table = loss_table(float(p))
        row = int(label)
        column = [each.key for each in table.columns].index(words[1])
        shown = table.columns[column].text(table.rows[row][column])
    except (EngineError, ValueError, IndexError):
        raise UnknownValueError(
            f"unknown value `loss-table {' '.join(words)}`; "
            "allowed: `loss-table P COLUMN [LABEL]`, P with at most two decimals, "
            "COLUMN one of p, loss, dloss_dp, delta, LABEL 0 or 1"
        ) from None
    return _tidy(shown)


def _from_scenario(course: Course, name: str, what: str) -> str:
    from lessons.scenarios import scenario

    return _scenario_value(scenario(course, name), what)


@functools.cache
def _scenario_value(scenario: Scenario, what: str) -> str:
    from engine.trace import backward, forward

    if what == "steps":
        return f"{scenario.steps:,}"
    if what == "learning-rate":
        return f"{scenario.learning_rate:g}"
    data = scenario.split()
    network = scenario.network(data)
    if what == "points":
        return f"{data.train.size:,}"
    if what == "weights":
        return f"{network.weight_count:,}"
    trace = forward(network, data.train.x)
    if what == "cost":
        return f"{backward(trace, data.train.y, scenario.loss).cost:.6f}"
    if (trace.output != trace.output[0, 0]).any():
        raise UnknownValueError(f"`{scenario.name} p`: p is not the same for all points; use another value")
    return f"{trace.output[0, 0]:.6g}"


def _tidy(text: str) -> str:
    """Return a number without the zeros that end its decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text
