"""Numbers in the prose: a closed vocabulary of expressions, each computed by the engine when it is read.

`course minutes [LESSONS]`; `loss-table P COLUMN [LABEL]`; `SCENARIO FACT`, known before any step; and
`SCENARIO FACTOR LAYER [UNIT [INPUT]]`, of the first step for the first example, all counted from 1.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from lessons.course import Course

if TYPE_CHECKING:
    from engine.scenario import Scenario

Found: TypeAlias = tuple[float, str]
"""A number, and how people read it."""

VOCABULARY = (
    "`course minutes [LESSONS]`, `loss-table P COLUMN [LABEL]`, `SCENARIO FACT` with a FACT of {facts}, "
    "`SCENARIO FACTOR LAYER [UNIT [INPUT]]` with a FACTOR of {factors}"
)
FACTORS = ("x", "z", "a", "slope", "delta", "dW", "db", "W", "b")


class UnknownValueError(ValueError):
    """An expression that is not in the vocabulary; the message says what is."""


def value(course: Course, expression: str) -> str:
    """Return what an expression stands for, as people read it.

    Raises:
        UnknownValueError: the expression is not in the vocabulary.
        LessonError: the course's scenarios cannot be read.

    """
    return _computed(course, expression)[1]


def number(course: Course, expression: str) -> float:
    """Return what an expression stands for.

    Raises:
        UnknownValueError: the expression is not in the vocabulary.
        LessonError: the course's scenarios cannot be read.

    """
    return _computed(course, expression)[0]


def _computed(course: Course, expression: str) -> Found:
    from engine.errors import EngineError

    try:
        return _find(course, expression)
    except EngineError as error:
        raise UnknownValueError(f"`{expression}`: {error}") from None


def _find(course: Course, expression: str) -> Found:
    words = expression.split()
    if words[:2] == ["course", "minutes"] and len(words) < 4:
        return _minutes(course, *words[2:])
    # They bring numpy: a page without numbers of the engine is on the screen sooner.
    from lessons.scenarios import scenario

    if words[:1] == ["loss-table"]:
        return _from_loss_table(words[1:])
    if len(words) == 2 and words[1] in FACTS:
        return _fact(scenario(course, words[0]), words[1])
    if len(words) > 2 and words[1] in FACTORS and all(word.isdecimal() for word in words[2:]):
        return _factor(scenario(course, words[0]), words[1], tuple(int(word) for word in words[2:]))
    allowed = VOCABULARY.format(facts=", ".join(FACTS), factors=", ".join(FACTORS))
    raise UnknownValueError(f"unknown value `{expression}`; allowed: {allowed}")


def _minutes(course: Course, first: str = "") -> Found:
    if first and not (first.isdecimal() and 1 <= int(first) <= len(course.lessons)):
        raise UnknownValueError(f"`course minutes {first}`: allowed are 1 to {len(course.lessons)} lessons")
    lessons = course.lessons[: int(first)] if first else course.lessons
    found = sum(lesson.minutes for lesson in lessons)
    return found, str(found)


def _from_loss_table(words: list[str]) -> Found:
    from engine.errors import EngineError
    from engine.loss_table import loss_table

    try:
        p, label = words[0], words[2] if len(words) == 3 else "0"
        if f"{float(p):.2f}" != f"{float(p):.9g}".ljust(4, "0") or label not in ("0", "1"):
            raise ValueError
        table = loss_table(float(p))
        row = int(label)
        column = [each.key for each in table.columns].index(words[1])
        cell = table.rows[row][column]
        shown = table.columns[column].text(cell)
    except (EngineError, ValueError, IndexError):
        raise UnknownValueError(
            f"unknown value `loss-table {' '.join(words)}`; "
            "allowed: `loss-table P COLUMN [LABEL]`, P with at most two decimals, "
            "COLUMN one of p, loss, dloss_dp, delta, LABEL 0 or 1"
        ) from None
    return float(cell), _tidy(shown)


@functools.cache
def _fact(scenario: Scenario, what: str) -> Found:
    return FACTS[what](scenario)


def _p(scenario: Scenario) -> Found:
    from engine.trace import forward

    data = scenario.split()
    output = forward(scenario.network(data), data.train.x).output
    if (output != output[0, 0]).any():
        raise UnknownValueError(f"`{scenario.name} p`: p is not the same for all points; use another value")
    p = float(output[0, 0])
    return p, f"{p:.6g}"


def _cost(scenario: Scenario) -> Found:
    from engine.trace import cost

    data = scenario.split()
    found = cost(scenario.network(data), data.train.x, data.train.y, scenario.loss)
    return found, f"{found:.6f}"


def _loss_of(label: int) -> Callable[[Scenario], Found]:
    def loss(scenario: Scenario) -> Found:
        from engine.losses import loss_named
        from engine.trace import forward

        _p(scenario)
        data = scenario.split()
        trace = forward(scenario.network(data), data.train.x[:, :1])
        y = trace.output * 0 + label
        found = float(loss_named(scenario.loss).value(trace.z[-1], trace.output, y)[0, 0])
        return found, f"{found:.6f}"

    return loss


def _share_of_ones(scenario: Scenario) -> float:
    """Return the share of label 1 among the training labels: what a constant p can learn."""
    y = scenario.split().train.y
    share = float(y.mean())
    if y.shape[0] != 1 or not 0 < share < 1:
        raise UnknownValueError(f"`{scenario.name}`: needs labels 0 and 1, both present")
    return share


def _entropy(scenario: Scenario) -> Found:
    import numpy as np

    share = _share_of_ones(scenario)
    found = float(-share * np.log(share) - (1 - share) * np.log(1 - share))
    return found, f"{found:.6f}"


def _log_odds(scenario: Scenario) -> Found:
    import numpy as np

    share = _share_of_ones(scenario)
    found = float(np.log(share / (1 - share)))
    return found, _signed(found)


def _half_plane(scenario: Scenario) -> Found:
    from engine.half_plane import best_half_plane

    found = best_half_plane(scenario.split().train)
    return found, f"{found:.4f}"


def _live(scenario: Scenario) -> Found:
    from engine.verdict import live_weights

    return _whole(live_weights(scenario))


def _largest_gradient(scenario: Scenario) -> Found:
    import numpy as np

    from engine.trace import backward, forward

    data = scenario.split()
    gradients = backward(forward(scenario.network(data), data.train.x), data.train.y, scenario.loss)
    found = max(float(np.abs(dW).max()) for dW in gradients.dW)
    return found, f"{found:.4g}"


def _whole(count: int) -> Found:
    return count, f"{count:,}"


FACTS: dict[str, Callable[[Scenario], Found]] = {
    "p": _p,
    "cost": _cost,
    "loss-0": _loss_of(0),
    "loss-1": _loss_of(1),
    "points": lambda scenario: _whole(scenario.split().train.size),
    "ones": lambda scenario: _whole(int(scenario.split().train.y.sum())),
    "zeros": lambda scenario: _whole(int((1 - scenario.split().train.y).sum())),
    "share": lambda scenario: (_share_of_ones(scenario), f"{_share_of_ones(scenario):.6g}"),
    "entropy": _entropy,
    "log-odds": _log_odds,
    "half-plane": _half_plane,
    "weights": lambda scenario: _whole(scenario.network(scenario.split()).weight_count),
    "live": _live,
    "largest-gradient": _largest_gradient,
    "steps": lambda scenario: _whole(scenario.steps),
    "learning-rate": lambda scenario: (scenario.learning_rate, f"{scenario.learning_rate:g}"),
}


@functools.cache
def _factor(scenario: Scenario, what: str, place: tuple[int, ...]) -> Found:
    from engine.trace import backward, forward

    data = scenario.split().train
    network = scenario.network(scenario.split())
    gradients = backward(forward(network, data.x[:, :1]), data.y[:, :1], scenario.loss)
    trace, layers = gradients.trace, network.layers
    layer, *entry = place
    if what == "x":
        layer, entry = 1, list(place)
    if not 1 <= layer <= len(layers):
        raise UnknownValueError(f"`{scenario.name} {what}`: there are layers 1 to {len(layers)}")
    index = layer - 1
    arrays = {
        "x": trace.a[0],
        "z": trace.z[index],
        "a": trace.a[layer],
        "slope": layers[index].activation.derivative(trace.z[index]),
        "delta": gradients.delta[index],
        "dW": gradients.dW[index],
        "db": gradients.db[index],
        "W": layers[index].W,
        "b": layers[index].b,
    }
    array = arrays[what]
    # A column, or a matrix of one entry, needs no more than its unit, or nothing.
    place_in_array = [*entry, *[1] * (array.ndim - len(entry))]
    fits = len(place_in_array) == array.ndim and all(
        1 <= one <= size for one, size in zip(place_in_array, array.shape, strict=True)
    )
    if not fits or (len(entry) < 2 and array[0].size > 1) or (not entry and array.size > 1):
        raise UnknownValueError(f"`{scenario.name} {what} {place}`: {what} has the shape {array.shape}")
    found = float(array[tuple(one - 1 for one in place_in_array)])
    return found, _signed(found)


def _signed(found: float) -> str:
    return f"{found:.6g}".replace("-", "−")


def _tidy(text: str) -> str:
    """Return a number without the zeros that end its decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text
