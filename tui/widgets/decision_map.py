"""The decision map: where the network says 1, with the points on it."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from engine.datasets import Dataset
from engine.decision import decision_map
from engine.errors import EngineError
from engine.network import Network
from tui.widgets.lines import MUTED

ZERO, ONE, SHADE, CLEAR = "o", "x", "░", " "
LONG, SHORT = "o: y=0  x: y=1  ░: says 1", "o 0  x 1  ░ says 1"


class DecisionMap(Widget):
    """A square of the plane: o and x are the points of label 0 and 1; shaded where the network says 1.

    Args:
        data: The points, two inputs each.
        network: The network to begin with.

    """

    DEFAULT_CSS = """
    DecisionMap { width: 30; height: 100%; margin: 0 0 0 2; }
    """

    network: reactive[Network | None] = reactive(None)

    def __init__(self, data: Dataset, network: Network) -> None:
        super().__init__()
        self.show(data, network)

    def show(self, data: Dataset, network: Network) -> None:
        """Show other points, and another network."""
        self.data = data
        self.reach = float(abs(data.x).max()) * 1.05
        self.set_reactive(DecisionMap.network, network)
        self.refresh()

    def render(self) -> Content:
        """Draw the map and its caption."""
        columns, rows = max(4, self.size.width), max(2, self.size.height - 1)
        if self.network is None:
            return Content("")
        lines = map_lines(self.data, self.network, self.reach, columns, rows)
        caption = Content.styled(LONG if columns >= len(LONG) else SHORT, MUTED)
        return Content("\n").join([*lines, caption])


def map_lines(data: Dataset, network: Network, reach: float, columns: int, rows: int) -> list[Content]:
    """Return the square from −reach to reach on both axes as lines, shaded where the network says 1."""
    try:
        shaded = decision_map(network, -reach, reach, columns, rows)
    except EngineError as error:
        return [Content(str(error))]
    glyphs = np.where(shaded, SHADE, CLEAR)
    x, y = data.x
    column = np.minimum(columns - 1, (x + reach) / (2 * reach) * columns).astype(int)
    row = np.minimum(rows - 1, (reach - y) / (2 * reach) * rows).astype(int)
    # Where several points fall on one place, the last is seen.
    glyphs[row, column] = np.where(data.y[0] == 1, ONE, ZERO)
    styles = {
        ZERO: "$text-warning",
        ONE: "bold $text-secondary",
        SHADE: "$text-secondary",
        CLEAR: "",
    }
    return [
        Content.assemble(*(("".join(alike), styles[glyph]) for glyph, alike in groupby(line)))
        for line in glyphs.tolist()
    ]
