"""Networks as values: layers of W, b and an activation, examples in columns as in the course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from engine.activations import Activation, activation
from engine.arrays import Array, frozen_array
from engine.errors import EngineError


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer: a = g(W a_prev + b).

    Attributes:
        W: Weights, (n_out, n_in), read-only float64: a row a unit.
        b: Biases, (n_out, 1), read-only float64.
        activation: g; a name is looked up.

    Raises:
        EngineError: shapes that do not fit, numbers that are not finite, an unknown activation.

    """

    W: Array
    b: Array
    activation: Activation

    def __post_init__(self) -> None:
        W = frozen_array("W", self.W, (None, None))
        object.__setattr__(self, "W", W)
        object.__setattr__(self, "b", frozen_array("b", self.b, (W.shape[0], 1)))
        object.__setattr__(self, "activation", activation(self.activation))


Description: TypeAlias = Sequence[tuple[ArrayLike, ArrayLike, str | Activation]]
"""Layers as plain arrays: (W, b, name of the activation), the first layer first."""


def column(b: ArrayLike) -> ArrayLike:
    """Return biases that were given flat, (n_out,), as a column, (n_out, 1); anything else as it is."""
    try:
        return np.reshape(b, (-1, 1)) if np.ndim(b) == 1 else b
    except ValueError:
        return b  # ragged: the layer says what is wrong with it


@dataclass(frozen=True, eq=False)
class Network:
    """A feed-forward network.

    Attributes:
        layers: Layers 1 to L, each as wide as the next one's input.

    Raises:
        EngineError: no layers, or a layer that does not fit the one below it.

    """

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", tuple(self.layers))
        if not self.layers:
            raise EngineError("layers", "empty", "at least one layer")
        for number, (below, above) in enumerate(zip(self.layers, self.layers[1:], strict=False), start=2):
            if above.W.shape[1] != below.W.shape[0]:
                raise EngineError(
                    f"the shape of W of layer {number}",
                    above.W.shape,
                    f"(any, {below.W.shape[0]}), as wide as layer {number - 1}",
                )

    @classmethod
    def of(cls, layers: Network | Description) -> Network:
        """Return a network from (W, b, activation) for each layer; a network is returned as it is.

        W is (n_out, n_in), b is (n_out, 1) or (n_out,), the activation a name or an `Activation`.
        """
        if isinstance(layers, Network):
            return layers
        if not isinstance(layers, list | tuple):
            raise EngineError("layers", layers, "a list with (W, b, activation) for each layer, or a Network")
        built = []
        for number, description in enumerate(layers, start=1):
            if not isinstance(description, list | tuple) or len(description) != 3:
                raise EngineError(f"layer {number}", description, "W, b and the name of an activation")
            W, b, g = description
            built.append(Layer(W, column(b), g))  # type: ignore[arg-type]
        return cls(tuple(built))

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the number of inputs, then of units a layer: n_0, n_1, …, n_L."""
        return (self.layers[0].W.shape[1], *(layer.W.shape[0] for layer in self.layers))

    @property
    def weight_count(self) -> int:
        """Return how many weights there are; biases do not count."""
        return sum(layer.W.size for layer in self.layers)
