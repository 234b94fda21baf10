"""The boxes on top of the room: a line to everyone, everybody by name, and the keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from tui.screens.help import HelpScreen
from tui.screens.overlay import Overlay
from tui.widgets.lines import MUTED, Lines
from tui.widgets.scrolling import Scrolling
from tui.workshop.room.desk import Desk, minutes
from tui.workshop.room.model import MOST_TEXT
from tui.workshop.room.stuck import EXCEPT, RULE, stay
from tui.workshop.room.values import Learner

KEYS = {
    "": (
        ("↑ ↓ k j", "the screen selected"),
        ("← → h l", "the question selected, where a screen has several"),
        ("Enter", "the question alone; Esc: the room"),
        ("PgUp PgDn", "scroll"),
        ("v", "open a vote on the question; close it; ask again"),
        ("t", "the shift from before to after, choice by choice"),
        ("r", "show which choice is right; hide it"),
        ("f", "freeze the room on the screen selected; let it run"),
        ("s", "say one line to everyone"),
        ("w", "everybody by name"),
        ("n", "hide the names for the projector, exports too"),
        ("e", "write the day down as CSV and JSON"),
        ("q", "leave; the room goes on without you"),
    )
}
WAYS = (
    RULE,
    EXCEPT,
    "Nobody counts as stuck where the room is frozen.",
    "Peer instruction: vote, close, look, discuss, vote again, then r.",
)


class SayScreen(Overlay[str | None]):
    """Asks for one line to everyone; its result is the line, "" to take the last one away, or None.

    Args:
        said: The line that stands now.

    """

    DEFAULT_CSS = """
    SayScreen {
        align: center middle;
        Input, Input:focus { width: 70; max-width: 100%; border: round $accent; padding: 0 1; }
        Input, Input:focus { background: transparent; border-title-color: $text-accent; }
    }
    """

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said

    def compose(self) -> ComposeResult:
        """Ask for the line."""
        line = Input(self.said, max_length=MOST_TEXT, select_on_focus=True)
        line.cursor_blink = False
        line.border_title = "One line to everyone"
        line.border_subtitle = "Enter sends, empty takes it away, Esc closes"
        yield line

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Send it."""
        self.dismiss(event.value.strip())


class Everybody(Lines):
    """A line a learner: those who are here first, by name.

    Args:
        desk: What the instructor looks at.

    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines."""
        if not self.desk.room.learners:
            return [Content.styled("Nobody has come yet.", MUTED)]
        stuck = {learner.key for learner in self.desk.stuck()}
        by_name = sorted(
            self.desk.room.learners.values(),
            key=lambda each: (not each.here, self.desk.order(each)),
        )
        return [self._line(each, each.key in stuck, width) for each in by_name]

    def _line(self, learner: Learner, stuck: bool, width: int) -> Content:
        time = minutes(stay(learner, self.desk.clock())) if learner.here else "gone"
        half = max(12, (width - 10) // 2)
        name = Content(f"{'!' if stuck else ' '} {self.desk.name(learner)}").truncate(
            half, ellipsis=True, pad=True
        )
        where = Content(f" {self.desk.called(self.desk.where(learner))}")
        where = where.truncate(max(1, width - half - 8), ellipsis=True, pad=True)
        line = name + where + f"{time:>8}"
        return line.stylize("bold $text-error" if stuck else "" if learner.here else MUTED)


class WhoScreen(Overlay[None]):
    """Everybody, to be scrolled through.

    Args:
        desk: What the instructor looks at.

    """

    DEFAULT_CSS = """
    WhoScreen {
        align: center middle;
        Scrolling {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1; scrollbar-size-vertical: 1;
            border-title-color: $text-accent; border-subtitle-color: $foreground-muted;
        }
    }
    """
    BINDINGS = [Binding("w,enter,left,h", "dismiss(None)", "close", id="who.close")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """List them."""
        with Scrolling() as box:
            box.border_title = "Who is where"
            box.border_subtitle = "! stuck   ↑↓ scroll   Esc closes   q quits"
            yield Everybody(self.desk)

    def draw(self) -> None:
        """Show them as they are now."""
        self.query_one(Everybody).refresh(layout=True)


class RoomHelp(HelpScreen):
    """The keys of the room, and the rule by which somebody counts as stuck."""

    KEYS = KEYS

    def said(self) -> Iterator[str]:
        """Yield what there is to know besides."""
        yield ""
        yield from WAYS
        yield self.kept
