from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.course import BUILT_IN

COURSE = """\
format = 1
slug = "small"
title = "A small course"

[[lessons]]
slug = "one"
title = "Lesson one"
minutes = 3
screens = ["first"]
"""
SCENARIOS = """\
[short]
title = "A short run"
data = "course-circles"
hidden = [3]
steps = 4
record_every = 2
"""


@pytest.fixture
def small_course(tmp_path: Path) -> Callable[[str], Path]:
    """Write a course of one screen with the given text, and return its folder."""

    def write(text: str) -> Path:
        (tmp_path / "one").mkdir(exist_ok=True)
        (tmp_path / "course.toml").write_text(COURSE)
        (tmp_path / "scenarios.toml").write_text(SCENARIOS)
        (tmp_path / "one" / "first.md").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def copy_of_the_course(tmp_path: Path) -> Path:
    """Return a copy of the built-in course that a test may spoil."""
    return shutil.copytree(BUILT_IN, tmp_path / "zero-init")
