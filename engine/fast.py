"""Propagation without new arrays: a pass is a list of operations, bound once to arrays and run at every step.

Each layer's parameters are one matrix [W b], and its input has a last row of ones, so that one product makes
z = W a + b and one makes dW and db. All matrices lie in one vector, so that an optimiser takes a whole
network at once. The results are those of `trace` to rounding; `trace` is where to read how they come about.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby, pairwise

import numpy as np

from engine.arrays import Array
from engine.kernels import (
    Operation,
    forward_operations,
    kernel,
    output_operations,
    product,
    pullback_operations,
    slope_operations,
)
from engine.losses import Loss
from engine.network import Layer, Network


class Parameters:
    """A network's W and b, and their gradients, as vectors.

    Attributes:
        theta: Every W and b, (p,): layer by layer [W b], row by row.
        g: The gradient of the cost by theta, (p,).
        layers: The matrices [W b] in theta, each (n_l, n_l₋₁ + 1).
        gradients: The matrices [dW db] in g, likewise.
        is_weight: (p,), true where theta holds a weight, false where it holds a bias.

    """

    def __init__(self, network: Network) -> None:
        self._activations = [layer.activation for layer in network.layers]
        matrices = [np.hstack([layer.W, layer.b]) for layer in network.layers]
        self._shapes = [matrix.shape for matrix in matrices]
        self.theta = np.concatenate([matrix.ravel() for matrix in matrices])
        self.g = np.zeros_like(self.theta)
        self.layers = self._matrices(self.theta)
        self.gradients = self._matrices(self.g)
        is_weight = np.ones(self.theta.size)
        for matrix in self._matrices(is_weight):
            matrix[:, -1] = 0.0
        self.is_weight = is_weight.astype(np.bool_)

    def _matrices(self, vector: Array) -> list[Array]:
        ends = np.cumsum([rows * columns for rows, columns in self._shapes])
        parts = np.split(vector, ends[:-1])
        return [part.reshape(shape) for part, shape in zip(parts, self._shapes, strict=True)]

    def snapshot(self) -> Callable[[], Network]:
        """Return what makes the network that theta is now, however theta goes on."""
        return partial(self._network, self.theta.copy())

    def _network(self, theta: Array) -> Network:
        return Network(
            tuple(
                Layer(matrix[:, :-1], matrix[:, -1:], g)
                for matrix, g in zip(self._matrices(theta), self._activations, strict=True)
            )
        )


class Dropout:
    """Inverted dropout of hidden units: at each step a unit is silent for an example with probability `rate`.

    What is left is divided by 1 − rate, so that means stay, and nothing is done when the cost is recorded.
    Source: Srivastava et al. 2014.

    Attributes:
        rate: From 0, below 1.
        random: Where the masks come from.

    """

    def __init__(self, rate: float, random: np.random.Generator) -> None:
        self.rate = rate
        self.random = random

    def draw(self, mask: Array) -> list[Operation]:
        """Return the operations that fill a mask, (n, m), with 0 or 1 / (1 − rate)."""
        rate, kept = np.full_like(mask, self.rate), np.full_like(mask, 1.0 - self.rate)
        return [
            partial(self.random.random, None, np.float64, mask),
            partial(np.greater_equal, mask, rate, mask),
            partial(np.divide, mask, kept, mask),
        ]


class Pass:
    """The forward and the backward pass of one batch of m examples.

    Attributes:
        x: Inputs, (n_0, m): fill it before `forward`.
        y: Labels, (n_L, m): fill it before `backward`.
        z: z of the output layer after `forward`, (n_L, m).
        forward: The operations from x to z and a of the output layer.
        backward: The operations from there to the gradient of the batch's cost, after `forward`.

    """

    def __init__(
        self,
        network: Network,
        parameters: Parameters,
        loss: Loss,
        m: int,
        *,
        dropout: Dropout | None = None,
        fixed_order: bool = False,
    ) -> None:
        activations = [layer.activation for layer in network.layers]
        sizes = network.sizes
        last = len(activations) - 1
        # The hidden layers lie one below the other, each with its row of ones: one call can serve them all.
        ends = np.cumsum([0, *(size + 1 for size in sizes[1:-1])])
        rows = [slice(start, end) for start, end in pairwise(ends)]
        said = np.ones((ends[-1], m))
        # What a unit said is kept beside what dropout let through, because g′ is found from it.
        heard = np.ones_like(said) if dropout else said
        slopes = np.empty_like(said)
        # Column-wise inputs with their row of ones; inputs[k] is what layer k + 1 reads.
        inputs = [np.ones((sizes[0] + 1, m)), *(heard[each] for each in rows)]
        self.x = inputs[0][:-1]
        self.y = np.empty((sizes[-1], m))
        self.forward: list[Operation] = []
        self.backward: list[Operation] = []

        outputs = [*(said[each][:-1] for each in rows), np.empty_like(self.y)]
        # A kernel writes a over z, that less goes through the cache; the output's z is what costs come from.
        zs = [a if kernel(g) else np.empty_like(a) for g, a in zip(activations[:-1], outputs, strict=False)]
        zs.append(np.empty_like(self.y))
        masks = []
        for k, (g, z, a) in enumerate(zip(activations, zs, outputs, strict=True)):
            self.forward += [
                product(parameters.layers[k], inputs[k], z, fixed_order),
                *forward_operations(g, z, a),
            ]
            if dropout is not None and k < last:
                mask = np.empty_like(z)
                self.forward += [*dropout.draw(mask), partial(np.multiply, a, mask, inputs[k + 1][:-1])]
                masks.append(mask)
        self.z = zs[-1]

        d = np.empty_like(self.z)
        self.backward += output_operations(loss, activations[-1], self.z, outputs[-1], self.y, d)
        for g, alike in groupby(range(last), activations.__getitem__):
            first, *others = alike
            together = slice(ends[first], ends[first + len(others) + 1])
            self.backward += slope_operations(g, said[together], slopes[together])
        for k in reversed(range(last + 1)):
            self.backward.append(product(d, inputs[k].T, parameters.gradients[k], fixed_order))
            if k > 0:
                below = k - 1
                # [W b] is taken whole, because a product with a part of its columns costs more than one row,
                # which nobody reads.
                full = np.empty_like(inputs[k])
                upstream = full[:-1]
                self.backward.append(product(parameters.layers[k].T, d, full, fixed_order))
                if masks:
                    self.backward.append(partial(np.multiply, upstream, masks[below], upstream))
                slope = slopes[rows[below]][:-1]
                self.backward += pullback_operations(activations[below], zs[below], slope, upstream)
                d = upstream
        # After the sum, so that errors that are equal and opposite cancel exactly.
        self.backward.append(partial(np.divide, parameters.g, np.array(float(m)), parameters.g))
