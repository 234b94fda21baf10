"""What a terminal is sent: the newest frame whenever it can take one, and never a queue of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui.driver_tty import Tty
from tui.wire import Wire

MOST_UNSENT = 65_536
"""Bytes beside frames (a bell, a copied text) beyond which more of them are dropped."""


class Output:
    """Sends frames to a terminal without waiting for it.

    Args:
        wire: What is shown, and what is wanted.
        tty: The terminal.
        lost: Called when the other end is gone.

    """

    def __init__(self, wire: Wire, tty: Tty, lost: Callable[[], None]) -> None:
        self._wire = wire
        self._tty = tty
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._unsent = bytearray()
        self._waiting = self._behind = False

    @property
    def behind(self) -> bool:
        """Whether something could not be sent yet."""
        return bool(self._unsent)

    def write(self, text: str) -> None:
        """Send something beside frames."""
        if len(self._unsent) < MOST_UNSENT:
            self._send(text)

    def paint(self) -> None:
        """Send what changed: now, or when the last frame is out, and then only what has changed by then."""
        self._behind = bool(self._unsent)
        if not self._behind and (frame := self._wire.difference()):
            self._send(frame)

    def end(self) -> bytes:
        """Stop, and return what is left."""
        if self._waiting:
            self._loop.remove_writer(self._tty.fd_out)
        self._waiting = self._behind = False
        left, self._unsent = bytes(self._unsent), bytearray()
        return left

    def _send(self, text: str) -> None:
        self._unsent += text.encode("utf-8", "replace")
        if not self._waiting:
            self._write()

    def _write(self) -> None:
        try:
            del self._unsent[: self._tty.write(self._unsent)]
        except OSError:
            self.end()
            self._lost()
            return
        if self._unsent and not self._waiting:
            self._waiting = True
            self._loop.add_writer(self._tty.fd_out, self._write)
        elif not self._unsent:
            if self._waiting:
                self._waiting = False
                self._loop.remove_writer(self._tty.fd_out)
            if self._behind:
                self.paint()
