"""Gradients without calculus: nudge one parameter, run the network again, look at the cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Array, read_only, real_number
from engine.losses import CROSS_ENTROPY, Loss
from engine.network import Description, Layer, Network
from engine.trace import cost


@dataclass(frozen=True, eq=False)
class Differences:
    """Central differences of the cost, in the shapes of the parameters.

    Attributes:
        dW: ∂cost/∂Wˡ, l = 1…L, each (n_l, n_l₋₁).
        db: ∂cost/∂bˡ, l = 1…L, each (n_l, 1).

    """

    dW: tuple[Array, ...]
    db: tuple[Array, ...]


def central_differences(
    network: Network | Description,
    x: ArrayLike,
    y: ArrayLike,
    loss: str | Loss = CROSS_ENTROPY,
    step: float = 1e-5,
) -> Differences:
    """Return (cost(w + h) − cost(w − h)) / 2h for every weight and every bias w of a network.

    The error is of the order of h² · cost‴ plus 10⁻¹⁶ · cost / h. Where a nudge of ±h carries a
    unit's z across a kink, the result is a weighted mean of the slopes on both sides, not the derivative.

    Args:
        network: A `Network`, or (W, b, name of the activation) for each layer.
        x: Inputs, (n_0, m).
        y: Labels, (n_L, m).
        loss: The loss, or its name.
        step: h, from 1e-10 to 1.

    Raises:
        EngineError: as `forward` and `backward`, or a step out of range.

    Source: Goodfellow, Bengio & Courville 2016, §11.5.

    """
    network = Network.of(network)
    h = real_number("step", step, 1e-10, 1.0)

    def slope(index: int, parameter: str, entry: tuple[int, ...]) -> float:
        up, down = (cost(_nudged(network, index, parameter, entry, by), x, y, loss) for by in (h, -h))
        return (up - down) / (2 * h)

    def slopes(parameter: str) -> Iterator[Array]:
        for index, layer in enumerate(network.layers):
            found = np.empty_like(getattr(layer, parameter))
            for entry in np.ndindex(found.shape):
                found[entry] = slope(index, parameter, entry)
            yield read_only(found)

    return Differences(tuple(slopes("W")), tuple(slopes("b")))


def _nudged(network: Network, index: int, parameter: str, entry: tuple[int, ...], by: float) -> Network:
    """Return a network with `by` added to one entry of W or b of the layer of that index, from 0."""
    layer = network.layers[index]
    arrays = {"W": layer.W.copy(), "b": layer.b.copy()}
    arrays[parameter][entry] += by
    changed = Layer(arrays["W"], arrays["b"], layer.activation)
    return Network((*network.layers[:index], changed, *network.layers[index + 1 :]))
