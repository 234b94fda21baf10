"""`initlesson attach`: a session of a workshop on this host, on the terminal that an sshd has made.

It is small because there is one for every learner: no asyncio, nothing of the lesson.
"""

from __future__ import annotations

import json
import os
import select
import socket
import sys
import time
from typing import Any

from tui.driver_tty import Tty
from tui.workshop.attach.relay import MOST_ANSWER, relay

PATIENCE = 90.0
"""Seconds that the server has to begin a session: its template may just be starting anew."""
ASKING = 60.0
"""Seconds to answer a question."""
TAKE_OVER = b"Is that you? y: go on here, and end it there. n: change nothing. "
YES, NO = b"yY", b"nN\r\n\x03\x04\x1b"


def attach(path: str, name: str, term: str) -> int:
    """Carry a session's bytes between its terminal and this one, and return the exit status.

    Args:
        path: The workshop's socket.
        name: The learner's name, or "" for that of the user.
        term: What the terminal calls itself.

    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _fail("this is a lesson for a terminal: come without a command, with ssh -t")
    with socket.socket(socket.AF_UNIX) as server:
        server.settimeout(PATIENCE)
        try:
            server.connect(path)
            told, files = _ask(server, name, term)
            if "at work" in told:
                if not _take_over(told):
                    return 1
                _say(server, {"take over": True})
                told, files = _hear(server)
        except (OSError, ValueError) as error:
            return _fail(
                f"no workshop answers at {path} ({error}): start it with initlesson serve, or say which "
                "with --socket"
            )
        if "error" in told:
            return _fail(told["error"])
        if not files:
            return _fail("the workshop gave no session: are both programs of one version?")
        return relay(files[0], server)


def _ask(server: socket.socket, name: str, term: str) -> tuple[dict[str, Any], list[int]]:
    """Ask for a session."""
    columns, lines = os.get_terminal_size(0)
    asked = {"i": "attach", "name": name, "term": term, "columns": columns, "lines": lines}
    _say(server, {**asked, "address": os.environ.get("SSH_CONNECTION", "").partition(" ")[0]})
    return _hear(server)


def _take_over(told: dict[str, Any]) -> bool:
    """Ask whether a session that goes on elsewhere is to be taken over."""
    minutes = int(time.time() - told["since"]) // 60
    terminal = Tty(0, 1)
    yes = False
    try:
        terminal.raw()
        where = f", from {told['at work']}" if told["at work"] else ""
        terminal.write(f"{told['name']} is here already{where}, for {minutes} min.\r\n".encode())
        terminal.write(TAKE_OVER)
        end, key = time.monotonic() + ASKING, b""
        while not key and select.select([terminal.fd_in], [], [], max(0.0, end - time.monotonic()))[0]:
            key = bytes(each for each in terminal.read() or b"" if each in YES + NO)[:1]
        yes = bool(key) and key in YES
    finally:
        terminal.finish(b"y\r\n" if yes else f"n\r\n{told['name']} goes on there.\r\n".encode())
        terminal.close()
    return yes


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
