"""Activation functions g and their derivatives g′, side by side.

Each takes and returns arrays of any shape, element by element, and is finite and free of warnings for every
finite input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, real_number
from engine.errors import lookup


@dataclass(frozen=True)
class Activation:
    """An activation function: a = g(z).

    Attributes:
        name: The name in scenarios.
        formula: g(z), as text.
        slope_formula: g′(z), as text.
        source: Where the formula comes from.
        function: g, from z to a, any shape.
        derivative: g′, from z, any shape.

    """

    name: str
    formula: str
    slope_formula: str
    source: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]

    @property
    def at_zero(self) -> float:
        """g(0): what a unit says when its weights and bias are zero."""
        return float(self.function(np.zeros(1))[0])

    @property
    def slope_at_zero(self) -> float:
        """g′(0), with the activation's own convention where there is a kink."""
        return float(self.derivative(np.zeros(1))[0])


def relu(slope_at_zero: float = 0.0) -> Activation:
    """Return ReLU with a choice of ReLU′(0), a convention: any value from 0 to 1 is a subgradient."""
    slope = real_number("slope_at_zero", slope_at_zero, 0.0, 1.0)

    def derivative(z: Array) -> Array:
        return np.heaviside(z, slope)

    return Activation(
        name="relu",
        formula="max(0, z)",
        slope_formula=f"1 if z > 0, 0 if z < 0, {slope:g} if z = 0",
        source="Nair & Hinton 2010",
        function=lambda z: np.maximum(z, 0.0),
        derivative=derivative,
    )


def logistic(z: Array) -> Array:
    """Return 1/(1 + e⁻ᶻ) without overflow, for z of any shape."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


SIGMOID = Activation(
    name="sigmoid",
    formula="1 / (1 + exp(-z))",
    slope_formula="g(z) · g(-z)",
    source="Goodfellow, Bengio & Courville 2016, §3.10",
    function=logistic,
    derivative=lambda z: logistic(z) * logistic(-z),
)

TANH = Activation(
    name="tanh",
    formula="tanh(z)",
    slope_formula="1 - tanh(z)²",
    source="Goodfellow, Bengio & Courville 2016, §6.3.2",
    function=lambda z: np.tanh(z),
    derivative=lambda z: 1.0 - np.tanh(z) ** 2,
)

IDENTITY = Activation(
    name="identity",
    formula="z",
    slope_formula="1",
    source="Goodfellow, Bengio & Courville 2016, §6.3.3",
    function=lambda z: z + 0.0,
    derivative=lambda z: np.ones_like(z),
)

ACTIVATIONS = {each.name: each for each in (relu(), SIGMOID, TANH, IDENTITY)}


def activation(name: str | Activation) -> Activation:
    """Return the activation of that name, or raise `EngineError`; an activation is returned as it is."""
    return name if isinstance(name, Activation) else lookup("activation", name, ACTIVATIONS)
