"""What stands on the screen while there is too little room for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

SMALLEST = Size(60, 18)


def is_too_small(size: Size) -> bool:
    """Return whether there is too little room."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


class TooSmallScreen(Screen[None]):
    """Says so, on top of whatever is open, which stays as it is until there is room again."""

    DEFAULT_CSS = """
    TooSmallScreen { overflow: hidden; }
    """

    def compose(self) -> ComposeResult:
        """Leave the room that there is to one text."""
        yield Static()

    def on_resize(self, event: Resize) -> None:
        """Say how much room there is, and how much is needed."""
        self.query_one(Static).update(
            f"Too small: {event.size.width}×{event.size.height}.\n"
            f"Needs {SMALLEST.width}×{SMALLEST.height}, likes\n80×24. q quits."
        )
