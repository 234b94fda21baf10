"""The instructor's session over SSH: a process of its own, since there are few of them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from tui.workshop.arrival import Arrival, HouseError
from tui.workshop.maker import PASSED
from tui.workshop.running import GRACE, set_size

OWN_TERMINAL = "INITLESSON_OWN_TERMINAL"
"""In the environment of a room that is to make its standard input the terminal of its process group."""


class InstructorSession:
    """A room on a pseudo-terminal.

    Args:
        arrival: Whose it is.
        terminal: The master end of the pseudo-terminal.
        process: The room's process, which leads a session.

    """

    def __init__(self, arrival: Arrival, terminal: int, process: asyncio.subprocess.Process) -> None:
        self.arrival = arrival
        self.since = time.time()
        self.terminal = terminal
        self._process = process
        self._why = ""
        self.ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting = asyncio.create_task(self._wait())

    def resize(self, columns: int, lines: int) -> None:
        """Give its terminal another size, within what can be drawn."""
        if not self.ended.done():
            set_size(self.terminal, columns, lines)

    def touch(self) -> None:
        """Nobody is counted idle who has the room before them."""

    def hang_up(self, why: str) -> None:
        """End it: politely, and after a while in any case."""
        if not (self._why or self.ended.done()):
            self._why = why
            self._signal(signal.SIGHUP)
            asyncio.get_running_loop().call_later(GRACE, self._signal, signal.SIGKILL)

    async def taken_over(self) -> None:
        """End it: the instructor goes on elsewhere."""
        self.hang_up("taken over")
        await asyncio.wait((self.ended,))

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(number)

    async def _wait(self) -> None:
        status = await self._process.wait()
        self.ended.set_result(self._why or ("quit" if status == 0 else "crashed"))
        # Behind those who wait for it: they take what is left on the terminal.
        asyncio.get_running_loop().call_soon(os.close, self.terminal)


async def instruct(arrival: Arrival, socket: Path, course: Path) -> InstructorSession:
    """Begin an instructor's session.

    Args:
        arrival: Who comes.
        socket: The server's socket.
        course: The folder of the course.

    Raises:
        HouseError: it cannot be begun.

    """
    master, slave = os.openpty()
    try:
        os.set_blocking(master, False)
        set_size(master, arrival.columns, arrival.lines)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "tui.cli", "--course", str(course), "room"),
            *("--socket", str(socket)),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={
                **{name: os.environ[name] for name in PASSED if name in os.environ},
                "TERM": arrival.term,
                "LANG": "C.UTF-8",
                "SSH_CONNECTION": "1",
                OWN_TERMINAL: "1",
            },
        )
    except OSError as error:
        os.close(master)
        raise HouseError(f"The room cannot be opened: {error.strerror}.") from None
    finally:
        os.close(slave)
    return InstructorSession(arrival, master, process)
