"""A course whose one run goes on for minutes, for learners who train without a pause."""

from __future__ import annotations

from pathlib import Path

TRAINING = 4
"""Learners who train: twice as many as there are processors here."""
COURSE = """\
format = 1
slug = "training"
title = "Training"

[[lessons]]
slug = "lesson"
title = "Lesson"
minutes = 1
screens = ["page"]
"""
# As long as a course may let a run be: its layers are narrow, so that a step takes little and all of it
# together takes long.
SCENARIOS = """\
[for-ever]
title = "A run that goes on for minutes"
data = "circles"
hidden = [3, 3, 3, 3, 3, 3, 3]
weights = "he"
learning_rate = 0.001
steps = 1000000
record_every = 1000000
"""
PAGES = "# One\n\n:::{run} for-ever\n:::\n\n---\n\nThe second page.\n"


def make_course(folder: Path) -> Path:
    """Write the course into a folder that is not there yet, and return it."""
    (folder / "lesson").mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE)
    (folder / "scenarios.toml").write_text(SCENARIOS)
    (folder / "lesson" / "page.md").write_text(PAGES)
    return folder
