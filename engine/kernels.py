"""Activations and products as bound operations that write into arrays which are already there.

An `Operation` is a call with all its arguments bound. Arguments are positional and numbers are arrays without
axes, because at a lesson's sizes numpy's handling of a keyword, or of a number that it has to turn into an
array, takes about as long as the arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Array
from engine.losses import Loss

Operation: TypeAlias = Callable[[], object]

ZERO, ONE = np.array(0.0), np.array(1.0)

LOGIT_LOSSES = ("binary-cross-entropy", "softmax-cross-entropy")
"""Losses whose value is found from the logit z alone and whose δ at the output is a − y."""


@dataclass(frozen=True)
class Kernel:
    """An activation in place.

    Attributes:
        forward: From (z, a), which may be one array, the operations that write g(z) into a.
        slope: From (a, s), the operations that write g′(z) into s; they find it from a alone.

    """

    forward: Callable[[Array, Array], list[Operation]]
    slope: Callable[[Array, Array], list[Operation]]


def _relu_forward(z: Array, a: Array) -> list[Operation]:
    # `maximum` alone is slow with a number, and wants `out` by name (by position it warns), which is dear to
    # a `partial`.
    zero = np.zeros_like(z)
    return [lambda: np.maximum(z, zero, out=a)]


def _relu_slope(a: Array, s: Array) -> list[Operation]:
    # To be multiplied by: a masked assignment branches, and is slow where neighbours differ.
    alive = np.empty(a.shape, dtype=np.bool_)
    return [partial(np.greater, a, ZERO, alive), partial(np.copyto, s, alive)]


def _sigmoid_forward(z: Array, a: Array) -> list[Operation]:
    # exp may overflow to ∞, of which the quotient makes the right 0.
    return [
        partial(np.negative, z, a),
        partial(np.exp, a, a),
        partial(np.add, a, ONE, a),
        partial(np.divide, ONE, a, a),
    ]


def _sigmoid_slope(a: Array, s: Array) -> list[Operation]:
    return [partial(np.subtract, ONE, a, s), partial(np.multiply, s, a, s)]


def _tanh_slope(a: Array, s: Array) -> list[Operation]:
    return [partial(np.multiply, a, a, s), partial(np.subtract, ONE, s, s)]


KERNELS = {
    "relu": Kernel(_relu_forward, _relu_slope),
    "sigmoid": Kernel(_sigmoid_forward, _sigmoid_slope),
    "tanh": Kernel(lambda z, a: [partial(np.tanh, z, a)], _tanh_slope),
    "identity": Kernel(lambda z, a: [partial(np.copyto, a, z)], lambda a, s: [partial(np.copyto, s, ONE)]),
}


def kernel(g: Activation) -> Kernel | None:
    """Return the kernel of an activation, or None if it has none of its own.

    A ReLU with another convention at 0 than the registry's has none.
    """
    found = KERNELS.get(g.name)
    if found is not None and g.slope_at_zero == ACTIVATIONS[g.name].slope_at_zero:
        return found
    return None


def forward_operations(g: Activation, z: Array, a: Array) -> list[Operation]:
    """Return the operations that write g(z) into a, each (n, m); with a kernel z and a may be one array."""
    found = kernel(g)
    return found.forward(z, a) if found else [lambda: np.copyto(a, g.function(z))]


def slope_operations(g: Activation, a: Array, s: Array) -> list[Operation]:
    """Return the operations that write g′ into s, found from a, each (n, m); none if g has no kernel."""
    found = kernel(g)
    return found.slope(a, s) if found else []


def pullback_operations(g: Activation, z: Array, s: Array, d: Array) -> list[Operation]:
    """Return the operations that turn ∂L/∂a, in d, into δ = ∂L/∂z, after `slope_operations`, each (n, m)."""
    return [partial(np.multiply, d, s, d)] if kernel(g) else [lambda: np.copyto(d, g.pullback(z, d))]


def output_operations(loss: Loss, g: Activation, z: Array, a: Array, y: Array, d: Array) -> list[Operation]:
    """Return the operations that write δ = ∂L/∂z of the output layer into d, each (n_L, m)."""
    delta = loss.delta
    if loss.name in LOGIT_LOSSES:
        return [partial(np.subtract, a, y, d)]
    if delta is not None:
        return [lambda: np.copyto(d, delta(a, y))]
    s = np.empty_like(a)
    return [
        lambda: np.copyto(d, loss.derivative(z, a, y)),
        *slope_operations(g, a, s),
        *pullback_operations(g, z, s, d),
    ]


def product(left: Array, right: Array, out: Array, fixed_order: bool) -> Operation:
    """Return the operation that writes the matrix product left · right into out, which is contiguous.

    With `fixed_order` every entry is summed in the same order, so that equal rows or columns give equal sums
    to the bit; a BLAS promises no such thing, because it treats the edges of a matrix apart.
    """
    if fixed_order:
        return partial(np.einsum, "ij,jk->ik", left, right, out=out, optimize=False)
    return partial(left.dot, right, out)
