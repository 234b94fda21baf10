"""A network of twins is a network one unit wide: the exact equivalent, and how to train it alongside.

If all units of every hidden layer are equal, their errors and gradients are equal too, so they stay equal. A
layer of n twins is then one unit whose outgoing weight is the sum of theirs, n times as large. By the chain
rule, with n_l twins in hidden layer l and 1 counted for the inputs and the outputs, the single unit must
learn Wˡ at the rate α n_l₋₁ / n_l and bˡ at α / n_l. With ReLU the weights can be scaled instead, Wˡ by
√(n_l n_l₋₁) and bˡ by √n_l, and every rate stays α, because ReLU(c z) = c ReLU(z) for c > 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, real_number
from engine.errors import EngineError
from engine.network import Layer, Network
from engine.trace import Gradients


@dataclass(frozen=True, eq=False)
class WidthOne:
    """A network with one unit in each hidden layer, and the rates at which to train it.

    Attributes:
        network: The network.
        W_rates: The learning rate of Wˡ, l = 1…L.
        b_rates: The learning rate of bˡ, l = 1…L.

    """

    network: Network
    W_rates: tuple[float, ...]
    b_rates: tuple[float, ...]

    def step(self, gradients: Gradients) -> Network:
        """Return the network after one step of gradient descent with these rates."""
        layers = zip(
            gradients.trace.network.layers,
            gradients.dW,
            gradients.db,
            self.W_rates,
            self.b_rates,
            strict=True,
        )
        return Network(
            tuple(
                Layer(layer.W - W_rate * dW, layer.b - b_rate * db, layer.activation)
                for layer, dW, db, W_rate, b_rate in layers
            )
        )


def width_one(network: Network, learning_rate: float) -> WidthOne:
    """Return the equivalent of a network of twins, for any activation, with rates of its own.

    Args:
        network: Every hidden layer's units equal to the bit, in what comes in and in what goes out.
        learning_rate: α of the network of twins, from 1e-12 to 1e6.

    Raises:
        EngineError: a layer whose units differ, or a rate out of range.

    """
    rate = real_number("learning_rate", learning_rate, 1e-12, 1e6)
    below, above = _twins_of(network)
    layers = tuple(
        Layer(n * W, b, layer.activation)
        for n, (W, b), layer in zip(below, _single_units(network), network.layers, strict=True)
    )
    return WidthOne(
        Network(layers),
        tuple(rate * n_in / n_out for n_in, n_out in zip(below, above, strict=True)),
        tuple(rate / n_out for n_out in above),
    )


def width_one_relu(network: Network, learning_rate: float) -> WidthOne:
    """Return the equivalent of a network of ReLU twins that learns at the same rate in every layer.

    Args:
        network: As for `width_one`; every hidden layer ReLU.
        learning_rate: α, from 1e-12 to 1e6.

    Raises:
        EngineError: a layer whose units differ or are not ReLU, or a rate out of range.

    """
    rate = real_number("learning_rate", learning_rate, 1e-12, 1e6)
    for number, layer in enumerate(network.layers[:-1], start=1):
        if layer.activation.name != "relu":
            raise EngineError(f"the activation of layer {number}", layer.activation.name, "relu")
    below, above = _twins_of(network)
    layers = tuple(
        Layer(np.sqrt(n_in * n_out) * W, np.sqrt(n_out) * b, layer.activation)
        for n_in, n_out, (W, b), layer in zip(
            below, above, _single_units(network), network.layers, strict=True
        )
    )
    return WidthOne(Network(layers), (rate,) * len(layers), (rate,) * len(layers))


def _twins_of(network: Network) -> tuple[list[int], list[int]]:
    hidden = list(network.sizes[1:-1])
    return [1, *hidden], [*hidden, 1]


def _single_units(network: Network) -> list[tuple[Array, Array]]:
    last = len(network.layers)
    units = []
    for number, layer in enumerate(network.layers, start=1):
        W, b = layer.W, layer.b
        if number < last:
            if (W[0] != W).any() or (b != b[0]).any():
                raise EngineError(f"layer {number}", "a layer of units that differ", "equal rows of W and b")
            W, b = W[:1], b[:1]
        if number > 1:
            if (W[:, :1] != W).any():
                raise EngineError(f"W of layer {number}", "a matrix of columns that differ", "equal columns")
            W = W[:, :1]
        units.append((W, b))
    return units
