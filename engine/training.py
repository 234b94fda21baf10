"""Training as a stream of snapshots that its consumer can stop, slow down or resume."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, real_number, whole_number
from engine.datasets import Dataset
from engine.losses import CROSS_ENTROPY, Loss
from engine.network import Layer, Network
from engine.trace import Gradients, backward, forward

MAX_STEPS = 1_000_000


@dataclass(frozen=True)
class GradientDescent:
    """Plain gradient descent: W ← W − α dW, b ← b − α db.

    Attributes:
        learning_rate: α, positive.

    Source: Cauchy 1847; Goodfellow, Bengio & Courville 2016, §4.3.

    """

    learning_rate: float = 0.01

    def __post_init__(self) -> None:
        real_number("learning_rate", self.learning_rate, 1e-12, 1e6)

    def step(self, gradients: Gradients) -> Network:
        """Return the network after one step."""
        return Network(
            tuple(
                Layer(
                    layer.W - self.learning_rate * dW,
                    layer.b - self.learning_rate * db,
                    layer.activation,
                )
                for layer, dW, db in zip(
                    gradients.trace.network.layers, gradients.dW, gradients.db, strict=True
                )
            )
        )


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A moment of a run.

    Attributes:
        step: How many updates have been made.
        network: The network after them.
        cost: The cost of that network on the training set, in nats for cross-entropy.

    """

    step: int
    network: Network
    cost: float


def train(
    network: Network,
    data: Dataset,
    *,
    steps: int,
    every: int,
    optimizer: GradientDescent,
    loss: str | Loss = CROSS_ENTROPY,
) -> Iterator[Snapshot]:
    """Train on the full batch and yield a snapshot at step 0, at every `every` steps, and after the last.

    Nothing is computed ahead of the consumer, so a run is stopped by asking for no more.

    Raises:
        EngineError: a setting out of range, or data that do not fit the network.
        OverflowedError: the numbers left the range of float64.

    """
    steps = whole_number("steps", steps, 0, MAX_STEPS)
    every = whole_number("every", every, 1, MAX_STEPS)
    for step in range(steps + 1):
        gradients = backward(forward(network, data.x), data.y, loss)
        if step % every == 0 or step == steps:
            yield Snapshot(step, network, gradients.cost)
        if step < steps:
            network = optimizer.step(gradients)


def weights_moved(before: Network, after: Network) -> int:
    """Return how many weights, biases not counted, differ between two networks of the same sizes."""
    return sum(
        int(np.count_nonzero(old.W != new.W)) for old, new in zip(before.layers, after.layers, strict=True)
    )


def predictions(network: Network, x: Array) -> Array:
    """Return the predicted labels, (n_L, m): 1 where the output is strictly above ½, else 0."""
    return (forward(network, x).output > 0.5).astype(np.float64)


def accuracy(network: Network, data: Dataset) -> float:
    """Return the share of examples whose predicted label is right, from 0 to 1."""
    right = (predictions(network, data.x) == data.y).all(axis=0)
    return float(right.mean())
