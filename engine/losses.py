"""Loss functions of one example and their derivatives, from the logit where that keeps them exact.

All take z and a of the output layer and y, each of shape (n_L, m), examples in columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import EngineError, lookup


@dataclass(frozen=True)
class Loss:
    """A loss L of one example.

    Attributes:
        name: The name in scenarios.
        formula: L, as text.
        source: Where the formula comes from.
        output: The output activation that it needs, or None if any will do.
        value: L of each example, (1, m), from (z, a, y).
        derivative: ∂L/∂a, (n_L, m), from (z, a, y); infinite where it is not a float64.
        delta: ∂L/∂z in closed form, (n_L, m), from (a, y), for the output activation that it needs; None if
            it needs none.

    """

    name: str
    formula: str
    source: str
    output: str | None
    value: Callable[[Array, Array, Array], Array]
    derivative: Callable[[Array, Array, Array], Array]
    delta: Callable[[Array, Array], Array] | None

    def check(self, output: str, y: Array) -> None:
        """Raise `EngineError` if this loss does not fit an output activation or these labels."""
        if self.output is not None and output != self.output:
            raise EngineError("the output activation", output, f"{self.output}, for the loss {self.name}")
        if self.output is not None and (y.min() < 0 or y.max() > 1):
            raise EngineError("a label", float(y.min() if y.min() < 0 else y.max()), "numbers from 0 to 1")


def cross_entropy_value(z: Array, a: Array, y: Array) -> Array:
    """Return −y·ln p − (1 − y)·ln(1 − p) with p = σ(z), summed over outputs, as softplus(z) − y·z.

    Shapes: z, a, y (n_L, m) → (1, m), in nats. Written so that neither a large logit overflows nor a small
    loss drowns in the subtraction.
    """
    terms = np.maximum(z, 0.0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return np.asarray(terms.sum(axis=0, keepdims=True))


def cross_entropy_derivative(z: Array, a: Array, y: Array) -> Array:
    """Return ∂L/∂p = −y/p + (1 − y)/(1 − p), with 1/p = 1 + e⁻ᶻ and 1/(1 − p) = 1 + eᶻ, (n_L, m).

    Infinite where the prediction is so wrong that the slope is beyond float64 (|z| > 709).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        if_zero = np.where(y < 1, (1.0 - y) * (1.0 + np.exp(z)), 0.0)
        if_one = np.where(y > 0, y * (1.0 + np.exp(-z)), 0.0)
    return if_zero - if_one


CROSS_ENTROPY = Loss(
    name="binary-cross-entropy",
    formula="-y ln p - (1 - y) ln(1 - p)",
    source="Goodfellow, Bengio & Courville 2016, §6.2.2.2",
    output="sigmoid",
    value=cross_entropy_value,
    derivative=cross_entropy_derivative,
    delta=lambda a, y: a - y,
)

SQUARED_ERROR = Loss(
    name="squared-error",
    formula="(a - y)², summed over outputs",
    source="Goodfellow, Bengio & Courville 2016, §5.1.4",
    output=None,
    value=lambda z, a, y: np.asarray(((a - y) ** 2).sum(axis=0, keepdims=True)),
    derivative=lambda z, a, y: 2.0 * (a - y),
    delta=None,
)

LOSSES = {each.name: each for each in (CROSS_ENTROPY, SQUARED_ERROR)}


def loss_named(name: str | Loss) -> Loss:
    """Return the loss of that name, or raise `EngineError`; a loss is returned as it is."""
    return name if isinstance(name, Loss) else lookup("loss", name, LOSSES)
