"""Activation functions g and their derivatives g′, side by side.

Each takes and returns arrays, element by element (softmax: column by column), and is finite and free of
warnings for every finite input.
"""

from __future__ import annotations

import math
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
        function: g, from z to a, any shape; softmax: (n, m).
        derivative: g′, from z, any shape; softmax: ∂aᵢ/∂zᵢ, the diagonal of its Jacobian, (n, m).
        product: (∂a/∂z)ᵀ · ∂L/∂a from (z, ∂L/∂a), for an activation that mixes units; None if it does not.

    """

    name: str
    formula: str
    slope_formula: str
    source: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    product: Callable[[Array, Array], Array] | None = None

    @property
    def elementwise(self) -> bool:
        """Whether a unit's activation depends on its own z alone."""
        return self.product is None

    @property
    def at_zero(self) -> float:
        """g(0): what a unit says when its weights and bias are zero (softmax: one of two units)."""
        return float(self.function(np.zeros((2, 1)))[0, 0])

    @property
    def slope_at_zero(self) -> float:
        """g′(0), with the activation's own convention where there is a kink (softmax: one of two units)."""
        return float(self.derivative(np.zeros((2, 1)))[0, 0])

    def pullback(self, z: Array, upstream: Array) -> Array:
        """Return δ = ∂L/∂z from z and ∂L/∂a, all (n, m): ∂L/∂a · g′(z) unless the activation mixes units."""
        return upstream * self.derivative(z) if self.product is None else self.product(z, upstream)


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


LEAK = 0.01

LEAKY_RELU = Activation(
    name="leaky-relu",
    formula="z if z > 0, else 0.01 z",
    slope_formula="1 if z > 0, else 0.01",
    source="Maas, Hannun & Ng 2013",
    function=lambda z: np.where(z > 0, z, LEAK * z),
    derivative=lambda z: np.where(z > 0, 1.0, LEAK),
)


def logistic(z: Array) -> Array:
    """Return 1/(1 + e⁻ᶻ) without overflow, for z of any shape."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def squared_sech(z: Array) -> Array:
    """Return 1/cosh²(z), which 1 − tanh²(z) rounds to nothing for large |z|, for z of any shape."""
    small = np.exp(-2.0 * np.minimum(np.abs(z), 400.0))
    return 4.0 * small / (1.0 + small) ** 2


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
    derivative=squared_sech,
)

SOFTPLUS = Activation(
    name="softplus",
    formula="ln(1 + exp(z))",
    slope_formula="1 / (1 + exp(-z))",
    source="Dugas et al. 2001",
    function=lambda z: np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))),
    derivative=logistic,
)

IDENTITY = Activation(
    name="identity",
    formula="z",
    slope_formula="1",
    source="Goodfellow, Bengio & Courville 2016, §6.3.3",
    function=lambda z: z + 0.0,
    derivative=lambda z: np.ones_like(z),
)

ELU = Activation(
    name="elu",
    formula="z if z > 0, else exp(z) - 1",
    slope_formula="1 if z > 0, else exp(z)",
    source="Clevert, Unterthiner & Hochreiter 2016, with α = 1",
    function=lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0.0))),
    derivative=lambda z: np.exp(np.minimum(z, 0.0)),
)

_erfc = np.frompyfunc(math.erfc, 1, 1)


def normal_cdf(z: Array) -> Array:
    """Return Φ(z), the standard normal distribution function, by the C library's erfc, for z of any shape."""
    return 0.5 * np.asarray(_erfc(z * -math.sqrt(0.5)), dtype=np.float64)


def normal_density(z: Array) -> Array:
    """Return φ(z), the standard normal density, for z of any shape."""
    return np.exp(-0.5 * np.minimum(np.abs(z), 40.0) ** 2) / math.sqrt(2.0 * math.pi)


GELU = Activation(
    name="gelu",
    formula="z · Φ(z), Φ the normal distribution function",
    slope_formula="Φ(z) + z · φ(z)",
    source="Hendrycks & Gimpel 2016",
    function=lambda z: z * normal_cdf(z),
    derivative=lambda z: normal_cdf(z) + z * normal_density(z),
)

SILU = Activation(
    name="silu",
    formula="z / (1 + exp(-z))",
    slope_formula="σ(z) + z · σ(z) · σ(-z)",
    source="Elfwing, Uchibe & Doya 2018",
    function=lambda z: z * logistic(z),
    derivative=lambda z: logistic(z) * (1.0 + z * logistic(-z)),
)


def softmax(z: Array) -> Array:
    """Return e^zᵢ / Σ e^zⱼ down every column, without overflow: (n, m) → (n, m)."""
    with np.errstate(over="ignore"):
        weights = np.exp(z - z.max(axis=0, keepdims=True))
    return np.asarray(weights / weights.sum(axis=0, keepdims=True))


def softmax_slope(z: Array) -> Array:
    """Return ∂aᵢ/∂zᵢ = aᵢ (1 − aᵢ), (n, m)."""
    a = softmax(z)
    return a * (1.0 - a)


def softmax_product(z: Array, upstream: Array) -> Array:
    """Return δᵢ = aᵢ (∂L/∂aᵢ − Σⱼ aⱼ ∂L/∂aⱼ), (n, m): the vector–Jacobian product."""
    a = softmax(z)
    return np.asarray(a * (upstream - (a * upstream).sum(axis=0, keepdims=True)))


SOFTMAX = Activation(
    name="softmax",
    formula="exp(zᵢ) / Σ exp(zⱼ)",
    slope_formula="∂aᵢ/∂zⱼ = aᵢ (1 - aᵢ) if i = j, else -aᵢ aⱼ",
    source="Bridle 1990; Goodfellow, Bengio & Courville 2016, §6.2.2.3",
    function=softmax,
    derivative=softmax_slope,
    product=softmax_product,
)

ACTIVATIONS = {
    each.name: each
    for each in (relu(), LEAKY_RELU, TANH, SIGMOID, SOFTPLUS, IDENTITY, ELU, GELU, SILU, SOFTMAX)
}


def activation(name: str | Activation) -> Activation:
    """Return the activation of that name, or raise `EngineError`; an activation is returned as it is."""
    return name if isinstance(name, Activation) else lookup("activation", name, ACTIVATIONS)
