"""How weights start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.activations import Activation
from engine.arrays import Array
from engine.errors import EngineError, lookup
from engine.network import Layer, Network

Source: TypeAlias = np.random.Generator | np.random.RandomState
"""Where random numbers come from: passed in, never global."""


@dataclass(frozen=True)
class Initializer:
    """A rule for the first weights of a layer.

    Attributes:
        name: The name in scenarios.
        formula: The distribution of a weight, as text.
        source: Where the rule comes from.
        draw: W, (n_out, n_in), from (n_out, n_in, random source).

    """

    name: str
    formula: str
    source: str
    draw: Callable[[int, int, Source], Array]


ZEROS = Initializer(
    name="zeros",
    formula="0",
    source="the well-known exercise, first attempt",
    draw=lambda n_out, n_in, random: np.zeros((n_out, n_in)),
)

NORMAL_10 = Initializer(
    name="normal-10",
    formula="N(0, 1) · 10",
    source="the well-known exercise, second attempt",
    draw=lambda n_out, n_in, random: random.standard_normal((n_out, n_in)) * 10.0,
)

HE = Initializer(
    name="he",
    formula="N(0, 1) · √(2 / n_in)",
    source="He et al. 2015",
    draw=lambda n_out, n_in, random: random.standard_normal((n_out, n_in)) * np.sqrt(2.0 / n_in),
)

INITIALIZERS = {each.name: each for each in (ZEROS, NORMAL_10, HE)}


def initializer(name: str | Initializer) -> Initializer:
    """Return the initialiser of that name, or raise `EngineError`; an initialiser is returned as it is."""
    return name if isinstance(name, Initializer) else lookup("initializer", name, INITIALIZERS)


def course_source() -> np.random.RandomState:
    """Return the random source of the well-known exercise: numpy's legacy generator, seed 3."""
    return np.random.RandomState(3)


def initialize(
    sizes: Sequence[int],
    activations: Sequence[str | Activation],
    rule: str | Initializer,
    random: Source,
) -> Network:
    """Return a network with weights drawn layer by layer, the first layer first, and biases of zero.

    Args:
        sizes: n_0, n_1, …, n_L.
        activations: One for each of the layers 1…L.
        rule: The initialiser, or its name.
        random: Where random numbers come from.

    Raises:
        EngineError: sizes and activations that do not fit each other, an unknown name.

    """
    if len(sizes) < 2 or len(activations) != len(sizes) - 1:
        raise EngineError(
            "the number of activations", len(activations), "one for each layer after the inputs, at least one"
        )
    draw = initializer(rule).draw
    return Network(
        tuple(
            Layer(draw(n_out, n_in, random), np.zeros((n_out, 1)), g)  # type: ignore[arg-type]
            for n_in, n_out, g in zip(sizes, sizes[1:], activations, strict=False)
        )
    )
