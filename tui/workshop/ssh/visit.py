"""One session channel: a terminal, questions if there are any, the lesson, and good-bye."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

import asyncssh

from tui.driver_tty import sane
from tui.workshop.arrival import Arrival, HouseError, Running, known_term
from tui.workshop.farewell import farewell, status
from tui.workshop.hosting import Hosting
from tui.workshop.names import RESERVED, Name, learner_name
from tui.workshop.ssh.carrying import HIGH, LOW, Carrier
from tui.workshop.ssh.door import Guard

NO_TERMINAL = "This is a lesson for a terminal: come without a command, with ssh -t."
NO_COMMAND = "Nothing but the lesson runs here: come without a command."
MOST_TYPED = 4096
"""Bytes that may be typed before there is somebody to read them."""


class Visit(asyncssh.SSHServerSession[bytes]):
    """What one connection gets.

    Args:
        hosting: The house, and whoever writes down what happens.
        guard: The connection.
        refused: Hears of what is not done here.
        name: Whom they say they are.
        credential: What they came in with.

    """

    def __init__(
        self, hosting: Hosting, guard: Guard, refused: Callable[[str], object], name: str, credential: str
    ) -> None:
        self.name, self.credential = name, credential
        self.running: Running | None = None
        self._hosting, self._guard, self._refused = hosting, guard, refused
        self._size = (80, 24)
        self._term: str | None = None
        self._refusal = ""
        self._typed = bytearray()
        self._came = asyncio.Event()
        self._carrier: Carrier | None = None
        self._task: asyncio.Task[None] | None = None

    # What is asked for

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Keep the channel."""
        self._channel = chan
        chan.set_write_buffer_limits(HIGH, LOW)

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:
        """Promise a terminal."""
        self._term = known_term(term_type)
        self._size = sane(*term_size[:2])
        return True

    def shell_requested(self) -> bool:
        """Give the lesson, where there is a terminal."""
        if self._term is None:
            self._refused("no terminal")
            self._refusal = NO_TERMINAL
        return True

    def exec_requested(self, command: str) -> bool:
        """Say that no command is run."""
        self._refused("command")
        self._refusal = NO_COMMAND
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        """Refuse it."""
        self._refused("subsystem")
        self._guard.close_soon()
        return False

    def session_started(self) -> None:
        """Begin."""
        if self._refusal:
            self._channel.write_stderr(f"{self._refusal}\r\n".encode())
            self._end(1)
        else:
            self._task = asyncio.get_running_loop().create_task(self._visit())

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Pass on the new size, within what can be drawn."""
        self._size = sane(width, height)
        if self.running:
            self.running.resize(*self._size)

    # What comes and goes

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        """Take what was typed."""
        if self._carrier and self.running:
            self.running.touch()
            self._carrier.type(data)
            return
        self._typed += data
        self._came.set()
        if len(self._typed) > MOST_TYPED:
            self._channel.pause_reading()

    def eof_received(self) -> bool:
        """Keep the other direction open: there may still be somebody who reads."""
        return True

    def pause_writing(self) -> None:
        """Read nothing of the session for now."""
        if self._carrier:
            self._carrier.hold("channel")

    def resume_writing(self) -> None:
        """Read it again."""
        if self._carrier:
            self._carrier.go("channel")

    def connection_lost(self, exc: Exception | None) -> None:
        """End what is running: nobody is there any more."""
        if self._carrier:
            self._carrier.stop()
        if self.running:
            self.running.hang_up(self._guard.why)
        self._came.set()
        self._guard.close()

    # The visit itself

    async def _visit(self) -> None:
        try:
            self._carry(await self._begin())
        except HouseError as error:
            self._say(f"{error}\r\n")
            self._end(1)
        except Exception as error:
            self._hosting.log.write("trouble", of="visit", why=f"{type(error).__name__}: {error}")
            self._say("The workshop made a mistake of its own: try again, or tell the instructor.\r\n")
            if self.running:
                self.running.hang_up("crashed")
            self._end(1)

    def _carry(self, running: Running) -> None:
        self.running = running
        self._guard.settled()
        self._guard.stopping = running.hang_up
        self._hosting.begun(running.arrival)
        running.ended.add_done_callback(self._ended)
        if self._channel.is_closing():
            running.hang_up(self._guard.why)
        elif not running.ended.done():
            running.resize(*self._size)
            self._carrier = Carrier(
                self._channel,
                running.terminal,
                self._guard.bounds.stalled,
                lambda: running.hang_up("stalled"),
            )
            self._carrier.first = self._first_screen
            self._guard.reading = self._carrier
            if self._typed:
                self._carrier.type(bytes(self._typed))

    async def _begin(self) -> Running:
        hosting, address = self._hosting, self._guard.address
        try:
            name = learner_name(self.name)
        except ValueError as error:
            raise self._no("name", str(error)) from None
        arrival = Arrival(name, address, self.credential, self._term or "", *self._size)
        if name.key in RESERVED:
            if not hosting.room:
                raise self._no("room", "There is no room to look at here.")
            return await hosting.room(arrival)
        if refusal := hosting.house.full(address):
            raise self._no("full", refusal)
        if (other := self._theirs(name)) and not await self._asked(other):
            raise self._no(
                "not taken over",
                f"{name.shown} goes on there. If that is not you, log in with another name.",
            )
        # Somebody else may have come by that name meanwhile.
        if other := self._theirs(name):
            await other.taken_over()
        return await hosting.house.begin(arrival)

    def _theirs(self, name: Name) -> Running | None:
        """Return the session that goes on under a name, if it is theirs; refuse them if it is another's."""
        other = self._hosting.house.at_work(name)
        if other and not (self.credential and other.arrival.credential == self.credential):
            raise self._no(
                "name in use",
                f"{name.shown} is here already. If that is you, try again in a minute; "
                "otherwise log in with another name.",
            )
        return other

    async def _asked(self, other: Running) -> bool:
        minutes = int(time.time() - other.since) // 60
        who, where = other.arrival.name.shown, other.arrival.address
        self._say(f"{who} is here already, from {where}, for {minutes} min.\r\n")
        self._say("Is that you? y: go on here, and end it there. n: change nothing. ")
        answer = ""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._guard.bounds.asking):
                while not (answer or self._channel.is_closing()):
                    await self._came.wait()
                    self._came.clear()
                    typed = self._typed.decode("ascii", "replace").lower()
                    self._typed.clear()
                    self._channel.resume_reading()
                    answer = next((key for key in typed if key in "yn\r\n\x03\x04\x1b"), "")
        self._say("y\r\n" if answer == "y" else "n\r\n")
        return answer == "y"

    def _no(self, reason: str, sentence: str) -> HouseError:
        self._refused(reason)
        return HouseError(sentence)

    def _say(self, text: str) -> None:
        if not self._channel.is_closing():
            self._channel.write(text.encode())

    def _first_screen(self) -> None:
        self._hosting.metrics.first.observe(time.monotonic() - self._guard.made)

    def _ended(self, ended: asyncio.Future[str]) -> None:
        why = "crashed" if ended.cancelled() or ended.exception() else ended.result()
        assert self.running
        running, carrier = self.running, self._carrier
        if carrier:
            carrier.stop()
        self._guard.reading = self._guard.stopping = self._carrier = None
        sent = carrier.sent if carrier else 0
        self._hosting.ended(running.arrival, why, time.time() - running.since, sent)
        if not self._channel.is_closing():
            about = running.arrival
            self._channel.write(farewell(why, about.term, instructor=about.name.key in RESERVED))
            self._end(status(why))

    def _end(self, exit_status: int) -> None:
        if not self._channel.is_closing():
            self._channel.exit(exit_status)
        self._guard.close_soon()
