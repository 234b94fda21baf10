"""The cost curve, drawn in braille dots."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.lines import MUTED

BRAILLE = 0x2800
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
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
    cells = [[0] * columns for _ in range(rows)]
    wide, high = columns * 2 - 1, rows * 4 - 1

    def dot(x: int, y: int) -> None:
        down = high - y
        cells[down // 4][x // 2] |= DOTS[x % 2][down % 4]

    last: tuple[int, int] | None = None
    for x, y in points:
        here = round(min(x / right, 1.0) * wide), round(min(max(y / top, 0.0), 1.0) * high)
        x0, y0 = last or here
        dots = max(abs(here[0] - x0), abs(here[1] - y0), 1)
        for step in range(dots + 1):
            part = step / dots
            dot(round(x0 + (here[0] - x0) * part), round(y0 + (here[1] - y0) * part))
        last = here
    return ["".join(chr(BRAILLE + cell) if cell else " " for cell in row) for row in cells]


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
