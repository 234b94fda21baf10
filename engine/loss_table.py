"""The loss at one probability for both labels: the table at the heart of the course."""

from __future__ import annotations

import numpy as np

from engine.activations import SIGMOID
from engine.arrays import real_number
from engine.losses import CROSS_ENTROPY
from engine.tables import Column, Table

COLUMNS = (
    Column("y", "y", "d"),
    Column("p", "p", ".2f"),
    Column("loss", "loss", ".6f"),
    Column("dloss_dp", "∂L/∂p", "+.4f"),
    Column("delta", "δ = p − y", "+.2f"),
)


def loss_table(p: float) -> Table:
    """Return, for y = 0 and y = 1, the cross-entropy, ∂L/∂p and δ = ∂L/∂z at the probability p.

    The logit is z = ln(p / (1 − p)); δ is the product ∂L/∂p · σ′(z), which is p − y.

    Raises:
        EngineError: p is not a number from 0.001 to 0.999.

    """
    p = real_number("p", p, 0.001, 0.999)
    z = np.full((1, 2), np.log(p / (1.0 - p)))
    y = np.array([[0.0, 1.0]])
    a = SIGMOID.function(z)
    loss = CROSS_ENTROPY.value(z, a, y)
    slope = CROSS_ENTROPY.derivative(z, a, y)
    delta = slope * SIGMOID.derivative(z)
    return Table(
        COLUMNS,
        tuple(
            (label, p, float(loss[0, label]), float(slope[0, label]), float(delta[0, label]))
            for label in (0, 1)
        ),
    )
