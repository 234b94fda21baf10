"""The twin detector: how many units of a layer are different from each other."""

from __future__ import annotations

import numpy as np

from engine.arrays import Array, real_number
from engine.network import Layer, Network


def twins(layer: Layer, tolerance: float = 0.0) -> tuple[tuple[int, ...], ...]:
    """Return the units of a layer, from 0, in groups that compute the same.

    Units with equal rows of W and equal biases are twins: whatever comes in, they say the same (to rounding,
    unless their sums are made in one order).

    Args:
        layer: The layer.
        tolerance: How far a weight or bias may be from that of the first unit of the group; 0 is to the bit.

    Raises:
        EngineError: the tolerance is no number from 0 to 1e6.

    """
    allowed = real_number("tolerance", tolerance, 0.0, 1e6)
    groups: list[list[int]] = []
    rows = parameters(layer)
    for unit, row in enumerate(rows):
        for group in groups:
            if _apart(row, rows[group[0]]) <= allowed:
                group.append(unit)
                break
        else:
            groups.append([unit])
    return tuple(tuple(group) for group in groups)


def distinct_units(network: Network, tolerance: float = 0.0) -> tuple[int, ...]:
    """Return the number of distinct units of each layer, the first layer first, as `twins` groups them."""
    return tuple(len(twins(layer, tolerance)) for layer in network.layers)


def spread(network: Network) -> tuple[float, ...]:
    """Return, for each layer, the largest difference between two units in any weight or bias; 0 for twins."""
    rows = (parameters(layer) for layer in network.layers)
    return tuple(_apart(each.max(axis=0), each.min(axis=0)) for each in rows)


def _apart(one: Array, other: Array) -> float:
    with np.errstate(over="ignore"):
        return float(np.abs(one - other).max())


def parameters(layer: Layer) -> Array:
    """Return a row a unit, (n_out, n_in + 1): its weights and its bias."""
    return np.hstack([layer.W, layer.b])
