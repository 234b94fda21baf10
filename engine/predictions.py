"""What a network answers, and how often it is right."""

from __future__ import annotations

import numpy as np

from engine.arrays import Array
from engine.datasets import Dataset
from engine.network import Network
from engine.trace import forward


def predictions(network: Network, x: Array) -> Array:
    """Return the predicted labels, (n_L, m), from inputs (n_0, m).

    A softmax output predicts the class of the largest probability, the first of equal ones; any other output
    predicts 1 where it is strictly above ½, else 0.

    Raises:
        EngineError: as `forward`.

    """
    output = forward(network, x).output
    if network.layers[-1].activation.name == "softmax":
        classes = np.arange(output.shape[0])[:, np.newaxis]
        return np.asarray(output.argmax(axis=0) == classes, dtype=np.float64)
    return (output > 0.5).astype(np.float64)


def accuracy(network: Network, data: Dataset) -> float:
    """Return the share of examples whose predicted labels are all right, from 0 to 1."""
    return float((predictions(network, data.x) == data.y).all(axis=0).mean())
