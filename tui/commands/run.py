"""Scenarios that are run."""

from __future__ import annotations

import json

from engine.errors import EngineError, suggestion
from engine.scenario import run as run_scenario
from lessons.course import Course
from lessons.scenarios import load_scenarios
from tui.commands.errors import USAGE_ERROR, CommandError
from tui.plain import outcome_text


def run(course: Course, name: str, as_json: bool) -> int:
    """Run a scenario and print its outcome."""
    scenarios = load_scenarios(course)
    if name not in scenarios:
        raise CommandError(f"no scenario {name!r}; there are: {suggestion(name, scenarios)}", USAGE_ERROR)
    try:
        outcome = run_scenario(scenarios[name])
    except EngineError as error:
        raise CommandError(f"scenario {name}: {error}") from None
    print(json.dumps(outcome.record(), ensure_ascii=False) if as_json else outcome_text(outcome))
    return 0
