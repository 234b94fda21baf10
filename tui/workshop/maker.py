"""The server's end of the template: starts it, asks it for sessions, and starts another when it dies."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.workshop.lines import close_all, receive_packet, send_packet

START = 60.0
"""Seconds that a template may take to be ready."""
PATIENCE = 10.0
"""Seconds that it may take to fork."""
PAUSE = 0.5
"""Seconds between the death of a template and the next one: a fault must not keep a processor busy."""
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "OPENBLAS_NUM_THREADS": "1",
    "TEXTUAL_ANIMATIONS": "none",
    # An arena for each thread would be counted against a session's memory, used or not.
    "MALLOC_ARENA_MAX": "1",
}
"""All that a template finds in its environment, but for what starts Python."""
PASSED = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


class MakerError(Exception):
    """No session could be made, and why."""


@dataclass(frozen=True)
class Born:
    """A session that was made.

    Attributes:
        process: Its number.
        handle: An open file that stands for the process and nothing that comes after it (a pidfd).

    """

    process: int
    handle: int


class Maker:
    """Makes sessions.

    Args:
        folder: The course.
        tell: Called with an event and what there is to say about it, for the log.

    """

    def __init__(self, folder: Path, tell: Callable[..., None]) -> None:
        self._folder = folder
        self._tell = tell
        self._number = 0
        self._asked: dict[int, asyncio.Future[Born]] = {}
        self._control: socket.socket | None = None
        self._ready = asyncio.Event()
        self._living: asyncio.Task[None] | None = None
        self._ends = False
        self._process: asyncio.subprocess.Process | None = None

    @property
    def process(self) -> int:
        """The number of the template's process; 0 before there is one."""
        return self._process.pid if self._process else 0

    async def start(self) -> None:
        """Start a template, and return when it is ready.

        Raises:
            MakerError: it does not come to be.

        """
        self._living = asyncio.create_task(self._live())
        ready = asyncio.create_task(self._ready.wait())
        done, _ = await asyncio.wait(
            (self._living, ready), timeout=START, return_when=asyncio.FIRST_COMPLETED
        )
        if ready not in done:
            ready.cancel()
            await self.end()
            raise MakerError("the lesson cannot be started; INITLESSON_DEBUG=1 shows why")

    async def end(self) -> None:
        """End the template; the sessions that it has made go on."""
        self._ends = True
        # It ends when nobody asks it any more.
        self._lose()
        if self._living and self._process:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._process.wait()), PATIENCE)
            with suppress(ProcessLookupError):
                self._process.kill()
            self._living.cancel()
            with suppress(asyncio.CancelledError):
                await self._living

    async def make(self, request: dict[str, Any], files: tuple[int, int, int]) -> Born:
        """Return a new session.

        Args:
            request: Its `environment` and its `limits`.
            files: Its terminal, its socket to what keeps its document, and that to the room.

        Raises:
            MakerError: there is none.

        """
        for _ in range(2):
            self._number += 1
            number = self._number
            try:
                async with asyncio.timeout(START):
                    await self._ready.wait()
                answer = self._asked[number] = asyncio.get_running_loop().create_future()
                assert self._control
                send_packet(self._control, {**request, "number": number}, files)
                async with asyncio.timeout(PATIENCE):
                    born: Born = await answer
                    return born
            except (OSError, TimeoutError):
                # It has died meanwhile, and another one is on its way; a session that was made after all
                # finds that nobody has the other end of its terminal.
                continue
            finally:
                self._asked.pop(number, None)
        raise MakerError("no session could be begun; try again in a minute")

    async def _live(self) -> None:
        """Have a template as long as the server lives."""
        while True:
            mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            mine.setblocking(False)
            with its:
                process = self._process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    *("-P", "-m", "tui.workshop.template", str(self._folder)),
                    stdin=its.fileno(),
                    stdout=None if os.environ.get("INITLESSON_DEBUG") else asyncio.subprocess.DEVNULL,
                    stderr=None if os.environ.get("INITLESSON_DEBUG") else asyncio.subprocess.DEVNULL,
                    env=ENVIRONMENT | {name: os.environ[name] for name in PASSED if name in os.environ},
                    # Not to get what is typed for the server: Ctrl+C ends the server, in order.
                    start_new_session=True,
                )
            self._control = mine
            loop = asyncio.get_running_loop()
            loop.add_reader(mine, self._hear)
            try:
                status = await process.wait()
            finally:
                if self._control is mine:
                    self._lose()
            self._tell("template ended", status=status)
            if self._ends:
                return
            await asyncio.sleep(PAUSE)

    def _lose(self) -> None:
        """Take it that the template is gone."""
        self._ready.clear()
        if self._control:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(OSError("the template is gone"))

    def _hear(self) -> None:
        assert self._control
        try:
            packet = receive_packet(self._control)
        except BlockingIOError:
            return
        except OSError:
            packet = None
        if packet is None:
            asyncio.get_running_loop().remove_reader(self._control)
            return
        said, files = packet
        if said.get("ready"):
            self._tell("template ready", process=said["process"])
            self._ready.set()
            return
        answer = self._asked.get(said["number"])
        if answer is None or answer.done():
            close_all(*files)
        elif "error" in said:
            answer.set_exception(MakerError(f"no session could be begun: {said['error']}"))
        else:
            answer.set_result(Born(said["process"], files[0]))
