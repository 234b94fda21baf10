"""One class on two servers: real PostgreSQL, real HAProxy, the real client; one server is killed."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.tui.pty_terminal import ENTER, LEFT, RIGHT, Terminal
from tests.tui.workshop.fake_house import needs_ssh
from tests.tui.workshop.haproxy import HAPROXY, RECIPE, HAProxy
from tests.tui.workshop.postgresql import PostgreSQL
from tests.tui.workshop.served import LIMIT, Served

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux"),
    pytest.mark.skipif(HAPROXY is None, reason="HAProxy is not installed"),
    needs_ssh,
]
NAMES = ("Ada", "Bob", "Cyd", "Dan")


class Instructor:
    """An instructor's screen, as a socket: what it says, and what it hears."""

    def __init__(self, served: Served) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(served.socket))
        self._came = b""
        self.learners: dict[str, dict[str, Any]] = {}
        self.state: dict[str, Any] = {}
        self.do(i="room")

    def do(self, **what: Any) -> None:
        self._socket.sendall(json.dumps(what).encode() + b"\n")

    def hear(self) -> None:
        self._socket.settimeout(0.1)
        try:
            self._came += self._socket.recv(1 << 20)
        except TimeoutError:
            return
        *lines, self._came = self._came.split(b"\n")
        for said in map(json.loads, lines):
            whole = said.get("room", {})
            for learner in [*whole.get("learners", ()), *([said["learner"]] if "learner" in said else ())]:
                self.learners[learner["name"]] = learner
            self.state = whole or said.get("state") or self.state
            if "given" in said:
                self.given()[said["given"]["key"]] = said["given"]

    def given(self) -> dict[str, Any]:
        given: dict[str, Any] = self.state["votes"][-1]["rounds"][-1]["given"] if self.state["votes"] else {}
        return given

    def until(self, true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + LIMIT
        while not true():
            assert time.monotonic() < end, f"{what}: {self.learners} {self.state}"
            self.hear()

    def here(self) -> set[str]:
        return {name for name, learner in self.learners.items() if learner["here"]}

    def close(self) -> None:
        self._socket.close()


class Class:
    """Two servers, a balancer, and whoever comes."""

    def __init__(self, folder: Path, store: str) -> None:
        self.folder = folder
        self.servers: list[Served] = []
        self.proxy: HAProxy | None = None
        self.came: list[Terminal] = []
        self.rooms: list[Instructor] = []
        for name in ("one", "two"):
            own = folder / name
            own.mkdir()
            if self.servers:
                # One key, so that learners know either server for the same.
                shutil.copy2(folder / "one" / "host_key", own / "host_key")
            self.servers.append(Served(own, "--open", INITLESSON_STORE=store))
            self.servers[-1].ready()
        self.proxy = HAProxy(folder, (self.servers[0].port, self.servers[1].port))

    def come(self, name: str) -> Terminal:
        assert self.proxy
        options = ("-F", "none", "-o", "IdentityFile=none", "-o", "GlobalKnownHostsFile=none")
        known = ("-o", f"UserKnownHostsFile={self.folder}/known", "-o", "StrictHostKeyChecking=accept-new")
        arguments = (*options, *known, "-p", str(self.proxy.port), f"{name}@127.0.0.1")
        self.came.append(Terminal(self.folder, arguments=arguments, command="ssh"))
        return self.came[-1]

    def room(self, number: int) -> Instructor:
        self.rooms.append(Instructor(self.servers[number]))
        return self.rooms[-1]

    def at(self, number: int) -> set[str]:
        served = self.servers[number]
        begun = [event["name"] for event in served.events("begun")]
        return {name for name in begun if begun.count(name) > len(served.ends_of(name))}

    def close(self) -> None:
        for room in self.rooms:
            room.close()
        for terminal in self.came:
            terminal.child.close(force=True)
        if self.proxy:
            self.proxy.close()
        for served in self.servers:
            served.stop()


@pytest.fixture
def made(tmp_path: Path, postgresql: PostgreSQL) -> Iterator[Class]:
    made = Class(tmp_path, postgresql.new_database())
    yield made
    made.close()


def predict(terminal: Terminal) -> None:
    """Answer the prediction on the second screen."""
    terminal.wait_for("screen 1/25")
    terminal.child.send(RIGHT)
    terminal.wait_for("how many of the weights are no longer zero?")
    terminal.child.send("3" + ENTER + "3" + ENTER)
    terminal.wait_for("Your prediction is kept (certain)")


def test_the_recipe_as_it_is_is_right() -> None:
    assert HAPROXY
    tried = subprocess.run([HAPROXY, "-c", "-f", RECIPE], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr


def test_one_of_two_servers_is_killed_and_nobody_loses_anything(made: Class) -> None:
    there = {name: made.come(name) for name in NAMES}
    for terminal in there.values():
        terminal.wait_for("screen 1/25")
    first, second = made.at(0), made.at(1)
    assert first
    assert second
    assert first | second == set(NAMES)
    room = made.room(1)
    room.until(lambda: room.here() == set(NAMES), "all are seen at the second server")
    for name in sorted(NAMES, key=lambda name: name in first):
        predict(there[name])
    # In the moment in which the last of them has read that it is kept.
    made.servers[0].stop(signal.SIGKILL)
    for name in first:
        with pytest.raises(pexpect.EOF):
            there[name].wait_for("this never comes", LIMIT)
        there[name].child.close()
        again = there[name] = made.come(name)
        again.wait_for("screen 2/25, page 1/4")
        again.wait_for("Your prediction is kept (certain)")
    assert made.at(1) == set(NAMES)
    room.until(lambda: room.here() == set(NAMES), "all are here again")
    for terminal in there.values():
        terminal.child.send("q")
        terminal.wait_for("Until next time")
    room.until(lambda: not room.here(), "all have gone")
    # The balancer looks in every two seconds, and is nothing to write down.
    for event in ("trouble", "refused", "wrong word"):
        assert made.servers[1].events(event) == []


def test_what_is_done_at_one_server_is_seen_at_the_other(made: Class) -> None:
    there = {name: made.come(name) for name in NAMES[:2]}
    for terminal in there.values():
        terminal.wait_for("screen 1/25")
    assert len(made.at(0)) == len(made.at(1)) == 1
    one, two = made.room(0), made.room(1)
    for room in (one, two):
        room.until(lambda: room.here() == set(there), "both are here")  # noqa: B023
    one.do(do="hold", screen="the-symptom")
    two.do(do="say", text="Five minutes")
    for terminal in there.values():
        terminal.wait_for("screen 2/25, page 1/4, held")
        terminal.wait_for("Five minutes")
    two.do(do="hold", screen=None)
    for terminal in there.values():
        terminal.wait_until(lambda: "held" not in terminal.text(), wanted="nobody is held")  # noqa: B023
    two.do(do="open-vote", screen="the-symptom", question="weights-moved")
    for terminal in there.values():
        terminal.wait_for("Vote")
        terminal.wait_for("All of them")
        terminal.child.send("1" + ENTER + "3" + ENTER)
    for room in (one, two):
        room.until(lambda: set(room.given()) == {"ada", "bob"}, "both votes are counted")  # noqa: B023
    one.do(do="close-vote")
    for terminal in there.values():
        terminal.wait_for("The vote is closed.")


def test_who_comes_while_still_at_work_at_the_other_server_goes_on_where_they_are(made: Class) -> None:
    first = made.come("Ada")
    first.wait_for("screen 1/25")
    # Those who are spread by their number: the next comes to the other server.
    second = made.come("Ada")
    predict(second)
    assert made.at(0) == made.at(1) == {"Ada"}
    first.child.send(RIGHT)
    first.wait_for("screen 2/25")
    first.child.send("q")
    first.wait_for("Until next time")
    second.child.send("q")
    second.wait_for("Until next time")
    again = made.come("Ada")
    again.wait_for("screen 2/25")
    again.child.send(LEFT * 4)
    again.wait_for("screen 1/25")
    again.child.send(RIGHT)
    again.wait_for("Your prediction is kept (certain)")
