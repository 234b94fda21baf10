"""Rules by which a layer's weights start: what is drawn, and from which distribution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.arrays import Array, real_number

Source: TypeAlias = np.random.Generator | np.random.RandomState
"""Where random numbers come from: passed in, never global."""

MAX_SIZE = 1e6


@dataclass(frozen=True)
class Initializer:
    """A rule for the first weights of a layer.

    Attributes:
        name: The rule as scenarios write it.
        formula: The distribution of a weight, as text.
        source: Where the rule comes from.
        draw: W, (n_out, n_in), from (n_out, n_in, random source).
        for_biases: Whether biases can start by it too; not if it needs the number of inputs.

    """

    name: str
    formula: str
    source: str
    draw: Callable[[int, int, Source], Array]
    for_biases: bool = True


ZEROS = Initializer(
    name="zeros",
    formula="0",
    source="the well-known exercise, first attempt",
    draw=lambda n_out, n_in, random: np.zeros((n_out, n_in)),
)

HE = Initializer(
    name="he",
    formula="N(0, 1) · √(2 / n_in)",
    source="He et al. 2015",
    draw=lambda n_out, n_in, random: random.standard_normal((n_out, n_in)) * np.sqrt(2.0 / n_in),
    for_biases=False,
)

XAVIER = Initializer(
    name="xavier",
    formula="N(0, 1) · √(2 / (n_in + n_out))",
    source="Glorot & Bengio 2010, equation 12",
    draw=lambda n_out, n_in, random: random.standard_normal((n_out, n_in)) * np.sqrt(2.0 / (n_in + n_out)),
    for_biases=False,
)


def constant(value: float) -> Initializer:
    """Return the rule by which every weight starts at one value, from -1e6 to 1e6."""
    value = real_number("the constant", value, -MAX_SIZE, MAX_SIZE)
    return Initializer(
        name=f"constant {value:g}",
        formula=f"{value:g}",
        source="Rumelhart, Hinton & Williams 1986, on breaking symmetry",
        draw=lambda n_out, n_in, random: np.full((n_out, n_in), value),
    )


def normal(scale: float) -> Initializer:
    """Return the rule that draws from the standard normal distribution times a scale, from 0 to 1e6."""
    scale = real_number("the scale of normal", scale, 0.0, MAX_SIZE)
    return Initializer(
        name=f"normal {scale:g}",
        formula=f"N(0, 1) · {scale:g}",
        source="the well-known exercise, second attempt, with scale 10",
        draw=lambda n_out, n_in, random: random.standard_normal((n_out, n_in)) * scale,
    )


def with_noise(rule: Initializer, scale: float) -> Initializer:
    """Return a rule with noise N(0, 1) times a scale, from 0 to 1e6, added to every weight."""
    scale = real_number("the scale of noise", scale, 0.0, MAX_SIZE)
    return Initializer(
        name=f"{rule.name} + noise {scale:g}",
        formula=f"{rule.formula} + N(0, 1) · {scale:g}",
        source=rule.source,
        draw=lambda n_out, n_in, random: (
            rule.draw(n_out, n_in, random) + random.standard_normal((n_out, n_in)) * scale
        ),
        for_biases=rule.for_biases,
    )


def silenced(rule: Initializer) -> Initializer:
    """Return a rule that draws as another does and gives zeros, so that later draws stay as they were."""

    def draw(n_out: int, n_in: int, random: Source) -> Array:
        rule.draw(n_out, n_in, random)
        return np.zeros((n_out, n_in))

    return Initializer(
        name=f"{rule.name}, silenced", formula="0", source=ZEROS.source, draw=draw, for_biases=rule.for_biases
    )
