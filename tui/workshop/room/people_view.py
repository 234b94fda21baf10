"""Who is stuck, by which rule, and who is on the screen selected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from lessons.layout import wrap
from lessons.model import Span
from tui.widgets.lines import MUTED, Lines, content, fill
from tui.workshop.room.desk import Desk, minutes
from tui.workshop.room.stuck import RULE, medians, stay
from tui.workshop.room.values import Learner

LOW, FEW_STUCK, MOST_STUCK = 10, 3, 6
"""The height up to which few of the stuck are named, and how many are named."""
MOST_THERE = 24


class PeopleView(Lines):
    """The stuck by name, and the people of a screen; `w` lists everybody.

    Args:
        desk: What the instructor looks at.

    """

    DEFAULT_CSS = """
    PeopleView { margin: 0; padding: 0 1 0 0; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def lines(self, width: int) -> Sequence[Content]:
        """Return the stuck, the rule, and who is on the screen selected."""
        return [*self._stuck(width), *self._there(width)]

    def _stuck(self, width: int) -> Iterator[Content]:
        found = self.desk.stuck()
        most = MOST_STUCK if self.container_size.height > LOW else FEW_STUCK
        yield from (content([line], MUTED) for line in wrap((Span(RULE),), width))
        for learner in found[:most]:
            time = f" {self.desk.number(self.desk.where(learner)):>4} {minutes(self._stay(learner)):>7}"
            name = Content(f"! {self.desk.name(learner)}").truncate(
                width - len(time), ellipsis=True, pad=True
            )
            yield name.stylize("bold $text-error") + time
        if len(found) > most:
            yield Content.styled(f"  and {len(found) - most} more: w", MUTED)
        if not found:
            yield Content.styled("Nobody is stuck.", "bold")
        yield Content("")

    def _there(self, width: int) -> Iterator[Content]:
        desk = self.desk
        there = [each for each in desk.room.here if desk.where(each) == desk.selected]
        usual = medians(desk.room, desk.clock()).get(desk.selected)
        about = f": {len(there)}" + (f", median {minutes(usual)}" if usual is not None else "")
        yield Content.styled(f"On {desk.number(desk.selected)}{about}", "bold")
        there.sort(key=lambda learner: learner.since)
        pieces = [
            Content(f"{desk.name(each)}: {minutes(self._stay(each))}").truncate(width, ellipsis=True)
            for each in there[:MOST_THERE]
        ]
        if len(there) > MOST_THERE:
            pieces.append(Content.styled(f"and {len(there) - MOST_THERE} more: w", MUTED))
        yield from fill(pieces, width, gap=3)

    def _stay(self, learner: Learner) -> float:
        return stay(learner, self.desk.clock())
