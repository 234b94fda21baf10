from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.course import BUILT_IN, load_course
from tui.app import LessonApp
from tui.session import open_session


@pytest.fixture
def progress_file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "zero-init.json"


@pytest.fixture
def new_app(progress_file: Path) -> Callable[..., LessonApp]:
    """Return a function that makes the app as a start of the command does."""

    def make(screen: str = "", folder: Path = BUILT_IN, page: int = 0) -> LessonApp:
        course = load_course(folder)
        session = open_session(course.slug, progress_file)
        if screen:
            session.progress.screen, session.progress.page = screen, page
        return LessonApp(course, session)

    return make
