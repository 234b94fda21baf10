from __future__ import annotations

import subprocess
import sys

LATER = {"numpy", "markdown_it", "lessons.model", "lessons.markup", "tui.widgets.page"}
"""What only a page needs: it is loaded when the frame stands."""


def test_what_a_page_needs_is_not_loaded_before_the_frame() -> None:
    code = "import sys, tui.cli, tui.commands.learn, tui.driver, tui.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "tui.app" in done.stdout.split()
    assert LATER.isdisjoint(done.stdout.split())
