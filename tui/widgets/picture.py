"""Pictures that change many times a second, drawn row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

Row: TypeAlias = Sequence[tuple[str, str]]
"""Pieces beside each other, each a text and its style."""


class Picture(Widget):
    """Rows that become segments at once; those that are as they were are not drawn again.

    By way of a Content they would take most of the time of a frame. A row that is too wide is cut.
    """

    # What is selected is taken from a Content.
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._drawn = Size()
        self._rows: Sequence[Row] = ()

    def rows(self) -> Sequence[Row]:
        """Return the rows for the size that there is."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw the rows that have changed."""
        before = self._rows
        self._draw()
        width, height = self._drawn
        now = self._rows[:height]
        if len(before) < len(now):
            self.refresh()
        elif changed := [y for y, row in enumerate(now) if row != before[y]]:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _draw(self) -> None:
        self._drawn = self.size
        self._rows = self.rows()

    def render_line(self, y: int) -> Strip:
        """Draw a row."""
        if self._drawn != self.size:
            self._draw()
        # Styles and their sums are kept by Textual.
        return Strip(
            Segment(text, (self.visual_style + Style.parse(style)).rich_style)
            for text, style in (self._rows[y] if y < len(self._rows) else ())
        )
