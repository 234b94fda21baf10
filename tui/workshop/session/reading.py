"""All that a session may need of files, read before there is one.

A session may have a user who can enter neither the folder of the course nor that of Python: those of root,
for example. What was read already, and imported already, is also shared by all sessions.
"""

from __future__ import annotations

import importlib
import pkgutil
from concurrent.futures import thread  # noqa: F401  asyncio imports it with the first run of a learner
from contextlib import suppress

import engine
import lessons
import tui.plain
import tui.screens
import tui.widgets
from lessons.course import Course
from lessons.errors import LessonError
from lessons.glossary import load_glossary
from lessons.published import load_published
from lessons.scenarios import load_scenarios

PACKAGES = (engine, lessons, tui.plain, tui.screens, tui.widgets)


def read_everything(course: Course) -> None:
    """Import every module that a lesson is made of, and read every file of a course.

    A file that cannot be read, or is not what it should be, is told about where a learner comes to it.
    """
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    for load in (load_scenarios, load_glossary, load_published):
        with suppress(LessonError):
            load(course)
    for slug in course.order:
        with suppress(LessonError):
            course.screen(slug)
