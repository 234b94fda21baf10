from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from engine.scenario import Outcome, Scenario, run


@cache
def _course_run(rule: str) -> Outcome:
    return run(Scenario("course", "a course run", "course-circles", (10, 5), weights=rule))


@pytest.fixture(scope="session")
def course_run() -> Callable[[str], Outcome]:
    """The well-known exercise with an initialiser, run once a session: 15,000 steps are two seconds."""
    return _course_run
