"""`initlesson serve` as a process of its own, as an instructor starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.tui.pty_terminal import COMMAND, Terminal

LIMIT = 60.0
"""Seconds to wait for it to start or to stop."""


class Served:
    """A server, on a free port of loopback.

    Args:
        folder: Where it keeps its files.
        options: More of its options.
        program: What to start, if it is not the installed command.
        env: More of its environment.

    """

    def __init__(
        self, folder: Path, *options: str, program: tuple[str, ...] = (COMMAND,), **env: str
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._told = len(self.events("serving"))
        with (folder / "printed").open("ab") as printed:
            self.process = subprocess.Popen(
                [*program, "serve", "--folder", folder, "--host", "127.0.0.1", "--port", "0", *options],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                env={**os.environ, **env},
                start_new_session=True,
            )

    def ready(self) -> Served:
        """Wait until it serves."""
        self.until(
            lambda: len(self.events("serving")) > self._told or self.process.poll() is not None, "it serves"
        )
        assert self.process.poll() is None, (self.folder / "printed").read_text()
        return self

    @property
    def port(self) -> int:
        return int(self.events("serving")[-1]["port"])

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    def events(self, event: str) -> list[dict[str, Any]]:
        try:
            # The last line may still be written.
            *lines, _ = (self.folder / "log.jsonl").read_text().split("\n")
        except FileNotFoundError:
            return []
        return [line for line in map(json.loads, lines) if line["event"] == event]

    def ends_of(self, name: str) -> list[str]:
        """Return why the sessions of a learner ended."""
        return [event["why"] for event in self.events("ended") if event["name"] == name]

    def until(self, done: Callable[[], object], wanted: str) -> None:
        end = time.monotonic() + LIMIT
        while not done():
            assert time.monotonic() < end, f"{wanted}: {(self.folder / 'printed').read_text()}"
            time.sleep(0.02)

    def sessions(self) -> list[int]:
        """Return the processes of those who are at work."""
        template = self.events("template ready")[-1]["process"]
        return [*map(int, Path(f"/proc/{template}/task/{template}/children").read_text().split())]

    def learner(self, name: str, columns: int = 80, lines: int = 24) -> Terminal:
        """Let a learner come with OpenSSH's client, where anybody may."""
        options = ("-F", "none", "-e", "none", "-o", f"UserKnownHostsFile={self.folder / 'known'}")
        trusting = ("-o", "StrictHostKeyChecking=accept-new", "-o", "IdentityFile=none")
        where = ("-p", str(self.port), "-l", name, "127.0.0.1")
        return Terminal(self.folder, columns, lines, (*options, *trusting, *where), "ssh")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send it a signal, wait for its end, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()
