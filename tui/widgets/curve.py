"""The cost curve, drawn in braille dots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from textual.reactive import reactive

from tui.widgets.muted import MUTED
from tui.widgets.picture import Picture, Row

BRAILLE = 0x2800
DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])[:, np.newaxis, :]
LABEL = 6
CURVE = "bold $text-accent"


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


def curve_rows(points: Sequence[tuple[int, float]], steps: int, width: int, height: int) -> list[Row]:
    """Return cost against steps as rows: a scale beside the curve, and a caption in the last.

    Args:
        points: (step, cost), in the order of the steps.
        steps: The step at the right edge.
        width: Cells across.
        height: Cells down.

    """
    columns, rows = max(4, width - LABEL - 2), max(2, height - 2)
    top = max(1.0, *(cost for _, cost in points)) if points else 1.0
    labels = {0: f"{top:.1f}", rows - 1: "0"}
    if points:
        last = points[-1][1]
        at = min(rows - 1, max(0, round((1 - last / top) * (rows * 4 - 1)) // 4))
        labels[at] = f"{last:.3f}"
    drawn = braille(points, columns, rows, steps, top)
    end = f"{steps:,}"
    caption = f"cost, to {end}"
    if columns > len(end) + len(" step "):
        caption = f"cost {'':{LABEL - 5}} 0{'step':^{columns - 1 - len(end)}}{end}"
    return [
        *(
            [(f"{labels.get(row, ''):>{LABEL - 1}} │", MUTED), (text, CURVE)]
            for row, text in enumerate(drawn)
        ),
        [(f"{'':{LABEL}}└{'─' * columns}", MUTED)],
        [(caption, MUTED)],
    ]


class CostCurve(Picture):
    """Cost against steps, from 0 at the bottom; the caption names the axes.

    Args:
        steps: The step at the right edge.

    """

    DEFAULT_CSS = """
    CostCurve { width: 1fr; height: 100%; }
    """

    points: reactive[Sequence[tuple[int, float]]] = reactive((), repaint=False)

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps

    def rows(self) -> Sequence[Row]:
        """Return the axes, the curve and the caption."""
        return curve_rows(self.points, self.steps, *self.size)

    def watch_points(self) -> None:
        """Show the curve as it is now."""
        self.redraw()
