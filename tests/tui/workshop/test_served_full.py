"""`initlesson serve` that may open no more files: it waits, says so, and goes on when it may."""

from __future__ import annotations

import resource
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.tui.pty_terminal import RIGHT
from tests.tui.workshop.fake_house import needs_ssh
from tests.tui.workshop.served import Served
from tui.workshop.rehearsal.measuring import processor_seconds

pytestmark = [needs_ssh, pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path / "served", "--open")
    yield made.ready()
    made.stop()


def spare(served: Served, more: int | None) -> None:
    """Let a server open so many files more; None: as many as at first."""
    process = served.process.pid
    hard = resource.prlimit(process, resource.RLIMIT_NOFILE)[1]
    # Files have the lowest numbers that are free, and their number is what is bounded.
    numbers = {int(each.name) for each in Path(f"/proc/{process}/fd").iterdir()}
    free = (number for number in range(hard) if number not in numbers)
    most = hard if more is None else [next(free) for _ in range(more + 1)][-1]
    resource.prlimit(process, resource.RLIMIT_NOFILE, (most, hard))


@pytest.mark.parametrize("way", ["ssh", "socket"])
def test_nobody_can_be_taken_for_a_while(served: Served, way: str) -> None:
    ada = served.learner("Ada")
    ada.wait_for("page 1/")
    spare(served, 2)
    with ExitStack() as waiting:
        for _ in range(40):
            made = socket.socket(socket.AF_INET if way == "ssh" else socket.AF_UNIX)
            waiting.enter_context(made)
            made.connect(("127.0.0.1", served.port) if way == "ssh" else str(served.socket))
        begun, used = time.monotonic(), processor_seconds({served.process.pid})
        served.until(lambda: len(served.events("trouble")) >= 3, "it has tried again")
        spent = processor_seconds({served.process.pid}) - used
        # It tries a few times a second at most, and the log has no more than that.
        assert len(served.events("trouble")) <= 20
        assert spent < (time.monotonic() - begun) / 2
        ada.child.send(RIGHT)
        ada.wait_for("screen 2/25")
    spare(served, None)
    bob = served.learner("Bob")
    bob.wait_for("page 1/", 30)


def test_no_session_can_be_begun_for_a_while(served: Served) -> None:
    ada = served.learner("Ada")
    ada.wait_for("page 1/")
    spare(served, 3)
    bob = served.learner("Bob")
    bob.wait_until(lambda: "try again in a minute" in bob.raw, 30)
    assert bob.wait_for_the_end() == 1
    assert "Traceback" not in bob.raw
    spare(served, None)
    bob = served.learner("Bob")
    bob.wait_for("page 1/", 30)
    ada.child.send(RIGHT)
    ada.wait_for("screen 2/25")
