"""The server's end of the template: starts it, asks it for sessions, and starts another when it dies."""

from __future__ import annotations

import asyncio
import errno
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
PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between the death of a template and the next one; they double for one that never was ready: a fault
must not keep a processor busy."""
AT_ONCE = 16
"""Sessions that a template is asked for before it has answered: what it does not read yet must fit into its
socket, and the system bounds the open files that are on their way."""
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
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._living: asyncio.Task[None] | None = None
        self._ends = self._was_ready = False
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
        try:
            done, _ = await asyncio.wait(
                (self._living, ready), timeout=START, return_when=asyncio.FIRST_COMPLETED
            )
        except BaseException:
            await self.end()
            raise
        finally:
            ready.cancel()
        if ready not in done:
            await self.end()
            raise MakerError("the lesson cannot be started; INITLESSON_DEBUG=1 shows why")

    async def end(self) -> None:
        """End the template; the sessions that it has made go on."""
        self._ends = True
        begun = self._ready.is_set()
        # It ends when nobody asks it any more.
        self._lose()
        if self._process and begun:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._process.wait()), PATIENCE)
        self._kill()
        if self._living:
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
        with suppress(TimeoutError):
            async with asyncio.timeout(START), self._turn:
                for _ in range(2):
                    await self._ready.wait()
                    with suppress(ConnectionError):
                        return await self._ask(request, files)
        raise MakerError("no session could be begun; try again in a minute")

    async def _ask(self, request: dict[str, Any], files: tuple[int, int, int]) -> Born:
        """Ask the template that is ready for a session.

        Raises:
            ConnectionError: it is gone, and another one is on its way. A session that was made after all
                finds that nobody has the other end of its terminal.

        """
        self._number += 1
        number = self._number
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        control = self._control
        assert control
        try:
            send_packet(control, {**request, "number": number}, files)
            async with asyncio.timeout(PATIENCE):
                born: Born = await answer
                return born
        except (TimeoutError, ConnectionError):
            # It is dead, or hangs; the next one may not.
            if self._control is control:
                self._lose()
                self._kill()
            raise ConnectionError("the template does not answer") from None
        finally:
            del self._asked[number]

    async def _live(self) -> None:
        """Have a template as long as the server lives, unless the first one already comes to nothing."""
        pause = PAUSE
        was_ready = False
        while not self._ends:
            status: int | str | None
            try:
                status = await self._run()
            except OSError as error:
                status = error.strerror
            pause = PAUSE if self._was_ready else min(2 * pause, LONGEST_PAUSE)
            was_ready = was_ready or self._was_ready
            self._tell("template ended", status=status)
            if not was_ready:
                return
            await asyncio.sleep(pause)

    async def _run(self) -> int:
        """Run one template, and return its exit status."""
        self._was_ready = False
        mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its, mine:
            mine.setblocking(False)
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-P", "-m", "tui.workshop.session.template", str(self._folder)),
                stdin=its.fileno(),
                stdout=None if os.environ.get("INITLESSON_DEBUG") else asyncio.subprocess.DEVNULL,
                stderr=None if os.environ.get("INITLESSON_DEBUG") else asyncio.subprocess.DEVNULL,
                env=ENVIRONMENT | {name: os.environ[name] for name in PASSED if name in os.environ},
                # Not to get what is typed for the server: Ctrl+C ends the server, in order.
                start_new_session=True,
            )
            its.close()
            self._control = mine
            asyncio.get_running_loop().add_reader(mine, self._hear)
            try:
                return await process.wait()
            finally:
                if self._control is mine:
                    self._lose()

    def _lose(self) -> None:
        """Take it that the template is gone."""
        self._ready.clear()
        if self._control:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(ConnectionError("the template is gone"))

    def _kill(self) -> None:
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()

    def _hear(self) -> None:
        assert self._control
        try:
            packet = receive_packet(self._control)
        except BlockingIOError:
            return
        except OSError:
            packet = None
        if packet is None:
            self._lose()
            self._kill()
            return
        said, files = packet
        if said.get("ready"):
            self._tell("template ready", process=said["process"])
            self._was_ready = True
            self._ready.set()
            return
        answer = self._asked.get(said["number"])
        if answer is None or answer.done():
            close_all(*files)
        elif "error" in said:
            answer.set_exception(MakerError(f"no session could be begun: {said['error']}"))
        elif not files:
            # Nobody may be called by a number alone: it could be another's by now. It finds itself hung up.
            answer.set_exception(OSError(errno.EMFILE, os.strerror(errno.EMFILE)))
        else:
            answer.set_result(Born(said["process"], files[0]))
