"""Everybody who is at work: sessions begin here, are bounded here, and end here."""

from __future__ import annotations

import asyncio
import os
import socket
import termios
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from tui.workshop.arrival import Arrival, HouseError
from tui.workshop.hub import Hub
from tui.workshop.keeper import NOT_THEIRS, Keeper, Record
from tui.workshop.lines import MOST_LINE
from tui.workshop.maker import Maker, MakerError
from tui.workshop.names import Name
from tui.workshop.running import LearnerSession, set_size
from tui.workshop.store.keeping import Keeping, KeepingError

LOOK = 10.0
"""Seconds between two looks at whose time is over."""


@dataclass(frozen=True)
class Bounds:
    """What a class may take of the host.

    Attributes:
        sessions: At the same time.
        of_address: The same from one address, behind which there may be a whole school.
        idle: Seconds without a key after which a session ends.
        whole: Seconds after which it ends in any case.
        memory: Megabytes that a session may take beyond what all share.
        processor: Seconds of processor time.
        first_user: The first of as many users as there may be sessions, one for each of them; None to let
            sessions be of the server's own user.

    """

    sessions: int = 400
    of_address: int = 400
    idle: float = 3_600.0
    whole: float = 6 * 3_600.0
    memory: int = 256
    processor: int = 3_600
    first_user: int | None = None


@dataclass
class House:
    """Begins sessions and knows them.

    Attributes:
        hub: The room.
        keeping: Where learners are kept.
        maker: Makes sessions.
        bounds: How many, and how much.
        server: The name of this server, for others that share the store; "" if there are none.
        tell: Called with an event and what there is to say about it, for the log.

    """

    hub: Hub
    keeping: Keeping
    maker: Maker
    bounds: Bounds
    server: str
    tell: Callable[..., None]
    sessions: dict[str, LearnerSession] = field(default_factory=dict)
    _beginning: set[str] = field(default_factory=set)
    _users: set[int] = field(default_factory=set)
    _closing: bool = False

    def full(self, address: str) -> str:
        """Return why nobody else may come from an address, or ""."""
        if self._closing:
            return "The workshop stops: come back later."
        there = [*self.sessions.values()]
        if len(there) + len(self._beginning) >= self.bounds.sessions:
            return "The workshop is full: try again when somebody has left."
        if sum(each.arrival.address == address for each in there) >= self.bounds.of_address:
            return "Too many come from your address: try again when somebody has left."
        return ""

    def at_work(self, name: Name) -> LearnerSession | None:
        """Return the session of a learner, if there is one."""
        return self.sessions.get(name.key)

    async def begin(self, arrival: Arrival) -> LearnerSession:
        """Begin a session.

        Raises:
            HouseError: it cannot be, and why.

        """
        key = arrival.name.key
        if key in self.sessions or key in self._beginning:
            raise HouseError(f"{arrival.name.shown} is here already: log in again with another name.")
        if refusal := self.full(arrival.address):
            raise HouseError(refusal)
        self._beginning.add(key)
        user = self._user()
        session = None
        try:
            # Where that cannot be read, nothing of theirs can be read in the session either.
            with suppress(KeepingError):
                await self._admit(arrival)
            session = await self._make(arrival, user)
        except MakerError as error:
            raise HouseError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise HouseError(f"The workshop's host is full ({why}): try again in a minute.") from None
        finally:
            self._beginning.discard(key)
            if session is None:
                self._free(user)
        session.ended.add_done_callback(lambda _: self._gone(session, user))
        if self._closing:
            session.hang_up("server stops")
        return session

    async def _admit(self, arrival: Arrival) -> None:
        """Refuse who comes by a name that is another's."""
        there = await self.keeping.load("learner", arrival.name.key)
        if there is None:
            return
        with suppress(ValueError):
            if Record.from_json(there.text, self.hub.course.slug).is_of_another(arrival.credential):
                raise HouseError(NOT_THEIRS)

    async def _make(self, arrival: Arrival, user: int | None) -> LearnerSession:
        """Return a new session, whose lines are served from now on."""
        with ExitStack() as ours:
            with ExitStack() as its:
                master, slave = os.openpty()
                ours.callback(os.close, master)
                its.callback(os.close, slave)
                keep, its_keep = _pair(ours, its)
                room, its_room = _pair(ours, its)
                os.set_blocking(master, False)
                set_size(master, arrival.columns, arrival.lines)
                _no_signals(slave)
                request = {"environment": _environment(arrival), "limits": self._limits(user)}
                born = await self.maker.make(request, (slave, its_keep.fileno(), its_room.fileno()))
                ours.callback(os.close, born.handle)
            reader, writer = await asyncio.open_connection(sock=room, limit=MOST_LINE)
            asking = await asyncio.open_connection(sock=keep, limit=MOST_LINE)
            # From here on they are the session's.
            ours.pop_all()
        session = LearnerSession(arrival, master, born, writer, self._heard)
        self.sessions[arrival.name.key] = session
        keeper = self._keeper(session)
        session.serve(session.listen(reader), keeper.serve(*asking))
        session.ended.add_done_callback(lambda _: session.serve(keeper.leave()))
        self.hub.joined(arrival.name.key, session)
        return session

    def _keeper(self, session: LearnerSession) -> Keeper:
        name = session.arrival.name

        def owing(owing: bool) -> None:
            session.unkept = owing

        return Keeper(
            name,
            self.hub.course.slug,
            self.keeping,
            self.server,
            credential=session.arrival.credential,
            now=time.time,
            noted=lambda record: self.hub.note(name, record, not session.ended.done()),
            owing=owing,
        )

    def _heard(self, session: LearnerSession, said: dict[str, Any]) -> None:
        """Do what a session says to the room."""
        if "vote" in said:
            self.hub.vote(session.arrival.name.key, said)
        elif "fault" in said:
            self.tell("fault", name=session.arrival.name.shown, fault=str(said["fault"]))

    def _gone(self, session: LearnerSession, user: int | None) -> None:
        self.sessions.pop(session.arrival.name.key, None)
        self.hub.left(session.arrival.name)
        self._free(user)

    def _limits(self, user: int | None) -> dict[str, Any]:
        limits: dict[str, Any] = {
            "memory": self.bounds.memory << 20,
            "seconds": self.bounds.processor,
            "user": user,
        }
        if user is not None:
            # Of a user with one session these are counted for that session alone.
            limits["processes"] = 32
        return limits

    def _user(self) -> int | None:
        first = self.bounds.first_user
        if first is None:
            return None
        users = range(first, first + 2 * self.bounds.sessions)
        user = next(each for each in users if each not in self._users)
        self._users.add(user)
        return user

    def _free(self, user: int | None) -> None:
        if user is not None:
            self._users.discard(user)

    async def watch_the_clock(self) -> None:
        """End the sessions whose time is over, for ever."""
        while True:
            await asyncio.sleep(LOOK)
            now = time.monotonic()
            for session in [*self.sessions.values()]:
                if now - session.touched > self.bounds.idle:
                    session.hang_up("idle")
                elif now - session.began > self.bounds.whole:
                    session.hang_up("time")

    async def close(self) -> None:
        """End all sessions, in order, and begin no more."""
        self._closing = True
        there = [*self.sessions.values()]
        for session in there:
            session.hang_up("server stops")
        for session in there:
            await session.over()


def _pair(ours: ExitStack, its: ExitStack) -> tuple[socket.socket, socket.socket]:
    """Return the two ends of a line, each closed with its stack."""
    mine, other = socket.socketpair()
    return ours.enter_context(mine), its.enter_context(other)


def _no_signals(terminal: int) -> None:
    """Let no key end, stop or echo in a session before it reads keys itself."""
    modes = termios.tcgetattr(terminal)
    modes[3] &= ~(termios.ISIG | termios.ECHO)
    termios.tcsetattr(terminal, termios.TCSANOW, modes)


def _environment(arrival: Arrival) -> dict[str, str]:
    """Return all that a session finds in its environment."""
    return {"TERM": arrival.term, "LANG": "C.UTF-8", "HOME": "/", "PATH": os.defpath}
