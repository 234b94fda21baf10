"""The ways in on the host itself: Unix sockets for instructors, and for sessions behind an sshd."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tui.workshop.arrival import HouseError
from tui.workshop.attach.serving import Attaching, User
from tui.workshop.hosting import Hosting
from tui.workshop.house import House
from tui.workshop.lines import line, read_line
from tui.workshop.taking import ONE_BY_ONE, let_wait

MOST_ASKED = 64 * 1024
"""Bytes of a line from an instructor's screen, or from somebody who comes in."""
MOST_UNSENT = 16 * 1024 * 1024
"""Bytes that an instructor's screen may be behind before it is let go."""
MOST_WAITING, MOST_OF_OTHERS = 1024, 16
"""Connections of one user that wait: of the one who holds the workshop, for whom an sshd may let in a whole
class, and of anybody else."""
HELLO = 10.0
"""Seconds to say what is wanted."""
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
        hosting: Who writes down what happens.

    """

    def __init__(self, house: House, hosting: Hosting) -> None:
        self._hub = house.hub
        self._attaching = Attaching(house, hosting)
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
        server = await asyncio.start_unix_server(self._come, sock=made, limit=MOST_ASKED, backlog=ONE_BY_ONE)
        let_wait(server)
        self._servers.append(server)

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
        try:
            with self._waits(user):
                async with asyncio.timeout(HELLO):
                    asked = read_line(await reader.readline())
                if asked.get("i") == "room" and user.mine:
                    session = None
                elif asked.get("i") == "attach":
                    session = await self._attaching.begin(asked, user, reader, writer)
                else:
                    raise HouseError("Only who started the workshop may do that.")
            if session:
                await self._attaching.hand_over(session, reader, writer)
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
    def _waits(self, user: User) -> Iterator[None]:
        """Count a connection as one that waits, unless there are too many of its user."""
        if self._waiting[user.number] >= (MOST_WAITING if user.mine else MOST_OF_OTHERS):
            raise HouseError("Too many of you wait already: try again in a minute.")
        self._waiting[user.number] += 1
        try:
            yield
        finally:
            self._waiting[user.number] -= 1
            if not self._waiting[user.number]:
                del self._waiting[user.number]

    async def _room(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hub, screen = self._hub, Screen(writer)
        hub.watch(screen)
        try:
            while said := await reader.readline():
                try:
                    hub.do(read_line(said))
                except NOT_UNDERSTOOD as error:
                    screen.say({"error": str(error)})
        finally:
            hub.screens.discard(screen)


def _user_of(writer: asyncio.StreamWriter) -> User:
    """Return the user at the other end of a Unix socket, as the system knows them."""
    size = struct.calcsize("3i")
    credentials = writer.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    number = int(struct.unpack("3i", credentials)[1])
    return User(number, number in (0, os.getuid()))
