"""The way from the room's app to the server: its Unix socket, JSON lines both ways."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

MOST_BYTES = 4 * 1024 * 1024
"""Bytes of a line that are read at most."""
MOST_WAITING = 64 * 1024
"""Bytes that wait to be sent at most."""
HELLO = {"i": "room"}
"""What a room says first: others come to the same socket."""
PAUSES = (0.5, 1.0, 2.0, 5.0)
"""Seconds before each attempt to reach a server that has gone; the last one for all that follow."""


class Link(Protocol):
    """What carries lines between the room's app and a server."""

    def send(self, command: Mapping[str, object]) -> str:
        """Send a line; return "" or a sentence that says why it was not sent."""
        ...

    async def run(self, receive: Callable[[dict[str, Any]], None], tell: Callable[[str], None]) -> None:
        """Carry lines until it is cancelled.

        Args:
            receive: Takes each line.
            tell: Takes a sentence when the server has gone, and "" when it is back.

        """
        ...


def no_server(path: Path) -> str:
    """Return why there is no server at a socket, or "" where there is one."""
    with socket.socket(socket.AF_UNIX) as there:
        try:
            there.connect(str(path))
        except OSError as error:
            return _why(path, error)
    return ""


def _why(path: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"{path} belongs to somebody else: run this as the user who runs initlesson serve."
    if isinstance(error, FileNotFoundError | ConnectionRefusedError):
        return f"no server at {path}: start initlesson serve, or name its folder by --folder."
    return f"{path} cannot be reached: {error.strerror or error}."


class SocketLink:
    """Lines over the server's socket; where the server goes, it is tried again until it is back.

    Args:
        path: The socket.
        pauses: Seconds before each attempt.

    """

    def __init__(self, path: Path, pauses: tuple[float, ...] = PAUSES) -> None:
        self.path = path
        self.pauses = pauses
        self._writer: asyncio.StreamWriter | None = None

    def send(self, command: Mapping[str, object]) -> str:
        """Send a line; return "" or a sentence that says why it was not sent."""
        writer = self._writer
        if writer is None or writer.is_closing():
            return "Not done: the server has gone. It is tried again and again; then do it once more."
        if writer.transport.get_write_buffer_size() > MOST_WAITING:
            return "Not done: the server does not read. Try again in a while."
        writer.write(json.dumps(command, ensure_ascii=False).encode() + b"\n")
        return ""

    async def run(self, receive: Callable[[dict[str, Any]], None], tell: Callable[[str], None]) -> None:
        """Carry lines until it is cancelled."""
        failed = 0
        while True:
            why = "the server has gone."
            try:
                reader, self._writer = await asyncio.open_unix_connection(str(self.path), limit=MOST_BYTES)
            except OSError as error:
                why = _why(self.path, error)
            else:
                self._writer.write(json.dumps(HELLO).encode() + b"\n")
                tell("")
                try:
                    while line := await reader.readline():
                        receive(_table(line))
                        failed = 0
                except ValueError as error:
                    why = f"the server said what this program does not understand: {error}."
                except OSError as error:
                    why = f"the server has gone: {error.strerror or error}."
                finally:
                    self._writer.close()
                    self._writer = None
            tell(why)
            await asyncio.sleep(self.pauses[min(failed, len(self.pauses) - 1)])
            failed += 1


def _table(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("it is no table")
    return found
