"""`initlesson serve` and OpenSSH's client: floods, clients that stop, and learners who train for ever."""

from __future__ import annotations

import os
import random
import re
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.workshop_training import make_course
from tests.tui.pty_terminal import COMMAND, ENTER, ESCAPE, LEFT, RIGHT, Terminal
from tests.tui.workshop.fake_house import needs_ssh
from tests.tui.workshop.served import Served

pytestmark = [needs_ssh, pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")]
MEGABYTE = 1 << 20
QUITTING = b"qQ\x03\x04\x11"
GARBAGE = random.Random(7).randbytes(2 * MEGABYTE).translate(None, QUITTING)
IMPATIENT = (sys.executable, "-m", "tests.tui.workshop.impatient")


def memory(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    made: list[Served] = []
    course = make_course(tmp_path / "course")

    def start(program: tuple[str, ...] = (COMMAND,)) -> Served:
        made.append(Served(tmp_path / "served", "--open", "--course", str(course), program=program))
        return made[-1].ready()

    yield start
    for each in made:
        each.stop()


def processor(process: int) -> int:
    """Return the ticks of processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def train(terminal: Terminal) -> None:
    """Begin the run, and see that it goes on."""
    terminal.child.send("\t" + ENTER)
    terminal.wait_until(lambda: bool(re.search(r"step +[1-9][\d,]* of", terminal.text())), 30, "a step")


def come(served: Served, name: str) -> Terminal:
    terminal = served.learner(name)
    terminal.wait_for("page 1/2", 30)
    return terminal


class Pouring(threading.Thread):
    """Types garbage at a megabyte a second, as far as the client takes it, until it is told to stop."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self.terminal, self.took, self.stop = terminal, 0, threading.Event()

    def run(self) -> None:
        file, piece = self.terminal.child.fileno(), MEGABYTE // 50
        os.set_blocking(file, False)
        while not self.stop.wait(0.02):
            begin = self.took % (len(GARBAGE) - piece)
            if select.select([], [file], [], 0)[1]:
                self.took += os.write(file, GARBAGE[begin : begin + piece])
            self.terminal.read(0)
        os.set_blocking(file, True)


def turned(terminal: Terminal) -> None:
    """Close what may be open, and see a key answered."""
    wanted = ""
    end = time.monotonic() + 30
    while not (wanted and wanted in terminal.text()):
        assert time.monotonic() < end, terminal.text()
        if "page 1/2" in terminal.text():
            wanted = "page 2/2"
            terminal.child.send(RIGHT)
        elif "page 2/2" in terminal.text():
            wanted = "page 1/2"
            terminal.child.send(LEFT)
        else:
            terminal.child.send(ESCAPE)
        terminal.read(0.5)


def test_garbage_typed_at_a_megabyte_a_second(serve: Callable[..., Served]) -> None:
    served = serve()
    ada = come(served, "Ada")
    [session] = served.sessions()
    bob = come(served, "Bob")
    before, server = memory(session), memory(served.process.pid)
    pouring = Pouring(ada)
    pouring.start()
    try:
        # More than is read at once.
        served.until(lambda: pouring.took > 400_000 or not pouring.is_alive(), "it is taken")
        turned(bob)
        assert pouring.is_alive()
    finally:
        pouring.stop.set()
        pouring.join()
    turned(ada)
    assert memory(session) - before < 60 * MEGABYTE
    assert memory(served.process.pid) - server < 10 * MEGABYTE
    assert not served.events("fault")


def test_a_storm_of_sizes(serve: Callable[..., Served]) -> None:
    served = serve()
    ada = come(served, "Ada")
    [session] = served.sessions()
    before, server = memory(session), memory(served.process.pid)
    for columns, lines in ((65_535, 65_535), (0, 0), (1, 1), (65_535, 1), (0, 50), (400, 200)) * 20:
        ada.child.setwinsize(lines, columns)
        ada.read(0.01)
    ada.screen.reset()
    ada.resize(80, 24)
    turned(ada)
    assert memory(session) - before < 100 * MEGABYTE
    assert memory(served.process.pid) - server < 10 * MEGABYTE
    assert not served.events("fault")


def test_a_client_that_stops_while_its_session_draws(serve: Callable[..., Served]) -> None:
    served = serve(program=IMPATIENT)
    ada = come(served, "Ada")
    [session] = served.sessions()
    train(ada)
    server = memory(served.process.pid)
    ada.child.kill(signal.SIGSTOP)
    try:
        served.until(lambda: served.ends_of("Ada"), "it is left")
        assert served.ends_of("Ada")[0] in ("stalled", "hung up")
        served.until(lambda: session not in served.sessions(), "its session has gone")
        assert memory(served.process.pid) - server < 10 * MEGABYTE
    finally:
        ada.child.kill(signal.SIGKILL)
        ada.child.kill(signal.SIGCONT)
    turned(come(served, "Ada"))


def test_a_client_that_is_killed(serve: Callable[..., Served]) -> None:
    served = serve()
    ada = come(served, "Ada")
    [session] = served.sessions()
    ada.child.send(RIGHT)
    ada.wait_for("page 2/2")
    ada.child.kill(signal.SIGKILL)
    served.until(lambda: session not in served.sessions(), "its session has gone")
    served.until(lambda: served.ends_of("Ada") == ["hung up"], "that is told")
    served.learner("Ada").wait_for("page 2/2", 30)


def test_learners_who_train_for_ever_are_gone_soon_after_they_hang_up(serve: Callable[..., Served]) -> None:
    served = serve()
    spinning = [come(served, name) for name in ("Ada", "Cyd", "Dan", "Eve")]
    sessions = served.sessions()
    for each in spinning:
        train(each)
    bob = come(served, "Bob")
    for _ in range(3):
        turned(bob)
    # They are at it all the while.
    used = [processor(each) for each in sessions]
    served.until(
        lambda: all(processor(each) > before for each, before in zip(sessions, used, strict=True)),
        "they train",
    )
    for each in spinning:
        each.child.kill(signal.SIGKILL)
    turned(bob)
    served.until(lambda: not set(sessions) & set(served.sessions()), "they have gone")
    turned(bob)
    assert not served.events("fault")
