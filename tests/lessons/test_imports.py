from __future__ import annotations

import subprocess
import sys


def modules_after(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after a statement."""
    code = f"import sys; {statement}; print(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_engine_and_lessons_know_no_user_interface() -> None:
    loaded = modules_after("import engine.scenario, lessons.check, lessons.values, lessons.wording")
    assert {"numpy", "markdown_it"} - loaded == {"markdown_it"}  # read only when a screen is
    assert loaded.isdisjoint({"textual", "rich", "platformdirs"})


def test_a_course_is_read_without_numpy() -> None:
    loaded = modules_after("from lessons.course import load_course; load_course().screen('welcome')")
    assert "markdown_it" in loaded
    assert loaded.isdisjoint({"numpy", "textual", "rich"})
