"""Gradient descent written out, for tests that look at single steps."""

from __future__ import annotations

from collections.abc import Iterator

from engine.datasets import Dataset
from engine.losses import CROSS_ENTROPY, Loss
from engine.network import Layer, Network
from engine.optimizers import GradientDescent
from engine.trace import Gradients
from engine.training import Snapshot, train


def descended(gradients: Gradients, learning_rate: float) -> Network:
    """Return the network that one step of gradient descent makes: W − α dW, b − α db."""
    return Network(
        tuple(
            Layer(layer.W - learning_rate * dW, layer.b - learning_rate * db, layer.activation)
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
    """Train by plain gradient descent with every sum in a fixed order."""
    rule = GradientDescent(learning_rate)
    return train(network, data, steps=steps, every=every, optimizer=rule, loss=loss, fixed_order=True)
