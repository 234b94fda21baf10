"""Help: the keys, and how a lesson goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from lessons.ascii import shown
from lessons.layout import wrap
from lessons.model import Span
from tui.screens.overlay import Overlay
from tui.widgets.glyphs import drawn
from tui.widgets.lines import Lines, content
from tui.widgets.scrolling import Scrolling

KEYS = {
    "Anywhere": (
        ("→ l n", "go on; an open question is skipped"),
        ("← h p", "go back"),
        ("PgUp PgDn", "scroll; Home End: as far as there is"),
        ("Tab", "the next part of the page; Shift+Tab back"),
        ("m x g ?", "menu, lab, glossary, this help"),
        ("Esc", "close what is on top; never quits"),
        ("q", "quit; your place and your answers are kept"),
    ),
    "Questions and numbers": (
        ("↑ ↓ k j", "move: a choice, a number, a line, the page"),
        ("1 … 9", "go to the choice of that number"),
        ("Enter Space", "take the choice, for good; check a number"),
        ("a", "a hint, if there is one; then the answer"),
        ("Backspace", "take back a digit, a piece; so does Delete"),
        ("- + . ,", "of a number: its sign, more, its point"),
    ),
    "Runs and tables": (
        ("Enter Space", "start, pause; next step. Space: a guess"),
        ("r s", "from the beginning, or run all; stop"),
        ("v 1 … 9", "another case, another layer"),
        ("t 0", "ten steps; back to the middle. Here t: other colours"),
    ),
}
"""What each key does, in groups."""
KEY_COLUMN = 12
HOW = "Predict, and say how sure. Run it. Say what you saw. Read why."


Groups: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""Keys and what they do, by the heading above them, "" for none."""


class KeyLines(Lines):
    """The keys in groups.

    Args:
        groups: What there is to say.

    """

    DEFAULT_CSS = "KeyLines { margin: 0; }"

    def __init__(self, groups: Groups) -> None:
        super().__init__()
        self.groups = groups

    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines; what a key does keeps its column where it takes two."""
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Content]:
        for heading, keys in self.groups.items():
            if heading:
                yield Content.styled(heading, "bold")
            for names, does in keys:
                said = wrap((Span(does),), width, first=f"  {shown(names):<{KEY_COLUMN}}")
                yield from (content([line]) for line in said)


class HelpScreen(Overlay[None]):
    """A page of help.

    Args:
        kept: Where the progress is kept.
        colours: Returns which theme there is, and whether there are others.
        next_theme: Shows the next one.

    """

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        Scrolling {
            width: 70; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1; scrollbar-size-vertical: 1;
            border-title-color: $text-accent; border-subtitle-color: $foreground-muted;
        }
    }
    """
    KEYS: Groups = KEYS
    BINDINGS = [
        Binding("question_mark,enter,left,h", "dismiss(None)", "close", id="help.close"),
        Binding("t", "theme", "theme", id="help.theme"),
    ]

    def __init__(self, kept: str, colours: Callable[[], str], next_theme: Callable[[], None]) -> None:
        super().__init__()
        self.kept = kept
        self.colours = colours
        self.next_theme = next_theme
        self.box = Scrolling()

    def compose(self) -> ComposeResult:
        """Show the keys, how a screen goes, and where the progress is kept."""
        with self.box as box:
            box.border_title = "Help"
            self.name_colours()
            yield KeyLines(self.KEYS)
            yield Static(Content("\n").join(drawn(Content(line)) for line in self.said()))

    def said(self) -> Iterator[str]:
        """Yield what is said below the keys."""
        yield HOW
        yield f"Progress: {self.kept}"

    def action_theme(self) -> None:
        """Show the next theme, and name it."""
        self.next_theme()
        self.name_colours()

    def name_colours(self) -> None:
        """Say which colours are used, where it can be seen without scrolling."""
        self.box.border_subtitle = f"Colours: {self.colours()}   Esc closes   q quits"
