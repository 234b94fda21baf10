"""The server's end of `initlesson attach`: a session whose bytes somebody else carries."""

from __future__ import annotations

import asyncio
import os
import pwd
import socket
import time
from dataclasses import dataclass
from typing import Any

from tui.workshop.arrival import Arrival, HouseError
from tui.workshop.farewell import farewell, status
from tui.workshop.hosting import Hosting
from tui.workshop.house import House
from tui.workshop.lines import line, read_line
from tui.workshop.names import RESERVED, clean, learner_name
from tui.workshop.running import LearnerSession
from tui.workshop.visit import KNOWN_TERM

ASKING = 90.0
"""Seconds to answer a question; the other end asks for a shorter time."""
PIECE = 4_096
LONGEST_ADDRESS = 64


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

    async def come(
        self, asked: dict[str, Any], user: User, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Give somebody a session, and stay until it is over.

        Args:
            asked: What they asked for.
            user: Who they are.
            reader: What they say.
            writer: Where to answer.

        Raises:
            ValueError, KeyError, TypeError, OSError: it cannot be understood, or they have gone.

        """
        try:
            session = await self._begin(self._arrival(asked, user), reader, writer)
        except HouseError as error:
            writer.write(line({"error": str(error)}))
            return
        if session is None:
            return
        self._hosting.begun(session.arrival)
        session.ended.add_done_callback(lambda ended: self._ended(session, ended.result(), writer))
        try:
            await _hand_over(session, writer)
            while await reader.read(PIECE):
                # The keys themselves go another way.
                session.touch()
        finally:
            # Also where it could not be handed over: nobody else would ever end it.
            session.hang_up("hung up")

    def _arrival(self, asked: dict[str, Any], user: User) -> Arrival:
        # Of their own name alone, unless the host's owner vouches for another.
        given = str(asked.get("name") or "") if user.mine else ""
        came = clean(str(asked.get("address", "")), LONGEST_ADDRESS) if user.mine else ""
        address = came or f"user {user.number}"
        try:
            name = learner_name(given or user.login)
        except ValueError as error:
            raise self._no("name", address, str(error)) from None
        if name.key in RESERVED:
            raise self._no(
                "name", address, f"{name.shown} is nobody's name here: come with another one.", given
            )
        term = str(asked["term"])
        return Arrival(
            name,
            address,
            f"name:{name.key}" if user.mine else f"user:{user.number}",
            term if KNOWN_TERM.fullmatch(term) else "",
            int(asked["columns"]),
            int(asked["lines"]),
        )

    async def _begin(
        self, arrival: Arrival, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> LearnerSession | None:
        """Return a new session; None for somebody who leaves the one that they have where it is."""
        house, name, address = self._house, arrival.name, arrival.address
        if other := house.at_work(name):
            if other.arrival.credential != arrival.credential:
                sentence = f"{name.shown} is at work: log in again with another name."
                raise self._no("name in use", address, sentence, name.shown)
            writer.write(
                line(
                    {"at work": other.arrival.address, "since": other.since, "name": other.arrival.name.shown}
                )
            )
            async with asyncio.timeout(ASKING):
                answer = await reader.readline()
            if not (answer and read_line(answer).get("take over")):
                self._hosting.refused("not taken over", address, name.shown)
                return None
            if other := house.at_work(name):
                await other.taken_over()
        elif refusal := house.full(address):
            raise self._no("full", address, refusal, name.shown)
        return await house.begin(arrival)

    def _no(self, why: str, address: str, sentence: str, name: str = "") -> HouseError:
        self._hosting.refused(why, address, name)
        return HouseError(sentence)

    def _ended(self, session: LearnerSession, why: str, writer: asyncio.StreamWriter) -> None:
        """Write down why a session is over, and tell whoever carried its bytes."""
        self._hosting.ended(session.arrival, why, time.time() - session.since, None)
        if not writer.is_closing():
            writer.write(line({"farewell": farewell(why).decode(), "status": status(why)}))
            writer.close()


async def _hand_over(session: LearnerSession, writer: asyncio.StreamWriter) -> None:
    """Let whoever came in carry the session's bytes themselves."""
    await writer.drain()
    with socket.socket(fileno=os.dup(writer.get_extra_info("socket").fileno())) as same:
        socket.send_fds(same, [line({"terminal": True})], [session.terminal])
    session.give_away()
