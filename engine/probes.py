"""What the cost does when weights are nudged: one alone, or one in each layer of a path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import real_number, whole_number
from engine.errors import EngineError
from engine.losses import CROSS_ENTROPY, Loss
from engine.network import Layer, Network
from engine.trace import cost


class Weight(NamedTuple):
    """Where a weight is: the layer from 1, the unit (row of W) and the input (column of W) from 0."""

    layer: int
    unit: int
    input: int


def weights(network: Network) -> Iterator[Weight]:
    """Yield the place of every weight of a network, layer by layer, row by row."""
    for number, layer in enumerate(network.layers, start=1):
        for unit, given in np.ndindex(layer.W.shape):
            yield Weight(number, unit, given)


def path(network: Network, units: Sequence[int]) -> tuple[Weight, ...]:
    """Return the weights on a path: units are an input, then a unit of every layer, all from 0.

    Raises:
        EngineError: not one unit for the inputs and each layer, or a unit that there is not.

    """
    sizes = network.sizes
    if len(units) != len(sizes):
        raise EngineError("units", tuple(units), f"{len(sizes)} of them: an input, then one a layer")
    for unit, size in zip(units, sizes, strict=True):
        whole_number("a unit of the path", unit, 0, size - 1)
    steps = pairwise(units)
    return tuple(Weight(layer, above, below) for layer, (below, above) in enumerate(steps, start=1))


def nudged(network: Network, places: Iterable[Weight], by: float) -> Network:
    """Return a network with `by` added to each of those weights.

    Raises:
        EngineError: a weight that there is not, or a nudge that is not a number from -1e6 to 1e6.

    """
    by = real_number("by", by, -1e6, 1e6)
    arrays = [layer.W.copy() for layer in network.layers]
    for place in places:
        layer = whole_number("a weight's layer", place.layer, 1, len(arrays))
        rows, columns = arrays[layer - 1].shape
        unit = whole_number("a weight's unit", place.unit, 0, rows - 1)
        arrays[layer - 1][unit, whole_number("a weight's input", place.input, 0, columns - 1)] += by
    return Network(
        tuple(Layer(W, layer.b, layer.activation) for W, layer in zip(arrays, network.layers, strict=True))
    )


def cost_change(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    places: Iterable[Weight],
    by: float,
    loss: str | Loss = CROSS_ENTROPY,
) -> float:
    """Return the cost after adding `by` to each of those weights at once, minus the cost before.

    In an all-zero network with g(0) = 0 no weight alone changes it, and all weights of a path together change
    it by by^depth · mean((p − y) x_k) · g′(0)^(depth − 1) in the leading order.

    Args:
        network: The network.
        x: Inputs, (n_0, m).
        y: Labels, (n_L, m).
        places: The weights to nudge.
        by: How far.
        loss: The loss, or its name.

    Raises:
        EngineError: as `nudged` and `cost`.

    """
    return cost(nudged(network, places, by), x, y, loss) - cost(network, x, y, loss)


def count_of_live_weights(
    network: Network, x: ArrayLike, y: ArrayLike, by: float, loss: str | Loss = CROSS_ENTROPY
) -> int:
    """Return how many weights change the cost at all when each is nudged alone by `by`."""
    before = cost(network, x, y, loss)
    return sum(cost(nudged(network, [place], by), x, y, loss) != before for place in weights(network))
