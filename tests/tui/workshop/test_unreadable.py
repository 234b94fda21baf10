"""A workshop of root's own files: the users of its sessions can read none of them, and need none."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from lessons.course import BUILT_IN
from tests.tui.pty_terminal import ENTER, ESCAPE, RIGHT
from tests.tui.workshop.fake_house import needs_ssh
from tests.tui.workshop.served import Served

pytestmark = [
    needs_ssh,
    pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux"),
    pytest.mark.skipif(os.geteuid() != 0, reason="sessions have users of their own where root starts them"),
]


def test_a_session_reads_nothing_of_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir(mode=0o700)
    course = shutil.copytree(BUILT_IN, tmp_path / "own" / "course")
    served = Served(tmp_path / "served", "--open", "--course", str(course)).ready()
    try:
        ada = served.learner("Ada")
        ada.wait_for("screen 1/25", 30)
        for key, shown in (("?", "Help"), ("m", "↑↓ move"), ("g", "On this page")):
            ada.child.send(key)
            ada.wait_for(shown)
            ada.child.send(ESCAPE)
            ada.wait_until(lambda shown=shown: shown not in ada.text())  # type: ignore[misc]
        ada.child.send(RIGHT)
        ada.wait_for("screen 2/25, page 1")
        ada.child.send(RIGHT)
        ada.wait_for("Press Enter to train it.")
        ada.child.send(ENTER)
        ada.wait_for("15,000 of 15,000", 30)
        assert not served.events("fault")
    finally:
        served.stop()
