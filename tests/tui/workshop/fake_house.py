"""A house whose sessions are a small program on a real pseudo-terminal, and a server in front of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pexpect
import pytest

from tui.workshop.arrival import Arrival, HouseError
from tui.workshop.hosting import Hosting
from tui.workshop.log import Log
from tui.workshop.names import Name
from tui.workshop.ssh.admission import Admission
from tui.workshop.ssh.door import DoorBounds
from tui.workshop.ssh.server import Ssh, host_key

T = TypeVar("T")
needs_ssh = pytest.mark.skipif(shutil.which("ssh") is None, reason="OpenSSH's client is not installed")
SESSION = r"""
import os, sys, tty, fcntl, termios, struct
tty.setraw(0)
put = lambda text: os.write(1, text.encode())
put("\x1b[?1049h\x1b[?25lhello " + sys.argv[1] + "\r\n")
total = 0
while True:
    data = os.read(0, 4096)
    if not data: break
    total += len(data)
    for key in data.decode("latin-1"):
        if key == "q": put("\x1b[?1049l"); sys.exit(0)
        if key == "c": sys.exit(3)
        if key == "n": put("total %d\r\n" % total)
        if key == "s":
            put("size %d %d\r\n" % struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))[1::-1])
        if key == "e": put("environment %s\r\n" % sorted(os.environ))
        if key == "f":
            while True: os.write(1, b"flood " * 600)
"""


class FakeRunning:
    def __init__(self, arrival: Arrival, terminal: int, process: asyncio.subprocess.Process) -> None:
        self.arrival, self.since, self.terminal = arrival, time.time(), terminal
        self.ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.process, self.why, self.touched, self.sizes = process, "", 0, [(0, 0)]

    def resize(self, columns: int, lines: int) -> None:
        import termios

        self.sizes.append((columns, lines))
        termios.tcsetwinsize(self.terminal, (lines, columns))

    def hang_up(self, why: str) -> None:
        self.why = self.why or why
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)

    def touch(self) -> None:
        self.touched += 1

    async def taken_over(self) -> None:
        self.hang_up("taken over")
        await asyncio.wait([self.ended])


class FakeHouse:
    def __init__(self) -> None:
        self.here: dict[str, FakeRunning] = {}
        self.past: list[FakeRunning] = []
        self.arrivals: list[Arrival] = []
        self.refusal = ""
        self.fails: Exception | None = None
        self.dies = False
        self._tasks: set[asyncio.Task[None]] = set()

    def full(self, address: str) -> str:
        return self.refusal

    def at_work(self, name: Name) -> FakeRunning | None:
        return self.here.get(name.key)

    async def begin(self, arrival: Arrival) -> FakeRunning:
        self.arrivals.append(arrival)
        if self.fails:
            raise self.fails
        if arrival.name.key in self.here:
            raise HouseError("Somebody else was faster.")
        master, slave = os.openpty()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-S", "-E", "-c", SESSION, arrival.name.key),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": arrival.term},
            start_new_session=True,
        )
        os.close(slave)
        os.set_blocking(master, False)
        running = self.here[arrival.name.key] = FakeRunning(arrival, master, process)
        self.past.append(running)
        self._tasks.add(asyncio.create_task(self._wait(running)))
        if self.dies:
            process.kill()
            await asyncio.wait([running.ended])
        return running

    async def _wait(self, running: FakeRunning) -> None:
        status = await running.process.wait()
        del self.here[running.arrival.name.key]
        running.ended.set_result(running.why or ("quit" if status == 0 else "crashed"))
        await asyncio.sleep(0)
        os.close(running.terminal)


class Place:
    """A server in a thread of its own, and how to reach it with OpenSSH's client.

    Args:
        folder: Where it keeps its files.
        bounds: What a connection may cost.
        admission: What `Admission` takes.

    """

    def __init__(self, folder: Path, bounds: DoorBounds | None = None, **admission: Any) -> None:
        self.folder = folder
        self.house = FakeHouse()
        self.hosting = Hosting(
            self.house,
            Admission(**admission),
            room=self.house.begin,
            bounds=bounds or DoorBounds(),
            log=Log(folder / "log" / "workshop.jsonl"),
        )
        self.ssh = Ssh(self.hosting, host_key(folder / "host_key"))
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.port = self.call(self.ssh.listen("127.0.0.1", 0))

    def call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        return future.result(60)

    def close(self) -> None:
        self.call(self.ssh.close())
        self.until(lambda: not self.house.here, "sessions ended")
        self.call(_settle())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
        self.hosting.log.close()

    def options(self) -> list[str]:
        return [
            *("-F", "none", "-o", f"UserKnownHostsFile={self.folder / 'known'}"),
            *("-o", "GlobalKnownHostsFile=none", "-o", "StrictHostKeyChecking=accept-new"),
            *("-o", "IdentitiesOnly=yes", "-o", "LogLevel=INFO"),
        ]

    def command(self, *more: str, name: str = "ada", key: Path | None = None) -> list[str]:
        identity = ("-i", str(key)) if key else ("-o", "IdentityFile=none")
        return ["ssh", *self.options(), *identity, "-p", str(self.port), "-l", name, *more]

    def terminal(self, *more: str, name: str = "ada", key: Path | None = None, **options: Any) -> Client:
        command, *arguments = self.command(*more, "127.0.0.1", name=name, key=key)
        return pexpect.spawn(command, arguments, encoding="utf-8", timeout=30, **options)

    def events(self, event: str = "") -> list[dict[str, Any]]:
        lines = (self.folder / "log" / "workshop.jsonl").read_text().splitlines()
        return [line for line in map(json.loads, lines) if not event or line["event"] == event]

    def refused(self) -> list[str]:
        return [event["why"] for event in self.events("refused")]

    def until(self, done: Callable[[], object], wanted: str = "it") -> None:
        end = time.monotonic() + 30
        while not done():
            assert time.monotonic() < end, f"{wanted} did not come: {self.events()}"
            time.sleep(0.02)


Client: TypeAlias = "pexpect.spawn[str]"


async def _settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def found(client: Client, wanted: str) -> str:
    """Wait for a text, and return the part of it that is in parentheses."""
    client.expect(wanted)
    assert isinstance(client.match, re.Match)
    return str(client.match.group(1))


def ended(client: Client) -> int | None:
    """Wait until a client has gone, and return its exit status."""
    client.expect(pexpect.EOF)
    client.close()
    return client.exitstatus
