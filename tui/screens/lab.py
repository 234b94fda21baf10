"""The lab, open from anywhere: a network of the learner's own."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from tui.screens.overlay import Closing
from tui.widgets.bars import KeyBar, PlaceBar
from tui.widgets.lab import LabView


class LabScreen(Closing[None]):
    """The lab between a line that says where you are and one that names the keys."""

    BINDINGS = [Binding("escape,x", "leave", "lesson", key_display="Esc", id="lab.leave")]

    def compose(self) -> ComposeResult:
        """Put the lab between the bars."""
        place = PlaceBar()
        place.place = ("initlesson", "The lab", "change anything, and run it")
        yield place
        yield LabView()
        yield KeyBar()

    def action_leave(self) -> None:
        """Go back to the lesson."""
        self.dismiss(None)
