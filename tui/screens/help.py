"""Help: the keys, and how a lesson goes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

HELP = """\
[b]Keys[/b]
  →  l  n      go on; an open question is skipped
  ←  h  p      go back
  ↑ ↓  k j     move: a choice, a number, a line, the page
  Enter        take the choice, for good; start a run, pause it
  1 … 9        go to the choice of that number
  Esc          back from "How sure are you?" to the choices
  a            a hint, if there is one, and then the answer
  r  s         run anew, stop
  Tab          go to the next part of the page that takes keys
  m            menu of lessons and screens
  x            the lab: build a network and run it
  g            glossary: every symbol and term
  q            quit; your place and your answers are kept

[b]How a screen goes[/b]
  Predict, and say how sure you are. Run it. Say what you saw.
  Then read why. Nothing is graded, and nothing blocks you."""


class HelpScreen(ModalScreen[None]):
    """A page of help."""

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        VerticalScroll {
            width: 68; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1;
        }
    }
    """
    BINDINGS = [Binding("escape,question_mark,enter,left", "dismiss(None)", "Close", id="help.close")]

    def __init__(self, kept: str) -> None:
        super().__init__()
        self.kept = kept

    def compose(self) -> ComposeResult:
        """Show the text, and where the progress is kept."""
        with VerticalScroll() as box:
            box.border_title = "Help"
            box.border_subtitle = "Esc closes"
            yield Static(HELP)
            yield Static(f"\nProgress: {self.kept}", markup=False)
