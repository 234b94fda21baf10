"""The cost curve, drawn in braille dots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.lines import MUTED

BRAILLE = 0x2800
DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])[:, np.newaxis, :]
LABEL = 6


def braille(
    points: Sequence[tuple[float, float]], columns: int, rows: int, right: float, top: float
) -> list[str]:
    """Return a curve through points as rows of braille characters; 0 is at the lower left.

    Args:
        points: (x, y), x from 0 to `right` in rising order, y from 0 to `top`.
        columns: Characters across; each is two dots wide.
        rows: Characters down; each is four dots high.
        right: The x at the right edge.
        top: The y at the upper edge.

    """
    wide, high = columns * 2 - 1, rows * 4 - 1
    dots = np.zeros((rows * 4, columns * 2), bool)
    if points:
        x, y = np.rint(np.clip(np.array(points, float) / (right, top), 0.0, 1.0) * (wide, high)).T
        across, up = np.diff(x), np.diff(y)
        # From each point to the next in so many dots; a thousand points are drawn many times a second.
        counts = np.maximum(np.maximum(abs(across), abs(up)), 1.0).astype(int)
        starts = np.cumsum(counts) - counts
        part = (np.arange(1, counts.sum() + 1) - np.repeat(starts, counts)) / np.repeat(counts, counts)
        line_x = np.rint(np.repeat(x[:-1], counts) + np.repeat(across, counts) * part)
        line_y = np.rint(np.repeat(y[:-1], counts) + np.repeat(up, counts) * part)
        for dot_x, dot_y in ((x[:1], y[:1]), (line_x, line_y)):
            dots[high - dot_y.astype(int), dot_x.astype(int)] = True
    cells = (dots.reshape(rows, 4, columns, 2) * DOTS).sum(axis=(1, 3))
    return ["".join(chr(BRAILLE + cell) if cell else " " for cell in row) for row in cells.tolist()]


class CostCurve(Widget):
    """Cost against steps, from 0 at the bottom; the caption names the axes.

    Args:
        steps: The step at the right edge.

    """

    DEFAULT_CSS = """
    CostCurve { width: 1fr; height: 100%; }
    """

    points: reactive[Sequence[tuple[int, float]]] = reactive(())

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps

    def render(self) -> Content:
        """Draw the axes, the curve and the caption."""
        columns, rows = max(4, self.size.width - LABEL - 2), max(2, self.size.height - 2)
        top = max(1.0, *(cost for _, cost in self.points)) if self.points else 1.0
        drawn = braille(self.points, columns, rows, self.steps, top)
        labels = {0: f"{top:.1f}", rows - 1: "0"}
        if self.points:
            last = self.points[-1][1]
            at = min(rows - 1, max(0, round((1 - last / top) * (rows * 4 - 1)) // 4))
            labels[at] = f"{last:.3f}"
        lines = [
            Content.assemble((f"{labels.get(row, ''):>{LABEL - 1}} │", MUTED), (text, "bold $text-accent"))
            for row, text in enumerate(drawn)
        ]
        end = f"{self.steps:,}"
        lines.append(Content.styled(f"{'':{LABEL}}└{'─' * columns}", MUTED))
        caption = f"cost, to {end}"
        if columns > len(end) + len(" step "):
            caption = f"cost {'':{LABEL - 5}} 0{'step':^{columns - 1 - len(end)}}{end}"
        lines.append(Content.styled(caption, MUTED))
        return Content("\n").join(lines)
