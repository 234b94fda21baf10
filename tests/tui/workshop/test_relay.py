"""What `initlesson attach` does with bytes, with the test in the place of the server and of the session."""

from __future__ import annotations

import asyncio
import json
import os
import select
import socket
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pexpect
import pytest

from lessons.course import BUILT_IN, load_course
from tests.tui.pty_terminal import RIGHT
from tests.tui.workshop.sessions import until
from tui.workshop import house
from tui.workshop.house import Bounds
from tui.workshop.serve import Server, Workshop
from tui.workshop.ssh.admission import Admission
from tui.workshop.store.folder import FolderKeeping

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")
HASTY = (
    "import tui.workshop.attach.relay as r, tui.cli, sys; r.STALLED = r.SIGN = 0.5; sys.exit(tui.cli.main())"
)
"""The command, but with less patience."""


class Line:
    """A client that asked for a session, and what the other end of it is."""

    def __init__(self, folder: Path, before: Callable[[Line], None] = lambda _: None) -> None:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(folder / "socket"))
            listening.listen()
            listening.settimeout(30)
            self.client = client(folder / "socket", "Ada")
            self.server, _ = listening.accept()
        self.server.settimeout(30)
        self.asked = json.loads(self.server.recv(4096))
        self.master, self.slave = os.openpty()
        os.set_blocking(self.master, False)
        tty.setraw(self.slave)
        before(self)
        socket.send_fds(self.server, [b"{}\n"], [self.master])
        os.close(self.master)

    def close(self) -> None:
        self.server.close()
        with suppress(OSError):
            os.close(self.slave)
        self.client.close(force=True)

    def read(self, seconds: float = 30) -> bytes:
        """Return what came to the learner's terminal; b"" if nothing did."""
        readable, _, _ = select.select([self.client.child_fd], [], [], seconds)
        try:
            return os.read(self.client.child_fd, 3_000) if readable else b""
        except OSError:
            return b""

    def shown(self) -> bytes:
        """Return all that came until the client has gone."""
        shown = b""
        while piece := self.read():
            shown += piece
        return shown


def client(path: Path, name: str) -> pexpect.spawn[bytes]:
    arguments = ["-c", HASTY, "attach", "--socket", str(path), "--name", name]
    return pexpect.spawn(sys.executable, arguments, timeout=30, env={**os.environ, "TERM": "xterm-256color"})


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Line]]:
    lines = []

    def make(*given: Callable[[Line], None]) -> Line:
        lines.append(Line(tmp_path, *given))
        return lines[-1]

    yield make
    for each in lines:
        each.close()


def last(line: Line, sentence: str, status: int) -> None:
    line.server.sendall(json.dumps({"farewell": sentence, "status": status}).encode() + b"\n")


def test_a_size_that_changed_while_the_session_was_made(start: Callable[..., Line]) -> None:
    line = start(lambda line: line.client.setwinsize(40, 101))
    assert (line.asked["columns"], line.asked["lines"]) == (80, 24)
    end = time.monotonic() + 30
    while termios.tcgetwinsize(line.slave) != (40, 101):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_sizes_that_nobody_can_draw(start: Callable[..., Line]) -> None:
    line = start(lambda line: line.client.setwinsize(65_535, 65_535))
    end = time.monotonic() + 30
    while termios.tcgetwinsize(line.slave) != (200, 400):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_much_is_drawn_for_a_slow_terminal_and_nothing_is_lost(start: Callable[..., Line]) -> None:
    line, shown = start(), b""
    drawn = b"".join(b"%07d " % number for number in range(40_000))
    left = drawn
    while left or len(shown) < len(drawn):
        _, writable, _ = select.select([], [line.slave] * bool(left), [], 0)
        if writable:
            left = left[os.write(line.slave, left[:500]) :]
        shown += line.read(0)
    assert shown == drawn
    os.write(line.slave, b"the last page")
    last(line, "; until next time", 0)
    assert line.shown() == b"the last page; until next time"
    line.client.wait()
    assert line.client.exitstatus == 0


def test_much_is_typed_to_a_slow_session_and_nothing_is_lost(start: Callable[..., Line]) -> None:
    line, came = start(), b""
    os.write(line.slave, b"ready")
    assert line.read() == b"ready"
    typed = b"".join(b"%07d " % number for number in range(10_000))
    left = typed
    while left or len(came) < len(typed):
        readable, writable, _ = select.select([line.slave], [line.client.child_fd] * bool(left), [], 30)
        assert readable or writable
        if writable:
            left = left[os.write(line.client.child_fd, left[:500]) :]
        if readable:
            came += os.read(line.slave, 300)
    assert came == typed


def test_a_terminal_that_takes_nothing_is_left_and_keys_go_on_until_then(start: Callable[..., Line]) -> None:
    line = start()
    os.set_blocking(line.slave, False)
    os.write(line.client.child_fd, b"x")
    assert select.select([line.slave], [], [], 30)[0]
    os.read(line.slave, 1)
    end = time.monotonic() + 30
    while not select.select([line.server], [], [], 0)[0] or line.server.recv(1) != b"":
        assert time.monotonic() < end, "the client has not gone"
        with suppress(BlockingIOError):
            os.write(line.slave, b"flood " * 100)
    line.client.wait()
    assert line.client.exitstatus == 1


def test_a_session_that_lets_its_terminal_go_says_why_later(start: Callable[..., Line]) -> None:
    line = start()
    os.write(line.slave, b"bye")
    assert line.read() == b"bye"
    os.close(line.slave)
    os.write(line.client.child_fd, b"what is typed meanwhile is for nobody")
    last(line, "over", 1)
    assert line.shown().endswith(b"over")
    line.client.wait()
    assert line.client.exitstatus == 1


def test_whatever_a_server_says_there_is_no_traceback(start: Callable[..., Line]) -> None:
    line = start()
    line.server.sendall(b"rubbish\n")
    shown = line.shown()
    assert b"server is gone" in shown
    assert b"Traceback" not in shown


async def test_who_types_is_not_idle_and_who_does_not_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "LOOK", 0.1)
    folder = tmp_path / "class"
    asked = Workshop(
        load_course(BUILT_IN), folder, FolderKeeping(folder), Admission(), host="127.0.0.1", port=0
    )
    async with Server(Workshop(**{**vars(asked), "bounds": Bounds(idle=4)})) as server:
        clients = {name: client(folder / "socket", name) for name in ("Ada", "Bob")}
        for each in clients.values():
            os.set_blocking(each.child_fd, False)
            asyncio.get_running_loop().add_reader(each.child_fd, take, each.child_fd)
        there = server.house.sessions
        await until(lambda: "ada" in there, lambda: "Ada has come")

        def while_ada_types(true: Callable[[], bool]) -> bool:
            os.write(clients["Ada"].child_fd, RIGHT.encode())
            return true()

        await until(lambda: while_ada_types(lambda: "bob" in there), lambda: "Bob has come")
        sessions = dict(there)
        await until(lambda: while_ada_types(sessions["bob"].ended.done), lambda: "Bob has gone")
        assert sessions["bob"].ended.result() == "idle"
        assert not sessions["ada"].ended.done()
        await until(sessions["ada"].ended.done, lambda: "Ada has gone")
        assert sessions["ada"].ended.result() == "idle"
        for each in clients.values():
            asyncio.get_running_loop().remove_reader(each.child_fd)
            each.close(force=True)


def take(file: int) -> None:
    """Take what a client has drawn."""
    try:
        os.read(file, 65_536)
    except OSError:
        asyncio.get_running_loop().remove_reader(file)
