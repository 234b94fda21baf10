from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from lessons.ascii import use_ascii
from lessons.course import BUILT_IN, load_course
from tests.tui.pty_terminal import Start, Terminal
from tui.app import LessonApp
from tui.session import open_session


class OpenedApp(LessonApp):
    """The app, which a test gets into its hands when the first page is there to be touched."""

    @asynccontextmanager
    async def run_test(self, **options: Any) -> AsyncIterator[Pilot[None]]:
        async with super().run_test(**options) as pilot:
            while not (self.ready or self._exit):
                await pilot.pause(0.01)
            yield pilot


@pytest.fixture(autouse=True)
def every_sign() -> None:
    """Let no test find the ASCII that a command before it was asked for in this process."""
    use_ascii(False)


@pytest.fixture
def progress_file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "zero-init.json"


@pytest.fixture
def new_app(progress_file: Path) -> Callable[..., LessonApp]:
    """Return a function that makes the app as a start of the command does."""

    def make(screen: str = "", folder: Path = BUILT_IN, page: int = 0, **given: Any) -> LessonApp:
        course = load_course(folder)
        session = open_session(course.slug, progress_file)
        if screen:
            session.progress.screen, session.progress.page = screen, page
        return OpenedApp(course, session, **given)

    return make


@pytest.fixture
def course_with(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that makes a course of one screen, `page`, with the built-in course's scenarios."""

    def make(text: str) -> Path:
        folder = tmp_path / "course"
        (folder / "lesson").mkdir(parents=True)
        (folder / "course.toml").write_text(
            'format = 1\nslug = "small"\ntitle = "Small"\n\n[[lessons]]\nslug = "lesson"\n'
            'title = "Lesson"\nminutes = 1\nscreens = ["page"]\n'
        )
        (folder / "scenarios.toml").write_text((BUILT_IN / "scenarios.toml").read_text())
        (folder / "lesson" / "page.md").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts the installed command on a pseudo-terminal."""
    terminals: list[Terminal] = []

    def make(columns: int = 80, lines: int = 24, **more: Any) -> Terminal:
        terminals.append(Terminal(tmp_path, columns, lines, **more))
        return terminals[-1]

    yield make
    for terminal in terminals:
        terminal.child.close(force=True)
