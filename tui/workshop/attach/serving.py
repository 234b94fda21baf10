"""The server's end of `initlesson attach`: a session whose bytes somebody else carries."""

from __future__ import annotations

import asyncio
import os
import pwd
import socket
import time
from dataclasses import dataclass
from typing import Any

from tui.driver_tty import sane
from tui.workshop.arrival import Arrival, HouseError, known_term
from tui.workshop.farewell import farewell, status
from tui.workshop.hosting import Hosting
from tui.workshop.house import House
from tui.workshop.lines import line, read_line
from tui.workshop.names import RESERVED, clean, learner_name
from tui.workshop.running import LearnerSession

ASKING = 90.0
"""Seconds to answer a question; the other end asks for a shorter time."""
MOST_SIGNS = 64
"""Signs of keys that may have come at once, where the server was busy for a while."""
MOST_ADDRESS = 64
"""Cells of where somebody says they come from."""


@dataclass(frozen=True)
class User:
    """Who is at the other end, as the system knows them.

    Attributes:
        number: Their user.
        mine: Whether that is the user of the server, or root: they may say who comes, and from where.

    """

    number: int
    mine: bool

    @property
    def login(self) -> str:
        """What the system calls them."""
        try:
            return pwd.getpwuid(self.number).pw_name
        except KeyError:
            return f"user {self.number}"


class Attaching:
    """Gives sessions to those who come by a socket of this host.

    Args:
        house: Where sessions begin.
        hosting: Who writes down what happens.

    """

    def __init__(self, house: House, hosting: Hosting) -> None:
        self._house, self._hosting = house, hosting

    async def begin(
        self, asked: dict[str, Any], user: User, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> LearnerSession:
        """Begin a session for who comes in, once it is clear who they are.

        Args:
            asked: What they asked for.
            user: Who they are.
            reader: What they say.
            writer: Where to answer.

        Raises:
            HouseError: there is none for them, and why.
            ValueError, KeyError, TypeError, OverflowError: it cannot be understood.

        """
        arrival = self._arrival(asked, user)
        house, name = self._house, arrival.name
        if other := self._theirs(arrival):
            about = {"since": other.since, "name": other.arrival.name.shown}
            writer.write(line({"at work": other.arrival.address, **about}))
            async with asyncio.timeout(ASKING):
                answer = await reader.readline()
            if not (answer and read_line(answer).get("take over")):
                raise self._no("not taken over", arrival.address, f"{name.shown} goes on there.", name.shown)
            # Somebody else may have come by that name meanwhile.
            if other := self._theirs(arrival):
                await other.taken_over()
        elif refusal := house.full(arrival.address):
            raise self._no("full", arrival.address, refusal, name.shown)
        session = await house.begin(arrival)
        self._hosting.begun(arrival)
        session.ended.add_done_callback(lambda ended: self._ended(session, ended.result(), writer))
        return session

    async def hand_over(
        self, session: LearnerSession, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Let whoever came in carry the session's bytes themselves, and stay until they go.

        Raises:
            OSError: they have gone already.

        """
        try:
            await writer.drain()
            with socket.socket(fileno=os.dup(writer.get_extra_info("socket").fileno())) as same:
                socket.send_fds(same, [line({"terminal": True})], [session.terminal])
            session.give_away()
            # The keys themselves go another way; who sends more than signs of them is let go.
            while 0 < len(await reader.read(MOST_SIGNS + 1)) <= MOST_SIGNS:
                session.touch()
        finally:
            # Also where it could not be handed over: nobody else would ever end it.
            session.hang_up("hung up")

    def _arrival(self, asked: dict[str, Any], user: User) -> Arrival:
        # Of their own name alone, unless the host's owner vouches for another.
        given = str(asked.get("name") or "") if user.mine else ""
        came = clean(str(asked.get("address", "")), MOST_ADDRESS) if user.mine else ""
        address = came or f"user {user.number}"
        try:
            name = learner_name(given or user.login)
        except ValueError as error:
            raise self._no("name", address, str(error)) from None
        if name.key in RESERVED:
            raise self._no(
                "name", address, f"{name.shown} is nobody's name here: come with another one.", given
            )
        return Arrival(
            name,
            address,
            f"name:{name.key}" if user.mine else f"user:{user.number}",
            known_term(str(asked["term"])),
            *sane(int(asked["columns"]), int(asked["lines"])),
        )

    def _theirs(self, arrival: Arrival) -> LearnerSession | None:
        """Return the session that goes on under a name, if it is theirs; refuse them if it is another's."""
        other, name = self._house.at_work(arrival.name), arrival.name.shown
        if other and other.arrival.credential != arrival.credential:
            sentence = f"{name} is here already: log in again with another name."
            raise self._no("name in use", arrival.address, sentence, name)
        return other

    def _no(self, why: str, address: str, sentence: str, name: str = "") -> HouseError:
        self._hosting.refused(why, address, name)
        return HouseError(sentence)

    def _ended(self, session: LearnerSession, why: str, writer: asyncio.StreamWriter) -> None:
        """Write down why a session is over, and tell whoever carried its bytes."""
        self._hosting.ended(session.arrival, why, time.time() - session.since, None)
        if not writer.is_closing():
            writer.write(
                line({"farewell": farewell(why, session.arrival.term).decode(), "status": status(why)})
            )
            writer.close()
