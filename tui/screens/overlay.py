"""What the boxes on top of the reader share: the keys that close them, and the one that quits."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import ModalScreen, Screen, ScreenResultType


class Closing(Screen[ScreenResultType]):
    """A screen that closes once, however often the key is pressed before it has gone."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close it, unless it has been closed."""
        return super().dismiss(result) if self.is_current else AwaitComplete()


class Overlay(Closing[ScreenResultType], ModalScreen[ScreenResultType]):
    """A box on top of the reader."""

    BINDINGS = [
        Binding("escape", "dismiss(None)", "close", id="overlay.close"),
        # A screen on top hides the app's keys; whoever wants to quit must be able to.
        Binding("q", "app.quit", "quit", id="overlay.quit"),
    ]
