"""The terminal of the app: keys in, what changed out, without threads and without timers that go on."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.message import Message
from textual.messages import InBandWindowResize, TerminalSupportsSynchronizedOutput

from tui.driver_input import ANSWER, Answered
from tui.driver_output import ASK, Output
from tui.driver_reading import Reading
from tui.driver_tty import Tty, sane
from tui.terminal import Terminal
from tui.wire import Wire
from tui.wire_updates import Drawing, take

ERASING = ("xterm", "linux", "rxvt", "konsole", "alacritty", "foot", "vte", "wezterm", "ghostty", "iterm")
"""Beginnings of TERM whose terminals give what they erase the background that is set."""
ASKING = ("xterm", "tmux", "alacritty", "foot", "wezterm", "ghostty", "iterm")
"""Those that print no part of a question that they do not know."""
# Another screen, no cursor, no wrapping, pastes marked; clicks, the wheel and drags reported in cells.
# Neither focus, nor hovering, nor kitty's keys: nothing needs them, hovering costs bytes with every motion,
# and a connection that breaks would leave a shell with keys that it cannot read.
ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
MOUSE = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
NO_MOUSE = "\x1b[?1006l\x1b[?1002l\x1b[?1000l"
# Where there is one screen alone (GNU screen, the Linux console), the shell must not go on within the page.
LEAVE = "\x1b[m\x1b[H\x1b[J\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
RESIZE = 0.05
"""Seconds between two looks at the size while it changes."""
HAS_FRAMES = "\x1b[?2026$p"
END_OF_FRAME = "\x1b[?2026l"


class TerminalDriver(Drawing):
    """Drives a POSIX terminal from the event loop.

    Until it is attached to one, what is drawn is kept and nothing is sent.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.wire = Wire(_terminal(app).colours)
        self.files = (0, 1)
        self._tty: Tty | None = None
        self._output: Output | None = None
        self._reading: Reading | None = None
        self._questions = ""
        self._signals: list[int] = []
        self._resizing: asyncio.TimerHandle | None = None

    @property
    def can_suspend(self) -> bool:
        """Whether Ctrl+Z leads to a shell."""
        return True

    def start_application_mode(self) -> None:
        """Attach to the terminal of the process."""
        self.attach(*self.files)

    def attach(self, fd_in: int, fd_out: int, size: tuple[int, int] | None = None) -> None:
        """Draw on a terminal and read its keys, as `app.terminal` says what it can do.

        Args:
            fd_in: Where to read.
            fd_out: Where to write.
            size: Its columns and lines; it is asked if None.

        """
        self.files = (fd_in, fd_out)
        self._tty = Tty(fd_in, fd_out)
        if self._signals:
            self._enter()
            return
        term = os.environ.get("TERM", "")
        drawn = self.wire.height > 0
        self.wire.erases = term.startswith(ERASING)
        asks = term.startswith(ASKING) and os.environ.get("TERM_PROGRAM") != "Apple_Terminal"
        self._questions = HAS_FRAMES * asks + ASK * _terminal(self._app).remote
        self._enter()
        for number, answer in (
            (signal.SIGTERM, self._app.exit),
            (signal.SIGHUP, self._app.exit),
            (signal.SIGWINCH, self._resize_soon),
            (signal.SIGTSTP, self._suspend),
            (signal.SIGCONT, self._resume),
        ):
            self._loop.add_signal_handler(number, answer)
            self._signals.append(number)
        new = sane(*size) if size else self._tty.size()
        if not drawn:
            self._size = new
        elif new != self._size:
            self._tell_size(new)

    def _enter(self) -> None:
        """Take the terminal, and draw all of it."""
        assert self._tty
        self._tty.raw()
        self._output = Output(self.wire, self._tty, self._hang_up)
        self._output.write(ENTER + MOUSE * self._mouse + self._questions)
        self._reading = Reading(self._app, self._tty, self.process_message, self._hang_up)
        self.redraw()

    def _leave(self) -> None:
        """Give the terminal back as it was."""
        self.disable_input()
        if self._output and self._tty:
            last = END_OF_FRAME * self.wire.synchronised + NO_MOUSE * self._mouse + LEAVE
            self._tty.finish(last.encode(), ANSWER.encode(), self._output.unanswered)
            # What is left of a frame is not sent: nobody would see it.
            self._output.end()
            self._output = None

    def disable_input(self) -> None:
        """Read no more keys."""
        if self._reading:
            self._reading.end()
            self._reading = None

    def stop_application_mode(self) -> None:
        """Give the terminal back, and leave signals to those who had them before."""
        self._leave()
        if self._resizing:
            self._resizing.cancel()
        for number in self._signals:
            self._loop.remove_signal_handler(number)
        self._signals.clear()

    def close(self) -> None:
        """Give the files back."""
        if self._tty:
            self._tty.close()
            self._tty = None

    # Output

    def write(self, data: str) -> None:
        """Send something beside frames."""
        if self._output:
            self._output.write(data)

    def draw(self, update: RenderableType | None) -> None:
        """Show an update of the compositor, as soon as the terminal can take it."""
        take(self.wire, update)
        if self._output:
            self._output.paint()

    def redraw(self) -> None:
        """Send everything again, whatever somebody else has written on the terminal."""
        self.wire.forget()
        if self._output:
            self._output.paint()

    @property
    def behind(self) -> bool:
        """Whether the terminal has not yet taken what it was sent."""
        return self._output is not None and self._output.behind

    # Input

    def send_message(self, message: Message) -> None:
        """Give the app a message."""
        self._app.post_message(message)

    def process_message(self, message: Message) -> None:
        """Give the app what it understands, and keep what is the driver's."""
        if isinstance(message, Answered):
            if self._output:
                self._output.answered()
        elif isinstance(message, TerminalSupportsSynchronizedOutput):
            self.wire.synchronised = True
        elif not isinstance(message, InBandWindowResize):
            super().process_message(message)

    # Signals

    def _hang_up(self) -> None:
        """End the app quietly: nobody is there any more."""
        self.disable_input()
        self._output = None
        self._app.exit()

    def _resize_soon(self) -> None:
        """Look at the size, but in a storm of new ones not at each."""
        if self._resizing is None:
            self._resizing = self._loop.call_later(RESIZE, self._resize)

    def _resize(self) -> None:
        self._resizing = None
        if self._tty:
            size = self._tty.size()
            # Terminals wrap and cut what they show as they like.
            self.redraw()
            if size != self._size:
                self._tell_size(size)

    def _tell_size(self, size: tuple[int, int]) -> None:
        self._size = size
        self.send_message(events.Resize(Size(*size), Size(*size)))

    def _suspend(self) -> None:
        """Let the shell have the terminal until it wants the app back."""
        self._leave()
        for number in (signal.SIGTSTP, signal.SIGCONT):
            self._loop.remove_signal_handler(number)
        # All of the job, as the terminal itself does it: what started the app must stop, too.
        # Where there is no shell that could go on with it, nothing stops.
        os.kill(0, signal.SIGTSTP)
        self._loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._loop.add_signal_handler(signal.SIGCONT, self._resume)
        self._resume()

    def _resume(self) -> None:
        """Take the terminal again, as after another program has used it."""
        if self._tty:
            self._leave()
            self._enter()
            self._resize()
            self.send_message(self.SignalResume())


def _terminal(app: App[Any]) -> Terminal:
    return getattr(app, "terminal", None) or Terminal()
