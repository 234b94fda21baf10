"""`initlesson serve`, killed and interrupted at every moment, and learners with the real client."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from tests.tui.workshop.fake_house import Client, ended, needs_ssh

pytestmark = needs_ssh
LIMIT = 30
RIGHT = "\x1b[C"


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + LIMIT
    while not true():
        assert time.monotonic() < end, f"not so: {what}"
        time.sleep(0.02)


def children(process: int) -> list[int]:
    try:
        return [*map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())]
    except FileNotFoundError:
        return []


def living(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


class Serving:
    """A workshop as an instructor holds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None
        self.out = ""

    def begin(self, *more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tui.cli", "serve", "--folder", str(self.folder / "kept")]
        self.process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", "0", "--word", "maple", *more],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self.process

    def start(self) -> None:
        before = len(self.events("serving"))
        process = self.begin()
        until(lambda: len(self.events("serving")) > before or process.poll() is not None, "it serves")
        assert process.poll() is None, process.communicate()
        self.port = int(str(self.events("serving")[-1]["port"]))

    def events(self, event: str) -> list[dict[str, object]]:
        log = self.folder / "kept" / "log.jsonl"
        lines = log.read_text().splitlines() if log.exists() else []
        return [line for line in map(json.loads, lines) if line["event"] == event]

    def template(self) -> int:
        assert self.process
        return children(self.process.pid)[0]

    def sessions(self) -> list[int]:
        return children(self.template())

    def learner(self, name: str) -> Client:
        client: Client = pexpect.spawn(
            "ssh",
            [
                *("-F", "none", "-o", f"UserKnownHostsFile={self.folder / 'known'}"),
                *("-o", "StrictHostKeyChecking=accept-new", "-o", "IdentityFile=none"),
                *("-p", str(self.port), "-l", name, "127.0.0.1"),
            ],
            encoding="utf-8",
            timeout=LIMIT,
            env={**os.environ, "TERM": "xterm-256color"},
            dimensions=(24, 80),
        )
        client.expect_exact("Word of the day: ")
        client.sendline("maple")
        client.expect_exact("\x1b[?1049h")
        return client

    def end(self) -> str:
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        out, _ = self.process.communicate(timeout=LIMIT)
        return out


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    made = Serving(tmp_path)
    yield made
    if made.process:
        made.end()


def test_a_server_that_is_killed_loses_nothing_and_the_next_takes_up_everything(serving: Serving) -> None:
    serving.start()
    assert serving.process
    ada = serving.learner("ada")
    ada.expect("1/25")
    ada.send(RIGHT)
    ada.expect("longer")
    template, sessions = serving.template(), serving.sessions()
    assert len(sessions) == 1
    until(lambda: '"the-symptom"' in str([*map(Path.read_text, kept(serving))]), "it is kept")
    serving.process.kill()
    assert ended(ada) == 255
    until(lambda: not any(map(living, [template, *sessions])), "nothing is left of it")
    serving.process.communicate()
    # Its socket and its lock are still there.
    assert (serving.folder / "kept" / "socket").exists()
    serving.start()
    ada = serving.learner("ada")
    ada.expect("longer")
    ada.send("q")
    assert ended(ada) == 0


def kept(serving: Serving) -> list[Path]:
    return [*(serving.folder / "kept" / "learners").glob("*.json")]


def test_a_session_that_is_killed_ends_with_a_sentence_and_nobody_else_notices(serving: Serving) -> None:
    serving.start()
    ada = serving.learner("ada")
    ada.expect("1/25")
    ada.send(RIGHT)
    ada.expect("longer")
    [session] = serving.sessions()
    bob = serving.learner("bob")
    bob.expect("1/25")
    os.kill(session, signal.SIGKILL)
    ada.expect(re.escape("\x1b[?1049l"))
    ada.expect("The lesson ended by a mistake of its own: what you answered is kept")
    assert ended(ada) == 1
    until(lambda: len(serving.sessions()) == 1, "no zombie is left")
    bob.send(RIGHT)
    bob.expect("longer")
    ada = serving.learner("ada")
    ada.expect("longer")
    for client in (ada, bob):
        client.send("q")
        assert ended(client) == 0
    assert [event["why"] for event in serving.events("ended")] == ["crashed", "quit", "quit"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_start_that_is_interrupted_ends_in_order(serving: Serving, number: signal.Signals) -> None:
    for seconds in (0.0, 0.1, 0.3, 0.6, 1.0):
        process = serving.begin()
        # From the moment when Python has its own handlers; then whatever it is busy with.
        until(lambda process=process: b"tui.cli" in command(process.pid), "it is Python's")  # type: ignore[misc]
        until(lambda: (serving.folder / "kept" / "lock").exists(), "it has begun")
        time.sleep(seconds)
        there = children(process.pid)
        process.send_signal(number)
        out, _ = process.communicate(timeout=LIMIT)
        assert "Traceback" not in out, out
        assert process.returncode in (0, 130, -number, 128 + number), (seconds, process.returncode, out)
        until(lambda there=there: not any(map(living, there)), "no template is left")  # type: ignore[misc]
    serving.start()
    assert "Traceback" not in serving.end()


def command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def test_the_end_is_told_to_everybody(serving: Serving) -> None:
    serving.start()
    assert serving.process
    clients = [serving.learner(name) for name in ("ada", "bob")]
    for client in clients:
        client.expect("1/25")
    template, sessions = serving.template(), serving.sessions()
    out = serving.end()
    assert serving.process.returncode == 0
    assert "Traceback" not in out
    for client in clients:
        client.expect("The workshop stops: what you answered is kept")
        assert ended(client) == 1
    until(lambda: not any(map(living, [template, *sessions])), "nothing is left of it")


@pytest.mark.parametrize("what", ["a file", "too long"])
def test_a_socket_that_cannot_be_made_is_told(serving: Serving, what: str) -> None:
    path = serving.folder / ("thesis" if what == "a file" else "x" * 120)
    if what == "a file":
        path.write_text("years of work")
    process = serving.begin("--attach", str(path))
    out, _ = process.communicate(timeout=LIMIT)
    assert process.returncode == 1
    assert "give another place with --attach" in out
    assert "Traceback" not in out
    assert what == "too long" or path.read_text() == "years of work"
