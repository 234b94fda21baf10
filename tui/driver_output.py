"""What a terminal is sent: the newest frame whenever it can take one, and never a queue of them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from tui.driver_tty import Tty
from tui.wire import Wire

MOST_UNSENT = 65_536
"""Bytes beside frames (a bell, a copied text) beyond which more of them are dropped."""
ASK = "\x1b[5n"
"""Are you well? A terminal answers when it has come to it: between the app and a distant one, much can be
under way that no write is refused for. Where the first one is answered, one goes with each frame."""
ON_THE_WAY = 2_048
"""Bytes of frames that may be unanswered before the next frame has to wait."""
PATIENCE = 2.0
"""Seconds after which no answer is waited for any more."""


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
        self._answers = False
        self._asked: deque[int] = deque()
        self._patience: asyncio.TimerHandle | None = None

    @property
    def behind(self) -> bool:
        """Whether the terminal has not yet taken, or not yet drawn, what it was sent."""
        return bool(self._unsent) or sum(self._asked) > ON_THE_WAY

    @property
    def unanswered(self) -> int:
        """How many answers are still to come."""
        return len(self._asked)

    def write(self, text: str) -> None:
        """Send something beside frames."""
        if len(self._unsent) < MOST_UNSENT:
            self._send(text)

    def answered(self) -> None:
        """Take it that the terminal has come to the oldest question."""
        self._answers = True
        if self._asked:
            self._asked.popleft()
        if self._behind:
            self.paint()

    def paint(self) -> None:
        """Send what changed: now, or when the last frames are out, and then only what has changed by then."""
        self._behind = self.behind
        if self._patience:
            self._patience.cancel()
            self._patience = None
        if self._behind:
            self._patience = self._loop.call_later(PATIENCE, self._forget_questions)
        elif frame := self._wire.difference():
            if self._answers:
                frame += ASK
                self._asked.append(len(frame))
            self._send(frame)

    def _forget_questions(self) -> None:
        self._patience = None
        self._asked.clear()
        if not self._unsent:
            self.paint()

    def end(self) -> None:
        """Send no more."""
        if self._waiting:
            self._loop.remove_writer(self._tty.fd_out)
        if self._patience:
            self._patience.cancel()
        self._waiting = self._behind = False
        self._unsent.clear()
        self._asked.clear()

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
