"""`initlesson attach`: a session of a workshop on this host, on the terminal that an sshd has made.

It is small because there is one for every learner: no argument parser, no asyncio, nothing of the lesson.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
import struct
import sys
import termios
import time
import tty
from contextlib import suppress
from typing import Any

PIECE = 65_536
MOST_ANSWER = 4_096


def attach(path: str, name: str, term: str) -> int:
    """Carry a session's bytes between its terminal and this one, and return the exit status.

    Args:
        path: The workshop's socket.
        name: The learner's name, or "" for that of the user.
        term: What the terminal calls itself.

    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _fail("this is a lesson for a terminal: come without a command, with ssh -t")
    server = socket.socket(socket.AF_UNIX)
    try:
        server.connect(path)
        columns, lines = os.get_terminal_size(0)
        address = os.environ.get("SSH_CONNECTION", "").partition(" ")[0]
        asked = {"i": "attach", "name": name, "term": term, "columns": columns, "lines": lines}
        _say(server, {**asked, "address": address})
        told, files = _hear(server)
        if "at work" in told:
            _say(server, {"take over": _asks(told)})
            told, files = _hear(server)
    except (OSError, ValueError) as error:
        return _fail(f"no workshop answers here ({error}). Is `initlesson serve` running?")
    if "error" in told:
        return _fail(told["error"])
    if not files:
        return 1
    return _carry(files[0], server)


def _carry(master: int, server: socket.socket) -> int:
    """Carry bytes until the session is over, and return the exit status."""
    before = termios.tcgetattr(0)
    woken, waking = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
    signal.signal(signal.SIGWINCH, lambda *_: _resize(master))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tty.setraw(0)
    told: dict[str, Any] = {}
    talk = server.fileno()
    try:
        typed, drawn = b"", b""
        while not told:
            reading = [woken, talk] + [0] * (not typed) + [master] * (not drawn)
            readable, writable, _ = select.select(reading, [master] * bool(typed) + [1] * bool(drawn), [])
            if woken in readable:
                with suppress(BlockingIOError):
                    os.read(woken, 4096)
            if 0 in readable and not (typed := os.read(0, PIECE)):
                break
            if master in readable:
                with suppress(OSError):
                    drawn = os.read(master, PIECE)
                if not drawn:
                    # The session has let it go; why, the server says.
                    told = _hear(server)[0]
            if master in writable:
                with suppress(BlockingIOError):
                    typed = typed[os.write(master, typed) :]
            if 1 in writable:
                drawn = drawn[os.write(1, drawn) :]
            if talk in readable and not told:
                drawn += _rest(master)
                os.write(1, drawn)
                told = _hear(server)[0]
    except (OSError, ValueError):
        # The terminal, or the server, is gone; the session ends with this process.
        told = told or {"farewell": "\r\nThe workshop is gone: what you answered is kept.\r\n", "status": 1}
    finally:
        with suppress(termios.error, OSError):
            os.write(1, told.get("farewell", "").encode())
            termios.tcsetattr(0, termios.TCSADRAIN, before)
    return int(told.get("status", 1))


def _rest(master: int) -> bytes:
    rest = b""
    with suppress(OSError):
        while piece := os.read(master, PIECE):
            rest += piece
    return rest


def _resize(master: int) -> None:
    with suppress(OSError):
        size = fcntl.ioctl(0, termios.TIOCGWINSZ, struct.pack("HHHH", 0, 0, 0, 0))
        lines, columns, _, _ = struct.unpack("HHHH", size)
        # As tui.driver_tty does it: a size that nobody can draw is nobody's.
        lines, columns = min(lines or 24, 200), min(columns or 80, 400)
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _asks(told: dict[str, Any]) -> bool:
    """Ask whether a session that goes on elsewhere is to be taken over."""
    minutes = int(time.time() - told["since"]) // 60
    where = f", from {told['at work']}" if told["at work"] else ""
    print(f"You are here already{where}, for {minutes} min.")
    print("y: go on here, and end it there. n: change nothing. ", end="", flush=True)
    return sys.stdin.readline().strip().lower().startswith("y")


def _say(server: socket.socket, value: dict[str, Any]) -> None:
    server.sendall(json.dumps(value).encode() + b"\n")


def _hear(server: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return the next line, and the open files that came with it."""
    came, files = b"", []
    while not came.endswith(b"\n"):
        data, more, _, _ = socket.recv_fds(server, MOST_ANSWER, 1)
        files += more
        if not data or len(came) > MOST_ANSWER:
            raise OSError("it hung up")
        came += data
    return json.loads(came), files


def _fail(said: str) -> int:
    print(f"initlesson: {said}", file=sys.stderr)
    return 1
