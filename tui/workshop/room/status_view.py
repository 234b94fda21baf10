"""The first thing to see: how many are here, how many are stuck, and what the room is doing."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from lessons.layout import wrap
from lessons.model import Span
from tui.widgets.lines import MUTED, Lines, content
from tui.workshop.room.desk import Desk


class StatusView(Lines):
    """A few lines over everything else.

    Args:
        desk: What the instructor looks at.

    """

    DEFAULT_CSS = """
    StatusView { max-width: 200; margin: 0; padding: 0 2; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def lines(self, width: int) -> Sequence[Content]:
        """Return the numbers, then what is in force, then what is wrong."""
        desk, room = self.desk, self.desk.room
        here, stuck = len(room.here), len(desk.stuck())
        left = len(room.learners) - here
        pieces = [
            (f"{here} here", "bold $text-accent"),
            ("   ", ""),
            (f"{stuck} stuck", "bold" if stuck else MUTED),
        ]
        pieces += [(f"   {left} gone", MUTED)] if left else []
        pieces += [("   names hidden", MUTED)] if desk.hidden else []
        pieces += [] if room.hold else [("   running freely", MUTED)]
        lines = [Content.assemble(*pieces)]
        does = [f"Frozen on {desk.called(room.hold)}."] if room.hold else []
        if vote := room.open_vote:
            given = len(vote.rounds[-1].given)
            again = "Second vote" if len(vote.rounds) > 1 else "Vote"
            does.append(f"{again} open on {desk.number(vote.screen)}: {given} of {here} have voted.")
        if does:
            lines += [content([line], "bold") for line in wrap((Span(" ".join(does)),), width)]
        if room.message:
            said = wrap((Span(f"Told everyone: {room.message}"),), width)
            lines += [content([line]) for line in said[:2]]
        if desk.trouble:
            lines += [
                content([line], "bold $text-error") for line in wrap((Span(f"! {desk.trouble}"),), width)
            ]
        return lines
