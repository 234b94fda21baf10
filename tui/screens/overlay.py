"""What the boxes on top of the reader share: the keys that close them, and the one that quits."""

from __future__ import annotations

from textual.binding import Binding
from textual.screen import ModalScreen, ScreenResultType


class Overlay(ModalScreen[ScreenResultType]):
    """A box on top of the reader."""

    BINDINGS = [
        Binding("escape", "dismiss(None)", "close", id="overlay.close"),
        # A screen on top hides the app's keys; whoever wants to quit must be able to.
        Binding("q", "app.quit", "quit", id="overlay.quit"),
    ]
