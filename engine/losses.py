"""Loss functions of one example and their derivatives, from the logit where that keeps them exact.

All take z and a of the output layer and y, each of shape (n_L, m), examples in columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Array, frozen_array
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
        if self.output is None:
            return
        if output != self.output:
            raise EngineError("the output activation", output, f"{self.output}, for the loss {self.name}")
        if y.min() < 0 or y.max() > 1:
            raise EngineError("a label", float(y.min() if y.min() < 0 else y.max()), "numbers from 0 to 1")
        if self.output == "softmax":
            sums = y.sum(axis=0)
            wrong = np.abs(sums - 1.0) > 1e-9
            if wrong.any():
                raise EngineError(
                    "the sum of an example's labels", float(sums[wrong][0]), "1, such as one 1 among 0s"
                )


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


def naive_cross_entropy(p: ArrayLike, y: ArrayLike) -> Array:
    """Return −y·ln p − (1 − y)·ln(1 − p) term by term as it is written, (n, m), in nats.

    Where p has been rounded to 0 or 1 a term is inf (a wrong answer) or NaN (a right one: 0 · −∞). To show
    that; nothing is trained with it.

    Args:
        p: Probabilities, (n, m).
        y: Labels, (n, m).

    Raises:
        EngineError: shapes that differ, or numbers outside 0 to 1.

    Source: the well-known exercise.

    """
    p = frozen_array("p", p, (None, None))
    y = frozen_array("y", y, p.shape)
    for argument, array in (("p", p), ("y", y)):
        if array.min() < 0 or array.max() > 1:
            raise EngineError(argument, float(array.min() if array.min() < 0 else array.max()), "0 to 1")
    with np.errstate(divide="ignore", invalid="ignore"):
        return -y * np.log(p) - (1.0 - y) * np.log(1.0 - p)


CROSS_ENTROPY = Loss(
    name="binary-cross-entropy",
    formula="-y ln p - (1 - y) ln(1 - p)",
    source="Goodfellow, Bengio & Courville 2016, §6.2.2.2",
    output="sigmoid",
    value=cross_entropy_value,
    derivative=cross_entropy_derivative,
    delta=lambda a, y: a - y,
)


def softmax_cross_entropy_value(z: Array, a: Array, y: Array) -> Array:
    """Return −Σ yₖ ln pₖ with p = softmax(z), as Σ yₖ (ln Σⱼ e^zⱼ − zₖ), (1, m), in nats.

    The largest logit is taken out of the sum: no overflow, and a small loss keeps its digits.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        below = z - z.max(axis=0, keepdims=True)
        others = np.exp(below)
        np.put_along_axis(others, z.argmax(axis=0)[np.newaxis, :], 0.0, axis=0)
        terms = y * (np.log1p(others.sum(axis=0, keepdims=True)) - below)
    return np.asarray(np.where(y > 0, terms, 0.0).sum(axis=0, keepdims=True))


def softmax_cross_entropy_derivative(z: Array, a: Array, y: Array) -> Array:
    """Return ∂L/∂pₖ = −yₖ/pₖ, with 1/pₖ = Σⱼ e^(zⱼ − zₖ), (n_L, m); infinite beyond float64."""
    with np.errstate(over="ignore"):
        below = z - z.max(axis=0, keepdims=True)
        inverse = np.exp(-below) * np.exp(below).sum(axis=0, keepdims=True)
    return -y * np.where(y > 0, inverse, 0.0)


SOFTMAX_CROSS_ENTROPY = Loss(
    name="softmax-cross-entropy",
    formula="-Σ yₖ ln pₖ",
    source="Goodfellow, Bengio & Courville 2016, §6.2.2.3",
    output="softmax",
    value=softmax_cross_entropy_value,
    derivative=softmax_cross_entropy_derivative,
    delta=lambda a, y: a - y,
)


def squared_error_value(z: Array, a: Array, y: Array) -> Array:
    """Return Σ (a − y)² over outputs, (1, m); infinite beyond float64."""
    with np.errstate(over="ignore"):
        return np.asarray(((a - y) ** 2).sum(axis=0, keepdims=True))


def squared_error_derivative(z: Array, a: Array, y: Array) -> Array:
    """Return ∂L/∂a = 2 (a − y), (n_L, m); infinite beyond float64."""
    with np.errstate(over="ignore"):
        return 2.0 * (a - y)


SQUARED_ERROR = Loss(
    name="squared-error",
    formula="(a - y)², summed over outputs",
    source="Goodfellow, Bengio & Courville 2016, §5.1.4",
    output=None,
    value=squared_error_value,
    derivative=squared_error_derivative,
    delta=None,
)

LOSSES = {each.name: each for each in (CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY, SQUARED_ERROR)}


def loss_named(name: str | Loss) -> Loss:
    """Return the loss of that name, or raise `EngineError`; a loss is returned as it is."""
    return name if isinstance(name, Loss) else lookup("loss", name, LOSSES)
