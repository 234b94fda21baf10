"""JSON over Unix sockets: whole packets with open files beside them, and lines of bounded length."""

from __future__ import annotations

import array
import asyncio
import json
import os
import socket
import time
from collections.abc import AsyncIterator
from typing import Any

MOST_PACKET = 65_536
MOST_FILES = 4
MOST_LINE = 1024 * 1024
"""Bytes of a line that are believed: a learner's document, and room to spare."""
BREATH, RATE, SLACK = 0.02, 2 * MOST_LINE, 0.5
"""What a line costs its speaker: seconds, and bytes a second; and the seconds that may be owed before others
have their turn. No lesson says as much."""


def send_packet(to: socket.socket, value: dict[str, Any], files: tuple[int, ...] = ()) -> None:
    """Send a packet, and copies of open files with it.

    Raises:
        OSError: the other end is gone, or takes no more for now.

    """
    data = json.dumps(value).encode()
    socket.send_fds(to, [data], list(files))


def receive_packet(of: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Return the next packet and the open files that came with it; None when the other end is gone.

    Raises:
        BlockingIOError: nothing has come.

    """
    room = socket.CMSG_SPACE(MOST_FILES * array.array("i").itemsize)
    data, ancillary, _, _ = of.recvmsg(MOST_PACKET, room)
    files = array.array("i")
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            files.frombytes(content[: len(content) - len(content) % files.itemsize])
    if not data:
        close_all(*files)
        return None
    return json.loads(data), list(files)


def line(value: dict[str, Any]) -> bytes:
    """Return a line of JSON."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def read_line(data: bytes) -> dict[str, Any]:
    """Return what a line holds.

    Raises:
        ValueError: it is no JSON object.

    """
    try:
        value = json.loads(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("no JSON object")
    return value


async def spoken(reader: asyncio.StreamReader) -> AsyncIterator[dict[str, Any]]:
    """Yield what the lines hold that somebody says, slowly where they say too much.

    Raises:
        ValueError: one of them is no JSON object, or too long.

    """
    owed, then = 0.0, time.monotonic()
    while said := await reader.readline():
        yield read_line(said)
        now = time.monotonic()
        owed, then = max(0.0, owed - (now - then)) + max(BREATH, len(said) / RATE), now
        await asyncio.sleep(max(0.0, owed - SLACK))


def close_all(*files: int) -> None:
    """Close open files."""
    for file in files:
        os.close(file)
