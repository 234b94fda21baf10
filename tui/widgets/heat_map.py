"""Weights as heat maps with signs."""

from __future__ import annotations

import numpy as np
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from engine.network import Layer, Network
from lessons.wording import power
from tui.widgets.lines import MUTED

LEVELS = " ░▒▓█"
GAP = 2


class HeatMap(Widget):
    """Every W of a network: a row a unit, a cell a weight, its sign and how large it is beside the largest.

    Args:
        network: The network to begin with.

    """

    DEFAULT_CSS = """
    HeatMap { width: 34; height: 100%; margin: 0 0 0 2; }
    """

    network: reactive[Network | None] = reactive(None)

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.set_reactive(HeatMap.network, network)

    def render(self) -> Content:
        """Draw the matrices beside each other, or as far as there is room, and the caption."""
        if self.network is None:
            return Content("")
        largest = max(float(np.abs(layer.W).max()) for layer in self.network.layers)
        columns = [
            _matrix(number, layer, largest) for number, layer in enumerate(self.network.layers, start=1)
        ]
        height = max(len(column) for column in columns)
        rows = []
        for row in range(height):
            cells = []
            for column in columns:
                line = column[row] if row < len(column) else Content("")
                cells.append(line.pad_right(column[0].cell_length - line.cell_length))
            rows.append(Content(" " * GAP).join(cells))
        room = max(2, self.size.height - 1)
        caption = f"a row a unit; largest |w| {largest:.3g}"
        return Content("\n").join([*rows[:room], Content.styled(caption, MUTED)])


def _matrix(number: int, layer: Layer, largest: float) -> list[Content]:
    columns = layer.W.shape[1]
    width = max(3, 2 * columns)
    lines = [Content.styled(f"{power('W', number):<{width}}", MUTED)]
    for unit in layer.W:
        cells = [_cell(float(weight), largest) for weight in unit]
        line = Content.assemble(*cells)
        lines.append(line.pad_right(width - line.cell_length))
    return lines


def _cell(weight: float, largest: float) -> tuple[str, str]:
    if weight == 0:
        return " 0", MUTED
    level = LEVELS[max(1, round(abs(weight) / largest * (len(LEVELS) - 1)))]
    return ("+" if weight > 0 else "−") + level, "$text-secondary" if weight > 0 else "$text-warning"
