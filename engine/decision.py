"""What a network says about every place of the plane."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, read_only, real_number, whole_number
from engine.network import Network
from engine.predictions import predictions


def grid(low: float, high: float, columns: int, rows: int) -> Array:
    """Return the middles of the cells of a square, (2, rows · columns), the top row first."""
    low = real_number("low", low, -1e6, 1e6)
    high = real_number("high", high, low, 1e6)
    columns = whole_number("columns", columns, 1, 1000)
    rows = whole_number("rows", rows, 1, 1000)
    return _grid(low, high, columns, rows)


@lru_cache(16)
def _grid(low: float, high: float, columns: int, rows: int) -> Array:
    """Make it once: a map is drawn again and again while a network trains."""
    across = low + (np.arange(columns) + 0.5) * (high - low) / columns
    down = high - (np.arange(rows) + 0.5) * (high - low) / rows
    x, y = np.meshgrid(across, down)
    return read_only(np.vstack([x.ravel(), y.ravel()]))


def decision_map(network: Network, low: float, high: float, columns: int, rows: int) -> NDArray[np.bool_]:
    """Return, for each cell of a square, whether the network calls its middle 1: (rows, columns).

    Args:
        network: A network with two inputs and one output.
        low: Where the square begins, on both axes.
        high: Where it ends.
        columns: Cells across.
        rows: Cells down.

    """
    called = predictions(network, grid(low, high, columns, rows))
    return np.asarray(called[0].reshape(rows, columns) == 1)
