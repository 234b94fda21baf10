"""Gradient descent with every sum in one fixed order, where symmetry is to hold to the bit."""

from __future__ import annotations

from collections.abc import Iterator

from engine.arrays import real_number, whole_number
from engine.datasets import Dataset
from engine.losses import CROSS_ENTROPY, Loss
from engine.network import Layer, Network
from engine.trace import Gradients, backward, forward
from engine.training import MAX_STEPS, Snapshot


def descended(gradients: Gradients, learning_rate: float) -> Network:
    """Return the network that one step of gradient descent makes: W − α dW, b − α db."""
    rate = real_number("learning_rate", learning_rate, 1e-12, 1e6)
    return Network(
        tuple(
            Layer(layer.W - rate * dW, layer.b - rate * db, layer.activation)
            for layer, dW, db in zip(gradients.trace.network.layers, gradients.dW, gradients.db, strict=True)
        )
    )


def train_in_order(
    network: Network,
    data: Dataset,
    *,
    steps: int,
    every: int,
    learning_rate: float,
    loss: str | Loss = CROSS_ENTROPY,
) -> Iterator[Snapshot]:
    """Train on the full batch and yield snapshots as `train` does, through `forward` and `backward`.

    Raises:
        EngineError: a setting out of range, or data that do not fit the network.
        OverflowedError: the numbers left the range of float64.

    """
    steps = whole_number("steps", steps, 0, MAX_STEPS)
    every = whole_number("every", every, 1, MAX_STEPS)
    for step in range(steps + 1):
        gradients = backward(forward(network, data.x, fixed_order=True), data.y, loss)
        if step % every == 0 or step == steps:
            yield Snapshot(step, network, gradients.cost)
        if step < steps:
            network = descended(gradients, learning_rate)
