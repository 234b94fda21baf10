"""What the host's screen says: the line to type, the word, the key of the server, and how many are here."""

from __future__ import annotations

import io
import shlex
import shutil
import socket
from typing import TextIO

import segno


def this_host() -> str:
    """Return the address by which others most likely reach this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            # Nothing is sent: only the way there is looked up. The address is one of those kept for examples.
            asking.connect(("192.0.2.1", 9))
            return str(asking.getsockname()[0])
        except OSError:
            return socket.gethostname()


def line(port: int, host: str, name: str = "NAME") -> str:
    """Return what a learner types."""
    return f"ssh {f'-p {port} ' * (port != 22)}{name}@{host}"


def announcement(port: int, host: str, fingerprint: str, word: str = "", *, open_to_all: bool = False) -> str:
    """Return the lines for the projector.

    Args:
        port: Where the server listens.
        host: How others reach it.
        fingerprint: Of the server's key, as OpenSSH shows it.
        word: The word of the day, if there is one.
        open_to_all: Whether nothing is asked for.

    """
    typed = line(port, host)
    steps = [(typed, "with your own name in place of NAME"), ("yes", "if ssh shows the key below")]
    if word:
        steps.append((word, "the word of the day"))
    else:
        steps.append(
            ("", "anybody may come in" if open_to_all else "your key lets you in, if it is known here")
        )
    width = max(len(typed), len(word)) + 3
    shown = "".join(f"    {what:{width}}{why}\n" for what, why in steps)
    return f"\n{shown}\n    the server's key: {fingerprint}\n"


def room_command(folder: str | None, course: str | None) -> str:
    """Return what an instructor types on this host to see the room.

    Args:
        folder: The workshop's folder, as it was named, or None.
        course: The same of the course.

    """
    named = (("--folder", folder), ("--course", course))
    return " ".join(["initlesson room", *(f"{option} {shlex.quote(it)}" for option, it in named if it)])


def code(text: str, *, ascii_only: bool = False) -> str:
    """Return a QR code as lines for a dark terminal: what is bright there is bright in the code."""
    made = segno.make(text, error="l", micro=False)
    if ascii_only:
        return "\n".join(
            "".join("  " if dark else "##" for dark in row) for row in made.matrix_iter(border=2)
        )
    out = io.StringIO()
    made.terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")


class Status:
    """A line that is written again and again, on a terminal alone.

    Args:
        stream: Where; nothing is written where it is no terminal.

    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = ""
        self._live = stream.isatty()

    def show(self, text: str) -> None:
        """Write another text in place of the last one."""
        if not self._live or text == self._shown:
            return
        width = shutil.get_terminal_size().columns - 1
        self._write(f"\r\x1b[K{text[:width]}")
        self._shown = text

    def end(self) -> None:
        """Leave the line as it is, and the next one to others."""
        if self._shown:
            self._write("\n")
            self._shown = ""

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            # Whoever closes the terminal of the server has not asked it to stop.
            self._live = False
