"""The two losses as curves that cross at one half, and which way each label pushes z."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from textual.content import Content

from engine.loss_table import loss_curves, push_table
from tui.widgets.curve import BRAILLE, braille
from tui.widgets.lines import MUTED
from tui.widgets.slider import END, HIGHEST, LOWEST, TRACK, Slider
from tui.widgets.table import table_content

WIDEST = 76
EASY_ROWS = 14
"""Lines of curves that go well with this width; more of them make the curves wider, too."""
LOWEST_ROWS, HIGHEST_ROWS = 9, 28
# What a terminal of 24 lines needs beside the curves.
OTHER_LINES = 15
STYLES = ("$text-warning", "$text-secondary")
NAMES = ("y = 0: −ln(1 − p)", "y = 1: −ln(p)")
AWAY = 4
"""Cells between a curve's upper end and its name."""


class LossCurvesView(Slider):
    """Both curves over the track of p, a mark where p is, and the numbers and pushes at p below."""

    def lines(self, width: int) -> Sequence[Content]:
        """Return the curves, the track, which is their axis, and the table."""
        width = min(width, WIDEST + max(0, self._rows() - EASY_ROWS) * 4)
        table = push_table(self.p)

        def style(row: int, key: str) -> str:
            return f"bold {STYLES[row]}" if key in ("y", "push") else STYLES[row] if key == "delta" else ""

        return [*self._plot(width), self.track(width), *table_content(table.without("p"), style, width)]

    def _plot(self, width: int) -> list[Content]:
        columns = max(1, width - TRACK - END)
        rows = self._rows()
        p = np.arange(LOWEST, HIGHEST + 1) / 100
        curves = loss_curves(p)
        top = float(curves.max())
        cells = [[(" ", "")] * columns for _ in range(rows)]
        here = self.at(width)
        for line in cells:
            line[here] = ("│", MUTED)
        for label, curve in enumerate(curves):
            points = [(float(at - p[0]), float(loss)) for at, loss in zip(p, curve, strict=True)]
            drawn = braille(points, columns, rows, float(p[-1] - p[0]), top)
            for line, text in zip(cells, drawn, strict=True):
                for column, glyph in enumerate(text):
                    if glyph != " ":
                        line[column] = _over(line[column], glyph, STYLES[label])
        self._write_names(cells[0], columns)
        losses = [float(curve[self.hundredths - LOWEST]) for curve in curves]
        heights = [min(rows - 1, round((1 - loss / top) * (rows * 4 - 1)) // 4) for loss in losses]
        for label, row in enumerate(heights):
            cells[row][here] = (str(label), f"bold reverse {STYLES[label]}")
        if heights[0] == heights[1]:
            cells[heights[0]][here] = ("●", "bold $text-accent")
        sides = _sides(rows, top, losses, heights)
        return [
            Content.assemble((f"{side:>{TRACK - 2}} │", MUTED), *line).simplify()
            for side, line in zip(sides, cells, strict=True)
        ]

    def _rows(self) -> int:
        """Return how high the curves are: they take what the terminal has, but for the question below."""
        height = self.app.size.height
        most = max(EASY_ROWS, min(HIGHEST_ROWS, height // 2))
        return max(LOWEST_ROWS, min(most, height - OTHER_LINES))

    def _write_names(self, line: list[tuple[str, str]], columns: int) -> None:
        """Write each curve's name beside its upper end, as far as there is room."""
        room = columns - 2 * AWAY
        names = NAMES if sum(len(name) + 1 for name in NAMES) <= room else tuple(name[:5] for name in NAMES)
        if sum(len(name) + 1 for name in names) > room:
            return
        for label, start in ((1, AWAY), (0, columns - AWAY - len(names[0]))):
            for at, glyph in enumerate(names[label], start=start):
                line[at] = (glyph, f"bold {STYLES[label]}")


def _over(cell: tuple[str, str], glyph: str, style: str) -> tuple[str, str]:
    """Return a cell with the dots of a curve added to those that it has."""
    dots = ord(cell[0]) - BRAILLE
    if 0 < dots < 0x100:
        return chr(ord(glyph) | dots), ""
    return glyph, style


def _sides(rows: int, top: float, losses: Sequence[float], heights: Sequence[int]) -> list[str]:
    """Return what stands left of each row: both ends of the axis, and the losses at the height of theirs."""
    sides = [""] * rows
    sides[0], sides[-1] = f"loss {top:.1f}", "0"
    if losses[0] != losses[1] and heights[0] == heights[1]:
        sides[heights[0]] = f"{losses[0]:.2f}, {losses[1]:.2f}"
    else:
        for loss, row in zip(losses, heights, strict=True):
            sides[row] = f"{loss:.3f}"
    return sides
