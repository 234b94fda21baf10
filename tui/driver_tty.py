"""A terminal device: its modes, its size, and reading and writing that never wait."""

from __future__ import annotations

import os
import select
import termios
import time
import tty
from typing import Any

COLUMNS = (1, 400)
LINES = (1, 200)
"""Sizes that are believed; 0, which some hosts say, means that nobody knows."""
UNKNOWN = (80, 24)
READ = 256
"""Bytes that are read at once: where fewer come, there are no more for now."""
LAST_WORDS = 1.0
"""Seconds that a terminal has to take what puts it back as it was."""


class Tty:
    """A terminal that is read and written without waiting, and left as it was found.

    Args:
        fd_in: Where to read.
        fd_out: Where to write.

    """

    def __init__(self, fd_in: int, fd_out: int) -> None:
        self._given = (fd_in, fd_out)
        # An open file of its own: not to wait is a property that a shell would share.
        self.fd_in = _reopen(fd_in)
        self.fd_out = self.fd_in if os.path.sameopenfile(fd_in, fd_out) else _reopen(fd_out)
        self._blocked = [(fd, os.get_blocking(fd)) for fd in (self.fd_in, self.fd_out)]
        for fd, _ in self._blocked:
            os.set_blocking(fd, False)
        self._modes: list[Any] | None = None

    def size(self) -> tuple[int, int]:
        """Return the columns and the lines."""
        try:
            lines, columns = termios.tcgetwinsize(self.fd_out)
        except termios.error:
            return UNKNOWN
        return sane(columns, lines)

    def raw(self) -> None:
        """Get every key at once, and send every byte as it is."""
        try:
            modes: list[Any] = termios.tcgetattr(self.fd_in)
            if self._modes is None:
                self._modes = [*modes]
            modes[tty.IFLAG] &= ~(
                termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP
            )
            modes[tty.OFLAG] &= ~termios.OPOST
            modes[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            modes[tty.CC] = list(modes[tty.CC])
            modes[tty.CC][termios.VMIN], modes[tty.CC][termios.VTIME] = 1, 0
            termios.tcsetattr(self.fd_in, termios.TCSANOW, modes)
        except termios.error:
            pass

    def read(self) -> bytes | None:
        """Return what came, None if nothing did; OSError if the other end is gone."""
        try:
            data = os.read(self.fd_in, READ)
        except BlockingIOError:
            return None
        if not data:
            raise OSError("hung up")
        return data

    def write(self, data: bytes | bytearray) -> int:
        """Return how much was written; OSError if the other end is gone."""
        try:
            return os.write(self.fd_out, data)
        except BlockingIOError:
            return 0

    def finish(self, data: bytes, answer: bytes = b"", answers: int = 0) -> None:
        """Write the last, which may wait for a moment, and put the modes back.

        Args:
            data: What to write.
            answer: What the terminal sends when it is asked.
            answers: How many of them are still to come: nobody is to find them in the shell.

        """
        end = time.monotonic() + LAST_WORDS
        came = b""
        try:
            while (data or came.count(answer) < answers) and (left := end - time.monotonic()) > 0:
                reads, writes = [self.fd_in] * (answers > 0), [self.fd_out] * bool(data)
                readable, writable, _ = select.select(reads, writes, [], left)
                if writable:
                    data = data[self.write(data) :]
                if readable:
                    came += self.read() or b""
        except OSError:
            pass
        if self._modes is not None:
            try:
                termios.tcsetattr(self.fd_in, termios.TCSANOW, self._modes)
                # Nobody is to find in the shell what was typed for the app.
                termios.tcflush(self.fd_in, termios.TCIFLUSH)
            except termios.error:
                pass
            self._modes = None

    def close(self) -> None:
        """Give the files back."""
        for fd, blocked in self._blocked:
            try:
                os.set_blocking(fd, blocked)
            except OSError:
                continue
        for fd in {self.fd_in, self.fd_out}:
            os.close(fd)


def sane(columns: int, lines: int) -> tuple[int, int]:
    """Return a size that can be drawn."""
    if not (columns and lines):
        return UNKNOWN
    return max(COLUMNS[0], min(columns, COLUMNS[1])), max(LINES[0], min(lines, LINES[1]))


def _reopen(fd: int) -> int:
    try:
        return os.open(os.ttyname(fd), os.O_RDWR | os.O_NOCTTY)
    except OSError:  # another user's terminal, or one of another container
        return os.dup(fd)
