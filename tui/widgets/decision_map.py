"""The decision map: where the network says 1, with the points on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap

import numpy as np
from textual.reactive import reactive

from engine.datasets import Dataset
from engine.decision import decision_map
from engine.errors import EngineError
from engine.network import Network
from tui.widgets.muted import MUTED
from tui.widgets.picture import Picture, Row

ZERO, ONE, SHADE, CLEAR = "o", "x", "░", " "
STYLES = {ZERO: "$text-warning", ONE: "bold $text-secondary", SHADE: "$text-secondary", CLEAR: ""}
LONG, SHORT = "o: y=0  x: y=1  ░: says 1", "o 0  x 1  ░ says 1"


class DecisionMap(Picture):
    """A square of the plane: o and x are the points of label 0 and 1; shaded where the network says 1.

    Args:
        data: The points, two inputs each.
        network: The network to begin with.

    """

    DEFAULT_CSS = """
    DecisionMap { width: 30; height: 100%; margin: 0 0 0 2; }
    """

    network: reactive[Network | None] = reactive(None, repaint=False)

    def __init__(self, data: Dataset, network: Network) -> None:
        super().__init__()
        self.show(data, network)

    def show(self, data: Dataset, network: Network) -> None:
        """Show other points, and another network."""
        self.data = data
        self.reach = float(abs(data.x).max()) * 1.05
        self.set_reactive(DecisionMap.network, network)
        self.redraw()

    def watch_network(self) -> None:
        """Show what the network says now."""
        self.redraw()

    def rows(self) -> Sequence[Row]:
        """Return the map and its caption."""
        columns, rows = max(4, self.size.width), max(2, self.size.height - 1)
        if self.network is None:
            return []
        caption = [(LONG if columns >= len(LONG) else SHORT, MUTED)]
        return [*map_rows(self.data, self.network, self.reach, columns, rows), caption]


def map_rows(data: Dataset, network: Network, reach: float, columns: int, rows: int) -> list[Row]:
    """Return the square from −reach to reach on both axes as rows, shaded where the network says 1."""
    try:
        shaded = decision_map(network, -reach, reach, columns, rows)
    except EngineError as error:
        return [[(line, "")] for line in wrap(str(error), columns)]
    glyphs = np.where(shaded, SHADE, CLEAR)
    x, y = data.x
    column = np.minimum(columns - 1, (x + reach) / (2 * reach) * columns).astype(int)
    row = np.minimum(rows - 1, (reach - y) / (2 * reach) * rows).astype(int)
    # Where several points fall on one place, the last is seen.
    glyphs[row, column] = np.where(data.y[0] == 1, ONE, ZERO)
    return [[("".join(alike), STYLES[glyph]) for glyph, alike in groupby(line)] for line in glyphs.tolist()]
