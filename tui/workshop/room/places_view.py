"""Where the room is: a line a screen, with a bar of heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from lessons.ascii import shown
from tui.widgets.lines import MUTED, Lines
from tui.workshop.room.desk import Desk

HEAD, STUCK = "●", "!"
BEFORE = len("▸ 1.2 ")
COUNT = len(" 300 ")
SHORTEST_BAR, LONGEST_SHORTEST = 8, 18
"""Cells for heads before titles are cut: as many as there are heads, between these."""
FROZEN = " frozen"
LONGEST_TITLE = 32


class PlacesView(Lines):
    """Every screen of the course, how many are there, and which of them are stuck.

    Args:
        desk: What the instructor looks at.

    """

    DEFAULT_CSS = """
    PlacesView { margin: 0; padding: 0 1 0 0; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.bar = SHORTEST_BAR

    def lines(self, width: int) -> Sequence[Content]:
        """Return a line a screen."""
        desk = self.desk
        stuck = {learner.key for learner in desk.stuck()}
        heads: dict[str, list[bool]] = {}
        for learner in desk.room.here:
            heads.setdefault(desk.where(learner), []).append(learner.key in stuck)
        titles = {slug: shown(desk.title(slug)) for slug in desk.course.order}
        most = max(map(len, heads.values()), default=0)
        wanted = min(max(most, SHORTEST_BAR), LONGEST_SHORTEST)
        title = min(max(map(len, titles.values())), LONGEST_TITLE, width - BEFORE - COUNT - wanted)
        self.bar = width - BEFORE - title - COUNT
        each = self.heads_a_sign()
        lines = []
        for slug in desk.course.order:
            there = heads.get(slug, [])
            selected = slug == desk.selected
            style = "bold $text-accent" if selected else "" if there else MUTED
            name = Content.styled(titles[slug], style)
            if slug == desk.room.hold:
                name = name.truncate(title - len(FROZEN), ellipsis=True) + Content.styled(FROZEN, "bold")
            name = name.truncate(title, ellipsis=True, pad=True)
            slow = -(-sum(there) // each)
            signs = HEAD * max(0, -(-len(there) // each) - slow)
            lines.append(
                Content.assemble(
                    (f"{'▸' if selected else ' '} {desk.number(slug):<4}", style),
                    name,
                    (f"{len(there) or '':>4} ", "bold"),
                    (signs, "$text-success"),
                    (STUCK * slow, "bold $text-error"),
                )
            )
        return lines

    def heads_a_sign(self) -> int:
        """Return how many learners a sign of a bar stands for."""
        counts = Counter(map(self.desk.where, self.desk.room.here))
        return -(-max(counts.values(), default=1) // max(1, self.bar))

    def show_selected(self) -> None:
        """Bring the line of the screen selected into view."""
        line = self.desk.course.order.index(self.desk.selected)
        if isinstance(self.parent, Widget):
            self.parent.scroll_to_region(
                Region(0, self.virtual_region.y + line, 1, 1), animate=False, spacing=None
            )
