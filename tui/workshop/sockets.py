"""The ways in on the host itself: Unix sockets for instructors, and for sessions behind an sshd."""

from __future__ import annotations

import asyncio
import errno
import os
import pwd
import socket
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tui.driver_tty import sane
from tui.workshop.arrival import Arrival, HouseError, known_term
from tui.workshop.farewell import farewell, status
from tui.workshop.house import House
from tui.workshop.lines import line, read_line
from tui.workshop.names import clean, learner_name
from tui.workshop.running import LearnerSession

MOST_ASKED = 64 * 1024
"""Bytes of a line from an instructor's screen, or from somebody who comes in."""
MOST_UNSENT = 16 * 1024 * 1024
"""Bytes that an instructor's screen may be behind before it is let go."""
MOST_WAITING, MOST_OF_OTHERS = 1024, 16
"""Connections of one user that wait: of the one who holds the workshop, for whom an sshd may let in a whole
class, and of anybody else."""
MOST_ADDRESS = 64
"""Characters of where somebody says they come from."""
HELLO, ASKING = 10.0, 60.0
"""Seconds to say what is wanted, and to answer a question."""
PRIVATE, PUBLIC = 0o600, 0o666
NOT_UNDERSTOOD = (ValueError, KeyError, TypeError, OverflowError, RecursionError)


class Screen:
    """An instructor's screen.

    Args:
        writer: The stream to it.

    """

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def say(self, value: dict[str, Any]) -> None:
        """Tell it something; one that takes nothing is let go, and may come again."""
        if self._writer.transport.get_write_buffer_size() > MOST_UNSENT:
            self._writer.transport.abort()
        elif not self._writer.is_closing():
            self._writer.write(line(value))


class Sockets:
    """Listens on Unix sockets.

    Args:
        house: Where sessions begin.

    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._servers: list[asyncio.Server] = []
        self._paths: list[Path] = []
        self._there: set[asyncio.StreamWriter] = set()
        self._waiting: Counter[int] = Counter()

    async def open(self, path: Path, *, public: bool = False) -> None:
        """Listen on a socket.

        Args:
            path: Where it is to be.
            public: Whether every user of the host may come in, as a learner of their own name. Otherwise it
                is for the user of the server and for root, who may also open the room.

        Raises:
            OSError: it cannot be made there.

        """
        if path.exists() and not path.is_socket():
            raise FileExistsError(errno.EEXIST, "there is a file there that is no socket", str(path))
        path.unlink(missing_ok=True)
        made = socket.socket(socket.AF_UNIX)
        # From its first moment it is open to no more than it is meant for.
        mask = os.umask(0o177)
        try:
            made.bind(str(path))
        finally:
            os.umask(mask)
        path.chmod(PUBLIC if public else PRIVATE)
        self._paths.append(path)
        self._servers.append(await asyncio.start_unix_server(self._come, sock=made, limit=MOST_ASKED))

    async def close(self) -> None:
        """Listen no more, and let everybody go."""
        for server in self._servers:
            server.close()
        for writer in [*self._there]:
            writer.close()
        for path in self._paths:
            path.unlink(missing_ok=True)

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._there.add(writer)
        user = _user_of(writer)
        mine = user in (0, os.getuid())
        try:
            with self._waits(user, mine):
                async with asyncio.timeout(HELLO):
                    asked = read_line(await reader.readline())
                if asked.get("i") == "room" and mine:
                    session = None
                elif asked.get("i") == "attach":
                    session = await self._attach(asked, user, mine, reader, writer)
                else:
                    raise HouseError("Only who started the workshop may do that.")
            if session:
                await self._hand_over(session, reader, writer)
            else:
                await self._room(reader, writer)
        except HouseError as error:
            writer.write(line({"error": str(error)}))
        except TimeoutError:
            writer.write(line({"error": "Nothing was asked for."}))
        except NOT_UNDERSTOOD:
            writer.write(line({"error": "That is not understood. Are both programs of one version?"}))
        except OSError:
            # The other end is gone.
            pass
        finally:
            self._there.discard(writer)
            writer.close()

    @contextmanager
    def _waits(self, user: int, mine: bool) -> Iterator[None]:
        """Count a connection as one that waits, unless there are too many of its user."""
        if self._waiting[user] >= (MOST_WAITING if mine else MOST_OF_OTHERS):
            raise HouseError("Too many of you wait already: try again in a minute.")
        self._waiting[user] += 1
        try:
            yield
        finally:
            self._waiting[user] -= 1
            if not self._waiting[user]:
                del self._waiting[user]

    async def _room(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hub, screen = self._house.hub, Screen(writer)
        hub.watch(screen)
        try:
            while said := await reader.readline():
                try:
                    hub.do(read_line(said))
                except NOT_UNDERSTOOD as error:
                    screen.say({"error": str(error)})
        finally:
            hub.screens.discard(screen)

    async def _attach(
        self,
        asked: dict[str, Any],
        user: int,
        mine: bool,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> LearnerSession:
        """Begin a session for who comes in, once it is clear who they are."""
        # Of their own name alone, unless the host's owner vouches for another.
        named = mine and asked.get("name")
        try:
            name = learner_name(str(asked["name"]) if named else _login(user))
        except ValueError as error:
            raise HouseError(str(error)) from None
        arrival = Arrival(
            name,
            clean(str(asked.get("address", "")), MOST_ADDRESS) if mine else f"user {user}",
            f"user:{user}" if not mine else f"name:{name.key}",
            known_term(str(asked["term"])),
            *sane(int(asked["columns"]), int(asked["lines"])),
        )
        if self._theirs(arrival) and not asked.get("take over"):
            other = self._house.at_work(name)
            assert other
            writer.write(line({"at work": other.arrival.address, "since": other.since}))
            async with asyncio.timeout(ASKING):
                answer = read_line(await reader.readline())
            if not answer.get("take over"):
                raise HouseError(f"{name.shown} goes on there.")
        # Somebody else may have come by that name meanwhile.
        if other := self._theirs(arrival):
            await other.taken_over()
        return await self._house.begin(arrival)

    def _theirs(self, arrival: Arrival) -> LearnerSession | None:
        """Return the session that goes on under a name, if it is theirs; refuse them if it is another's."""
        other = self._house.at_work(arrival.name)
        if other and other.arrival.credential != arrival.credential:
            raise HouseError(f"{arrival.name.shown} is here already: log in again with another name.")
        return other

    async def _hand_over(
        self, session: LearnerSession, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Let whoever came in carry the session's bytes themselves, and tell them why it is over."""
        try:
            await writer.drain()
            with socket.socket(fileno=os.dup(writer.get_extra_info("socket").fileno())) as same:
                socket.send_fds(same, [line({"terminal": True})], [session.terminal])
            session.give_away()
            # Nothing more is to come from there: who sends something all the same is let go as well.
            gone = asyncio.ensure_future(reader.read(1))
            await asyncio.wait((gone, session.ended), return_when=asyncio.FIRST_COMPLETED)
            if session.ended.done():
                gone.cancel()
                why = session.ended.result()
                writer.write(
                    line({"farewell": farewell(why, session.arrival).decode(), "status": status(why)})
                )
                await writer.drain()
        finally:
            session.hang_up("hung up")


def _user_of(writer: asyncio.StreamWriter) -> int:
    """Return the user at the other end of a Unix socket, as the system knows them."""
    size = struct.calcsize("3i")
    credentials = writer.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    return int(struct.unpack("3i", credentials)[1])


def _login(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
