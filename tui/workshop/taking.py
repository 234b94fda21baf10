"""How connections are taken: one at a time, while others wait in the system."""

from __future__ import annotations

import asyncio
import os
import socket

ONE_BY_ONE = 1
"""What asyncio is to be given as the backlog. It takes as many connections in a row, and where no more files
can be opened it goes on to fail, to write it down, and to set a timer for the next try, as many times."""
BACKLOG = 1024
"""Connections that wait in the system: all of a class may come at once."""


def let_wait(server: asyncio.Server) -> None:
    """Let as many connections as a class makes wait until a server takes them."""
    for each in server.sockets:
        # What asyncio shows of a socket cannot listen.
        with socket.socket(fileno=os.dup(each.fileno())) as same:
            same.listen(BACKLOG)
