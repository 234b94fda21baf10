"""Reads a terminal no faster than the app works off what was read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.message import Message

from tui.driver_input import Input
from tui.driver_tty import Tty

MOST_AHEAD = 48
"""Messages that are read before those before them have been worked off."""
PATIENCE = 1.0
"""Seconds after which reading goes on anyway: a widget may have gone, and the way back with it."""


class Reading:
    """Reads messages from a terminal.

    Args:
        app: Who works them off.
        tty: The terminal.
        post: Called with each message.
        lost: Called when the other end is gone.

    """

    def __init__(
        self, app: App[Any], tty: Tty, post: Callable[[Message], None], lost: Callable[[], None]
    ) -> None:
        self._app = app
        self._tty = tty
        self._post = post
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._input = Input()
        self._ahead = 0
        self._tick: asyncio.TimerHandle | None = None
        self._pause: asyncio.TimerHandle | None = None
        self._pauses = 0
        self._ended = False
        self._loop.add_reader(tty.fd_in, self._read)

    def end(self) -> None:
        """Read no more."""
        if not self._ended:
            self._ended = True
            self._loop.remove_reader(self._tty.fd_in)
            for timer in (self._tick, self._pause):
                if timer:
                    timer.cancel()

    def _read(self) -> None:
        try:
            data = self._tty.read()
        except OSError:
            self.end()
            self._lost()
            return
        if data:
            for message in self._input.feed(data):
                self._post(message)
                self._ahead += 1
            self._expect()
            if self._ahead >= MOST_AHEAD:
                self._wait()

    def _expect(self) -> None:
        """Look again soon if an Esc may have come alone."""
        if self._tick:
            self._tick.cancel()
        wait = self._input.wait
        self._tick = None if wait is None else self._loop.call_later(wait + 0.001, self._after_a_while)

    def _after_a_while(self) -> None:
        self._tick = None
        for message in self._input.tick():
            self._post(message)
        self._expect()

    def _wait(self) -> None:
        """Read on when a message has gone the way of a key: to the focus, and from there up to the app."""
        self._loop.remove_reader(self._tty.fd_in)
        self._pauses += 1
        number = self._pauses
        self._pause = self._loop.call_later(PATIENCE, self._go_on, number)

        def go(way: list[DOMNode]) -> None:
            if not (way and way[0].call_later(go, way[1:])):
                self._go_on(number)

        def begin() -> None:
            go((self._app.focused or self._app.screen).ancestors_with_self if self._app.screen_stack else [])

        if not self._app.call_later(begin):
            self._go_on(number)

    def _go_on(self, number: int) -> None:
        if self._pause and number == self._pauses and not self._ended:
            self._pause.cancel()
            self._pause = None
            self._ahead = 0
            self._loop.add_reader(self._tty.fd_in, self._read)
