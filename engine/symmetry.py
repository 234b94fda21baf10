"""The twin detector: how many units of a layer are different from each other."""

from __future__ import annotations

import numpy as np

from engine.network import Layer, Network


def distinct_in_layer(layer: Layer) -> int:
    """Return how many units differ, to the bit, in the weights and the bias that they compute with.

    Units with equal rows of W and equal biases are twins: whatever comes in, they say the same.
    """
    rows = np.hstack([layer.W, layer.b]) + 0.0  # −0 and 0 are one number
    return int(np.unique(rows, axis=0).shape[0])


def distinct_units(network: Network) -> tuple[int, ...]:
    """Return the number of distinct units of each layer, the first layer first."""
    return tuple(distinct_in_layer(layer) for layer in network.layers)
