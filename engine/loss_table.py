"""The loss at one probability for both labels: the table at the heart of the course."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from engine.activations import SIGMOID
from engine.arrays import Array, frozen_array, read_only, real_number
from engine.errors import EngineError
from engine.losses import CROSS_ENTROPY
from engine.tables import Column, Table

COLUMNS = (
    Column("y", "y", "d"),
    Column("p", "p", ".2f"),
    Column("loss", "loss", ".6f"),
    Column("dloss_dp", "∂L/∂p", "+.4f"),
    Column("delta", "δ = p − y", "+.2f"),
)
PUSH = Column("push", "a step moves z", "")
LOWEST, HIGHEST = 0.001, 0.999


def loss_table(p: float) -> Table:
    """Return, for y = 0 and y = 1, the cross-entropy, ∂L/∂p and δ = ∂L/∂z at the probability p.

    The logit is z = ln(p / (1 − p)); δ is the product ∂L/∂p · σ′(z), which is p − y.

    Raises:
        EngineError: p is not a number from 0.001 to 0.999.

    """
    p = real_number("p", p, LOWEST, HIGHEST)
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


def push_table(p: float) -> Table:
    """Return the loss table with one column more: which way a step of gradient descent on z moves z.

    A step is z ← z − α·δ with α > 0, so z goes against the sign of δ; and p = σ(z) grows with z.

    Raises:
        EngineError: as `loss_table`.

    """
    table = loss_table(p)
    delta = [column.key for column in table.columns].index("delta")
    return Table((*table.columns, PUSH), tuple((*row, push(float(row[delta]))) for row in table.rows))


def push(delta: float) -> str:
    """Return in words which way a step of gradient descent on z moves z, from δ = ∂L/∂z."""
    if delta == 0:
        return "not at all"
    return "down ↓ toward label 0" if delta > 0 else "up ↑ toward label 1"


def loss_curves(p: ArrayLike) -> Array:
    """Return the cross-entropy at many probabilities, (2, n), read-only, in nats: if y = 0, then if y = 1.

    Args:
        p: Probabilities, (n,), from 0.001 to 0.999.

    Raises:
        EngineError: p is no such array.

    """
    p = frozen_array("p", p, (None,))
    if p.min() < LOWEST or p.max() > HIGHEST:
        raise EngineError("p", float(p.min() if p.min() < LOWEST else p.max()), f"{LOWEST} to {HIGHEST}")
    z = np.log(p / (1.0 - p))[np.newaxis, :]
    a = SIGMOID.function(z)
    return read_only(np.vstack([CROSS_ENTROPY.value(z, a, np.full_like(z, label)) for label in (0.0, 1.0)]))
