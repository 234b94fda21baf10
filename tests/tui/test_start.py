from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.tui.pty_terminal import Start

LATER = {"numpy", "markdown_it", "lessons.model", "lessons.markup", "tui.widgets.page"}
"""What only a page needs: it is loaded when the frame stands."""


def test_what_a_page_needs_is_not_loaded_before_the_frame() -> None:
    code = "import sys, tui.cli, tui.commands.learn, tui.driver, tui.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "tui.app" in done.stdout.split()
    assert LATER.isdisjoint(done.stdout.split())


def test_no_openssl_is_loaded(start: Start, tmp_path: Path) -> None:
    loaded = tmp_path / "loaded.txt"
    code = f"""\
import pathlib, sys
from tui.cli import main
status = main(["--screen", "welcome"])
pathlib.Path({str(loaded)!r}).write_text(" ".join(sys.modules))
import ssl
sys.exit(status)
"""
    terminal = start(command=sys.executable, arguments=("-c", code))
    terminal.wait_for("page 1/")
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0
    names = loaded.read_text().split()
    assert "asyncio" in names
    assert {"ssl", "_ssl"}.isdisjoint(names)


def test_what_live_parts_need_is_loaded_while_the_first_page_is_read() -> None:
    code = """\
import asyncio, sys, time
from lessons.course import load_course
from tui.app import LessonApp
from tui.progress import Progress
from tui.session import Session

async def read() -> None:
    course = load_course()
    async with LessonApp(course, Session(Progress(course.slug))).run_test() as pilot:
        end = time.monotonic() + 30
        while "tui.widgets.run" not in sys.modules and time.monotonic() < end:
            await pilot.pause(0.1)

asyncio.run(read())
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"numpy", "tui.widgets.live", "tui.widgets.run"} <= set(done.stdout.split())
