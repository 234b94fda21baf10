"""What a session could do to its host if it were no longer the lesson."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tui.workshop.lines import receive_packet, send_packet
from tui.workshop.session.landlock import version

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")
USER = 310_000
LIMIT = 30
ROOT = os.getuid() == 0
locked = pytest.mark.skipif(
    sys.platform == "linux" and version() < 6, reason="this kernel has no Landlock that can do it"
)
DENIED = {"EPERM", "EACCES"}


class Prison:
    """A template whose sessions attack."""

    def __init__(self) -> None:
        self.control, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.settimeout(LIMIT)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.tui.workshop.prison"], stdin=its.fileno()
        )
        its.close()
        self.number = 0

    def fork(self, attack: str, about: Any = None, user: int = USER, **limits: Any) -> Prisoner:
        """Have a session do something."""
        self.number += 1
        if ROOT:
            limits["user"] = user
        master, slave = os.openpty()
        (keep, its_keep), (room, its_room) = socket.socketpair(), socket.socketpair()
        request = {"attack": attack, "about": about, "environment": {"TERM": "xterm"}, "limits": limits}
        files = (slave, its_keep.fileno(), its_room.fileno())
        send_packet(self.control, {**request, "number": self.number}, files)
        for each in (its_keep, its_room):
            each.close()
        os.close(slave)
        room.settimeout(LIMIT)
        packet = receive_packet(self.control)
        assert packet
        told, handles = packet
        assert told["number"] == self.number
        return Prisoner(told, handles, master, keep, room)

    def children(self) -> int:
        process = self.process.pid
        return len(Path(f"/proc/{process}/task/{process}/children").read_text().split())

    def close(self) -> None:
        self.control.close()
        assert self.process.wait(LIMIT) == 0


class Prisoner:
    """A session that attacks."""

    def __init__(
        self, told: dict[str, Any], handles: list[int], master: int, keep: socket.socket, room: socket.socket
    ) -> None:
        self.told, self.handles, self._master, self._keep, self._room = told, handles, master, keep, room

    def says(self) -> Any:
        """Return what it has to say, and let it go; None if it died without a word."""
        said = b""
        while data := self._room.recv(65_536):
            said += data
        assert select.select(self.handles, [], [], LIMIT)[0], "it goes on"
        self.close()
        return json.loads(said) if said else None

    def close(self) -> None:
        os.close(self._master)
        self._keep.close()
        self._room.close()
        for handle in self.handles:
            os.close(handle)


@pytest.fixture
def prison() -> Iterator[Prison]:
    made = Prison()
    yield made
    made.close()


def test_a_session_has_only_what_it_needs(prison: Prison) -> None:
    said = prison.fork("state").says()
    assert said["files"] == [0, 1, 2, 3, 4]
    assert said["environment"] == {"TERM": "xterm"}
    assert said["leader"]
    assert said["no new privileges"] == "1"
    assert said["dumpable"] == 0
    assert said["threads"] == 1
    assert said["nice"] == 5
    assert int(said["blocked"], 16) == 0
    # Python's own: SIGPIPE and SIGXFSZ are errors instead.
    assert int(said["ignored"], 16) == 1 << (signal.SIGPIPE - 1) | 1 << (signal.SIGXFSZ - 1)
    assert int(said["caught"], 16) == 0
    if ROOT:
        assert said["ids"] == [USER] * 6
        assert said["groups"] == []
        assert int(said["capabilities"], 16) == 0


@locked
def test_a_session_writes_makes_and_removes_no_file(prison: Prison, tmp_path: Path) -> None:
    if ROOT:
        # Even in a folder of its own.
        os.chown(tmp_path, USER, USER)
        for folder in tmp_path.parents[:2]:
            folder.chmod(folder.stat().st_mode | 0o011)
    (tmp_path / "file").write_text("kept")
    if ROOT:
        os.chown(tmp_path / "file", USER, USER)
    said = prison.fork("write", str(tmp_path)).says()
    assert set(said) <= DENIED | {"EXDEV", "EFBIG"}, said
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "kept"


@locked
def test_a_session_runs_no_program(prison: Prison) -> None:
    assert set(prison.fork("run").says()) <= DENIED


def test_a_session_gets_no_more_memory_than_its_own(prison: Prison) -> None:
    got = prison.fork("memory", 64 << 20, memory=64 << 20).says()
    assert 16 <= got <= 64


def test_a_session_that_spins_is_ended_by_the_system(prison: Prison) -> None:
    assert prison.fork("spin", seconds=1).says() is None


@pytest.mark.skipif(not ROOT, reason="processes are counted for a user, who has others here")
@pytest.mark.parametrize("attack", ["threads", "processes"])
def test_a_session_starts_no_crowd(prison: Prison, attack: str) -> None:
    count = prison.fork(attack, processes=32, user=USER + 1).says()
    assert 0 <= count < 32


@locked
def test_a_session_reaches_nobody_else(prison: Prison, tmp_path: Path) -> None:
    other = prison.fork("spin", seconds=20, user=USER + (2 if ROOT else 0))
    with socket.create_server(("127.0.0.1", 0)) as port, socket.socket(socket.AF_UNIX) as unix:
        unix.bind("\0initlesson-test-" + str(os.getpid()))
        unix.listen()
        about = {
            "processes": [os.getpid(), prison.process.pid, other.told["process"]],
            "port": port.getsockname()[1],
            "socket": "\0initlesson-test-" + str(os.getpid()),
        }
        said = prison.fork("reach", about).says()
    os.kill(other.told["process"], signal.SIGKILL)
    other.says()
    assert set(said) <= DENIED, said


def test_no_child_stays_and_numbers_are_never_mixed_up(prison: Prison) -> None:
    many = [prison.fork("state", user=USER + number) for number in range(40)]
    assert len({each.told["process"] for each in many}) == 40
    for number, each in enumerate(many):
        about = Path(f"/proc/self/fdinfo/{each.handles[0]}").read_text()
        assert f"Pid:\t{each.told['process']}\n" in about or "Pid:\t-1\n" in about
        said = each.says()
        assert said["files"] == [0, 1, 2, 3, 4]
        assert not ROOT or said["ids"][0] == USER + number
    end = time.monotonic() + LIMIT
    while prison.children() and time.monotonic() < end:
        time.sleep(0.01)
    assert prison.children() == 0
    inside = Path(f"/proc/{prison.process.pid}/fd")
    assert len(list(inside.iterdir())) <= 7


@pytest.mark.skipif(not ROOT, reason="only a user without other processes can be kept from having more")
def test_a_template_that_cannot_fork_says_so_and_goes_on(prison: Prison) -> None:
    prison.fork("state").says()
    pid = prison.process.pid
    # Root may always fork, but not without a number for the handle.
    soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (7, hard))
    refused = prison.fork("state")
    assert refused.told["error"] == os.strerror(24)
    assert not refused.handles
    refused.close()
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
    assert prison.fork("state").says()
    with suppress(ChildProcessError):
        assert prison.children() <= 1
