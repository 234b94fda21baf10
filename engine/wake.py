"""Whether a network in which no weight moves wakes up when a few of its numbers are changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.datasets import Dataset
from engine.errors import EngineError
from engine.ledger import Cause, Entry, ledger
from engine.losses import CROSS_ENTROPY, Loss
from engine.network import Layer, Network
from engine.trace import Gradients, backward, forward

ROUNDING = 1e-12
"""An entry of a gradient counts only if it is more than this share of the largest one of its layer."""


class Number(NamedTuple):
    """Where a number of a network is: layer, unit and input from 1; the input is None for a bias."""

    layer: int
    unit: int
    input: int | None


@dataclass(frozen=True)
class Awakening:
    """What came of some steps of gradient descent.

    Attributes:
        first: The ledger's entries for the weights, before the first step.
        step: The first step, from 1, at which a weight moved, or None.
        moved: The weights that moved at any step.
        cost: The cost before the first step, and after the last.

    """

    first: tuple[Entry, ...]
    step: int | None
    moved: frozenset[Number]
    cost: tuple[float, float]


def numbers(network: Network) -> tuple[Number, ...]:
    """Return the place of every weight and bias: layer by layer, W row by row, then b."""
    found = []
    for number, layer in enumerate(network.layers, start=1):
        units, inputs = layer.W.shape
        found += [Number(number, u, i) for u in range(1, units + 1) for i in range(1, inputs + 1)]
        found += [Number(number, u, None) for u in range(1, units + 1)]
    return tuple(found)


def with_numbers(network: Network, values: Mapping[Number, float]) -> Network:
    """Return a network with some of its numbers replaced.

    Raises:
        EngineError: a number that there is not, or a value that is not finite.

    """
    known = set(numbers(network))
    Ws = [layer.W.copy() for layer in network.layers]
    bs = [layer.b.copy() for layer in network.layers]
    for place, value in values.items():
        if place not in known:
            raise EngineError("a number", tuple(place), f"layer, unit, input of the sizes {network.sizes}")
        if place.input is None:
            bs[place.layer - 1][place.unit - 1, 0] = value
        else:
            Ws[place.layer - 1][place.unit - 1, place.input - 1] = value
    return Network(
        tuple(Layer(W, b, layer.activation) for W, b, layer in zip(Ws, bs, network.layers, strict=True))
    )


def wake(
    network: Network,
    data: Dataset,
    *,
    learning_rate: float,
    steps: int,
    loss: str | Loss = CROSS_ENTROPY,
) -> Awakening:
    """Make some steps of plain gradient descent over all examples, and say which weights moved.

    A gradient that is zero, or that the ledger finds to be a sum whose terms cancel, moves nothing: what
    rounding leaves of such a sum does not count, and is not added.

    Args:
        network: Where to start.
        data: The examples.
        learning_rate: α.
        steps: How many, at least one.
        loss: The loss, or its name.

    Raises:
        EngineError: data that do not fit the network.
        OverflowedError: the numbers left the range of float64.

    """
    moved: set[Number] = set()
    step = None
    first: tuple[Entry, ...] = ()
    before = 0.0
    for at in range(1, steps + 1):
        gradients = backward(forward(network, data.x, fixed_order=True), data.y, loss)
        entries = ledger(gradients)
        if at == 1:
            first = tuple(entry for entry in entries if entry.parameter == "W")
            before = gradients.cost
        alive = {(entry.layer, entry.parameter) for entry in entries if entry.causes == (Cause.ALIVE,)}
        now = _moving(gradients, alive)
        if now and step is None:
            step = at
        moved |= now
        network = _descended(gradients, alive, learning_rate)
    after = backward(forward(network, data.x, fixed_order=True), data.y, loss).cost
    return Awakening(first, step, frozenset(moved), (before, after))


def waking_alone(
    network: Network,
    data: Dataset,
    value: float,
    *,
    learning_rate: float,
    steps: int,
    loss: str | Loss = CROSS_ENTROPY,
) -> tuple[Number, ...]:
    """Return the numbers of which each, set to a value and all others left, lets a weight move; as `wake`."""
    return tuple(
        place
        for place in numbers(network)
        if wake(
            with_numbers(network, {place: value}), data, learning_rate=learning_rate, steps=steps, loss=loss
        ).step
    )


def _moving(gradients: Gradients, alive: set[tuple[int, str]]) -> set[Number]:
    found = set()
    for layer, dW in enumerate(gradients.dW, start=1):
        if (layer, "W") in alive:
            enough = np.argwhere(np.abs(dW) > ROUNDING * np.abs(dW).max())
            found |= {Number(layer, int(unit) + 1, int(given) + 1) for unit, given in enough}
    return found


def _descended(gradients: Gradients, alive: set[tuple[int, str]], rate: float) -> Network:
    layers = []
    for number, (layer, dW, db) in enumerate(
        zip(gradients.trace.network.layers, gradients.dW, gradients.db, strict=True), start=1
    ):
        W = layer.W - rate * dW if (number, "W") in alive else layer.W
        b = layer.b - rate * db if (number, "b") in alive else layer.b
        layers.append(Layer(W, b, layer.activation))
    return Network(tuple(layers))
