"""Optimisers: how a gradient becomes a step. Settings are values; the steps are made in place.

θ stands for every W and b of the network and g for the gradient of the cost by θ, both as one vector. Weight
decay λ is decoupled from the gradient: each step also takes W ← W − αλW, for weights and not for biases, so
that it means the same for every optimiser; for gradient descent it equals an L2 penalty of λ/2 · ΣW².
The cost that is recorded is that of the data alone. Source: Loshchilov & Hutter 2019.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, real_number
from engine.errors import EngineError, lookup, suggestion
from engine.kernels import Operation


def constant(value: float) -> Array:
    """Return a number as an array without axes, which numpy takes faster than a number."""
    return np.array(value, dtype=np.float64)


@dataclass(frozen=True)
class GradientDescent:
    """Plain gradient descent: θ ← θ − α g.

    Attributes:
        learning_rate: α, positive.
        weight_decay: λ, from 0; αλ at most 1.
        means: How many running sums or means of gradients it keeps for each parameter.

    Raises:
        EngineError: a setting out of range.

    Source: Cauchy 1847; Goodfellow, Bengio & Courville 2016, §4.3.

    """

    means: ClassVar[int] = 0

    learning_rate: float = 0.01
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        rate = real_number("learning_rate", self.learning_rate, 1e-12, 1e6)
        real_number("weight_decay", self.weight_decay, 0.0, 1.0 / rate)

    def operations(
        self, theta: Array, g: Array, is_weight: NDArray[np.bool_], state: Array
    ) -> list[Operation]:
        """Return the operations that make one step.

        Args:
            theta: θ, (p,), changed in place.
            g: The gradient, (p,), read at every step and overwritten.
            is_weight: (p,), true where θ is a weight, false where it is a bias.
            state: What is kept from step to step, (`means`, p), zeros at first, changed in place. When it is
                no longer finite, the steps are worth nothing, even if they are.

        """
        return [*self._decay(theta, is_weight), *self._descend(theta, g, state)]

    def _decay(self, theta: Array, is_weight: NDArray[np.bool_]) -> list[Operation]:
        if self.weight_decay == 0:
            return []
        kept = np.where(is_weight, 1.0 - self.learning_rate * self.weight_decay, 1.0)
        return [partial(np.multiply, theta, kept, theta)]

    def _descend(self, theta: Array, g: Array, state: Array) -> list[Operation]:
        return [
            partial(np.multiply, g, constant(self.learning_rate), g),
            partial(np.subtract, theta, g, theta),
        ]


@dataclass(frozen=True)
class Momentum(GradientDescent):
    """Gradient descent with momentum, the heavy ball: v ← βv + g, θ ← θ − αv.

    Attributes:
        momentum: β, from 0, below 1.

    Raises:
        EngineError: a setting out of range.

    Source: Polyak 1964.

    """

    means: ClassVar[int] = 1

    momentum: float = 0.9

    def __post_init__(self) -> None:
        super().__post_init__()
        real_number("momentum", self.momentum, 0.0, 0.9999)

    def _descend(self, theta: Array, g: Array, state: Array) -> list[Operation]:
        (v,), change = state, np.empty_like(theta)
        return [
            partial(np.multiply, v, constant(self.momentum), v),
            partial(np.add, v, g, v),
            partial(np.multiply, v, constant(self.learning_rate), change),
            partial(np.subtract, theta, change, theta),
        ]


@dataclass(frozen=True)
class Adam(GradientDescent):
    """Adam: θ ← θ − α m̂ / (√v̂ + ε), with running means m of g and v of g².

    m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ) at step t = 1, 2, …
    With weight decay it is AdamW. Where g has always been 0 the step is 0/ε = 0.

    Attributes:
        beta1: β₁, from 0, below 1.
        beta2: β₂, from 0, below 1.
        epsilon: ε, positive.

    Raises:
        EngineError: a setting out of range.

    Source: Kingma & Ba 2015, algorithm 1.

    """

    means: ClassVar[int] = 2

    learning_rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        super().__post_init__()
        real_number("beta1", self.beta1, 0.0, 0.9999)
        real_number("beta2", self.beta2, 0.0, 0.999999)
        real_number("epsilon", self.epsilon, 1e-300, 1.0)

    def _descend(self, theta: Array, g: Array, state: Array) -> list[Operation]:
        (m, v), step = state, np.empty_like(theta)
        power1, power2, rate, root = (constant(1.0) for _ in range(4))

        def correct_bias() -> None:
            np.multiply(power1, self.beta1, power1)
            np.multiply(power2, self.beta2, power2)
            np.divide(self.learning_rate, 1.0 - power1, rate)
            np.sqrt(1.0 - power2, root)

        return [
            correct_bias,
            partial(np.multiply, m, constant(self.beta1), m),
            partial(np.multiply, g, constant(1.0 - self.beta1), step),
            partial(np.add, m, step, m),
            partial(np.multiply, v, constant(self.beta2), v),
            partial(np.multiply, g, g, g),
            partial(np.multiply, g, constant(1.0 - self.beta2), g),
            partial(np.add, v, g, v),
            partial(np.sqrt, v, step),
            partial(np.divide, step, root, step),
            partial(np.add, step, constant(self.epsilon), step),
            partial(np.divide, m, step, step),
            partial(np.multiply, step, rate, step),
            partial(np.subtract, theta, step, theta),
        ]


OPTIMIZERS: dict[str, type[GradientDescent]] = {
    "gradient-descent": GradientDescent,
    "momentum": Momentum,
    "adam": Adam,
}


def optimizer(name: str | GradientDescent, **settings: float) -> GradientDescent:
    """Return the optimiser of that name with these settings; an optimiser is returned as it is.

    Raises:
        EngineError: an unknown name, a setting that this optimiser has not or that is out of range.

    """
    if isinstance(name, GradientDescent):
        if settings:
            raise EngineError("settings", sorted(settings), "none beside an optimiser that has its own")
        return name
    kind = lookup("optimizer", name, OPTIMIZERS)
    known = [field.name for field in fields(kind)]
    for key in settings:
        if key not in known:
            raise EngineError(f"a setting of {name}", key, suggestion(key, known))
    return kind(**settings)
