"""The scenarios of a course, from its `scenarios.toml`."""

from __future__ import annotations

from engine.errors import EngineError, suggestion
from engine.scenario import Scenario
from lessons.course import Course, read_toml
from lessons.errors import LessonError


def load_scenarios(course: Course) -> dict[str, Scenario]:
    """Return all scenarios of a course by name.

    Raises:
        LessonError: the file cannot be read, or a scenario is not one.

    """
    path = course.folder / "scenarios.toml"
    found = {}
    for name, settings in read_toml(course.folder, "scenarios.toml").items():
        if not isinstance(settings, dict):
            raise LessonError(path, None, f"{name} is no table; write [{name}] and its settings below")
        try:
            found[name] = Scenario.from_mapping(name, settings)
        except EngineError as error:
            raise LessonError(path, None, f"[{name}] {error}") from None
    return found


def scenario(course: Course, name: str) -> Scenario:
    """Return a scenario of a course.

    Raises:
        LessonError: there is none of that name, or the file cannot be read.

    """
    found = load_scenarios(course)
    if name not in found:
        raise LessonError(
            course.folder / "scenarios.toml",
            None,
            f"no scenario {name!r}; there are: {suggestion(name, found)}",
        )
    return found[name]
