"""Bytes between a session's terminal and the learner's, until the server says that it is over."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import termios
import time
from contextlib import suppress
from typing import Any, NoReturn

from tui.driver_tty import Tty
from tui.workshop.farewell import farewell

PIECE = 16 << 10
"""Bytes that are read of a session at once; no more wait for a terminal that is slow."""
MOST_ANSWER = 4_096
STALLED = 30.0
"""Seconds after which a terminal that takes nothing is left."""
SIGN = 5.0
"""Seconds between two signs to the server that somebody types: it does not see the keys."""
ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class OverError(Exception):
    """It is over.

    Args:
        farewell: What the terminal is to get.
        status: The exit status.

    """

    def __init__(self, farewell: bytes, status: int = 1) -> None:
        self.farewell, self.status = farewell, status


class _Way:
    """What is on its way to the session and to the learner."""

    def __init__(self) -> None:
        self.typed = self.drawn = b""
        # When the terminal last took something, and when the server was last told of keys.
        self.taken = self.told = 0.0


def relay(master: int, server: socket.socket) -> int:
    """Carry bytes until the session is over, put the terminal back, and return the exit status.

    Args:
        master: The master end of the session's terminal, which never waits.
        server: The connection to the server; that it is closed tells the server that the learner has gone.

    """
    terminal = Tty(0, 1)
    over = OverError(_farewell("gone"))
    # Without it a signal that comes just before select would be seen with the next key only.
    woken, waking = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
        signal.signal(signal.SIGWINCH, lambda *_: _resize(terminal, master))
        for number in ENDS:
            signal.signal(number, _end)
        terminal.raw()
        # It may have another size than when the session was asked for.
        _resize(terminal, master)
        _carry(terminal, master, server, woken)
    except OverError as told:
        over = told
    except (OSError, ValueError):
        # The terminal is gone, or the server: the session ends with this process.
        pass
    finally:
        for number in ENDS:
            signal.signal(number, signal.SIG_IGN)
        terminal.finish(over.farewell)
        terminal.close()
    return over.status


def _carry(terminal: Tty, master: int, server: socket.socket, woken: int) -> NoReturn:
    """Carry bytes for ever.

    Raises:
        OverError: the session is over.
        OSError: the terminal, or the server, is gone.

    """
    way, drawing = _Way(), True
    while True:
        reads = [woken, server.fileno()] + [terminal.fd_in] * (not way.typed)
        reads += [master] * (drawing and not way.drawn)
        writes = [master] * bool(drawing and way.typed) + [terminal.fd_out] * bool(way.drawn)
        left = max(0.0, way.taken + STALLED - time.monotonic()) if way.drawn else None
        readable, writable, _ = select.select(reads, writes, [], left)
        if woken in readable:
            os.read(woken, 4096)
        if server.fileno() in readable:
            _hear(way.drawn + _rest(master), server)
        if terminal.fd_in in readable:
            way.typed = terminal.read() or b""
            _give_sign(way, server)
        if master in readable:
            drawing = _draw(way, master)
        if master in writable:
            with suppress(BlockingIOError):
                way.typed = way.typed[os.write(master, way.typed) :]
        if terminal.fd_out in writable:
            way.drawn = way.drawn[terminal.write(way.drawn) :]
            way.taken = time.monotonic()
        elif way.drawn and time.monotonic() - way.taken > STALLED:
            raise OverError(_farewell("stalled"))
        if not drawing:
            # Nobody is there to type for; the server says why in a moment.
            way.typed = b""


def _draw(way: _Way, master: int) -> bool:
    """Take what the session has drawn; return False once it has let its terminal go."""
    try:
        way.drawn = os.read(master, PIECE)
    except BlockingIOError:
        return True
    except OSError:
        return False
    way.taken = time.monotonic()
    return bool(way.drawn)


def _rest(master: int) -> bytes:
    """Return what is left of the last page."""
    rest = b""
    with suppress(OSError):
        while len(rest) < 4 * PIECE and (piece := os.read(master, PIECE)):
            rest += piece
    return rest


def _hear(drawn: bytes, server: socket.socket) -> NoReturn:
    said: dict[str, Any] = json.loads(server.recv(MOST_ANSWER) or b"null") or {}
    if "farewell" not in said:
        raise OverError(drawn + _farewell("gone"))
    raise OverError(drawn + said["farewell"].encode(), int(said["status"]))


def _give_sign(way: _Way, server: socket.socket) -> None:
    now = time.monotonic()
    if now - way.told > SIGN:
        way.told = now
        with suppress(BlockingIOError):
            server.send(b"\n", socket.MSG_DONTWAIT)


def _resize(terminal: Tty, master: int) -> None:
    columns, lines = terminal.size()
    with suppress(termios.error):
        termios.tcsetwinsize(master, (lines, columns))


def _end(number: int, _: object) -> NoReturn:
    raise OverError(_farewell("ended here"), 128 + number)


def _farewell(why: str) -> bytes:
    return farewell(why, os.environ.get("TERM", ""))
