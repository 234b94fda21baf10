"""The scenarios of a course, from its `scenarios.toml`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import pairwise

from engine.datasets import Split
from engine.errors import EngineError, shown, suggestion
from engine.scenario import Scenario
from lessons.course import Course, read_toml
from lessons.errors import LessonError
from lessons.model import Demand, Live

EDITOR_COLUMNS, EDITOR_ROWS, EDITOR_STEPS, EDITOR_POINTS = 10, 6, 20, 1_000
"""What fits on a page, and is tried while a key is pressed."""
STEP_WORK = 2_000_000
"""Examples × weights of a step that is made while a key is pressed: a few hundredths of a second."""
PAIR_STEPS, PAIR_WORK = 5_000, 2e8
"""Steps, and steps × examples × weights, of a run beside its equivalent: a few seconds on a page of text."""
SWITCHES = 4
"""Layers of which every combination is tried: 16 of them."""


def load_scenarios(course: Course) -> dict[str, Scenario]:
    """Return all scenarios of a course by name.

    Raises:
        LessonError: the file cannot be read, or a scenario is not one.

    """
    if course.scenarios is not None:
        return course.scenarios
    path = course.folder / "scenarios.toml"
    found: dict[str, Scenario] = {}
    for name, settings in read_toml(course.folder, "scenarios.toml").items():
        if not isinstance(settings, dict):
            raise LessonError(path, None, f"{shown(name)} is no table; write [NAME] and its settings below")
        try:
            found[name] = Scenario.from_mapping(name, settings)
        except EngineError as error:
            raise LessonError(path, None, f"[{shown(name)}] {error}") from None
    course.scenarios = found
    return found


def scenario(course: Course, name: str) -> Scenario:
    """Return a scenario of a course, its data known to fit.

    Raises:
        LessonError: there is none of that name, its data cannot be made, or the file cannot be read.

    """
    found = load_scenarios(course)
    if name not in found:
        raise LessonError(
            course.folder / "scenarios.toml",
            None,
            f"no scenario {name!r}; there are: {suggestion(name, found)}",
        )
    try:
        _split(found[name])
    except EngineError as error:
        raise LessonError(course.folder / "scenarios.toml", None, f"[{name}] {error}") from None
    return found[name]


# Prose asks for its scenario each time it is laid out; the points of a description never change.
@functools.lru_cache(maxsize=32)
def _split(found: Scenario) -> Split:
    return found.split()


def watchable(course: Course, name: str) -> Scenario:
    """Return a scenario whose run can be watched on a map: one probability for each point of a plane.

    Raises:
        LessonError: as `scenario`, or it has more outputs than one.

    """
    found = scenario(course, name)
    data = _split(found).train
    if (data.x.shape[0], data.y.shape[0]) != (2, 1):
        problem = f"[{name}] has {data.y.shape[0]} outputs; a run that is watched has one"
        raise LessonError(course.folder / "scenarios.toml", None, problem)
    return found


def layered(course: Course, name: str) -> Scenario:
    """Return a scenario with hidden layers.

    Raises:
        LessonError: as `scenario`, or it has none.

    """
    found = scenario(course, name)
    if not found.hidden:
        problem = f"[{name}] has no hidden layer, so no activation to change"
        raise LessonError(course.folder / "scenarios.toml", None, problem)
    return found


def narrowed(course: Course, name: str) -> Scenario:
    """Return a scenario whose network of twins has an equivalent one unit wide, and is trained soon.

    Raises:
        LessonError: as `steppable`, or it has no such equivalent, or takes too long.

    """
    from engine.side_by_side import equivalent

    found = steppable(course, name)
    if found.steps > PAIR_STEPS or found.steps * _step_work(found) > PAIR_WORK:
        problem = f"[{name}] is too long to be run twice; allowed: {PAIR_STEPS:,} steps, "
        problem += f"and {PAIR_WORK:.0e} steps × examples × weights"
        raise LessonError(course.folder / "scenarios.toml", None, problem)
    try:
        equivalent(found)
    except EngineError as error:
        raise LessonError(course.folder / "scenarios.toml", None, f"[{name}] {error}") from None
    return found


def steppable(course: Course, name: str) -> Scenario:
    """Return a scenario of which a few steps may be made while a key is pressed.

    Raises:
        LessonError: as `scenario`, or it has too many examples and weights.

    """
    found = scenario(course, name)
    if (work := _step_work(found)) > STEP_WORK:
        problem = f"[{name}] takes too long a step; allowed: {STEP_WORK:,} examples × weights, not {work:,}"
        raise LessonError(course.folder / "scenarios.toml", None, problem)
    return found


def _step_work(found: Scenario) -> int:
    data = _split(found).train
    widths = (data.x.shape[0], *found.hidden, data.y.shape[0])
    return int(data.size * sum(below * above for below, above in pairwise(widths)))


def switchable(course: Course, name: str) -> Scenario:
    """Return a scenario whose layers are few enough to try every combination of them.

    Raises:
        LessonError: as `steppable`, or it has too many layers.

    """
    found = steppable(course, name)
    if (layers := len(found.hidden) + 1) > SWITCHES:
        problem = f"[{name}] has {layers} layers; allowed for switches: {SWITCHES}"
        raise LessonError(course.folder / "scenarios.toml", None, problem)
    return found


def _plain_descent(found: Scenario) -> bool:
    plain = found.optimizer == "gradient-descent" and found.weight_decay == 0
    return plain and found.batch is None and found.dropout == 0


def editable(course: Course, name: str) -> Scenario:
    """Return a scenario whose numbers are few enough to be shown all at once, and whose steps take no time.

    Raises:
        LessonError: as `scenario`, or it is too large, has too many steps or points, does not start at zero,
            or is not trained by plain gradient descent.

    """
    found = scenario(course, name)
    data = _split(found).train
    widths = (data.x.shape[0], *found.hidden, data.y.shape[0])
    columns = sum(width + 1 for width in widths[:-1])
    if columns > EDITOR_COLUMNS or max(widths) > EDITOR_ROWS:
        problem = f"has layers too wide to show every number; allowed: {EDITOR_COLUMNS} columns of W and b"
        problem += f" in all, and {EDITOR_ROWS} units a layer"
    elif found.steps > EDITOR_STEPS or data.size > EDITOR_POINTS:
        problem = f"is too long to try; allowed: {EDITOR_STEPS} steps, {EDITOR_POINTS} points"
    elif any(layer.W.any() or layer.b.any() for layer in found.network(_split(found)).layers):
        problem = "does not start at zero; a network to wake up has zero weights and biases"
    elif not _plain_descent(found):
        problem = (
            "trains in another way; a network to wake up is trained by plain gradient descent on all points"
        )
    else:
        return found
    raise LessonError(course.folder / "scenarios.toml", None, f"[{name}] {problem}")


def nudgeable(course: Course, name: str) -> Scenario:
    """Return a scenario of whose network all sets of weights can be tried in a few seconds.

    Raises:
        LessonError: as `scenario`, or there are too many.

    """
    from engine.nudges import kinds_of_sets

    found = scenario(course, name)
    data = _split(found)
    try:
        kinds_of_sets(found.network(data), data.train.size)
    except EngineError as error:
        raise LessonError(course.folder / "scenarios.toml", None, f"[{name}] {error}") from None
    return found


FINDERS: dict[Demand, Callable[[Course, str], Scenario]] = {
    "any": scenario,
    "watchable": watchable,
    "layered": layered,
    "narrowed": narrowed,
    "steppable": steppable,
    "switchable": switchable,
    "editable": editable,
    "nudgeable": nudgeable,
}


def scenarios_of(course: Course, part: Live) -> list[Scenario]:
    """Return the scenarios of a part, each one that the part can show.

    Raises:
        LessonError: there is none of a name, or it is not what the part demands.

    """
    return [FINDERS[part.demand](course, name) for name in part.scenarios]
