"""Activations and products as bound operations that write into arrays which are already there.

An `Operation` is a call with all its arguments bound. Arguments are positional and constants are arrays of
the operands' own shape, because at a lesson's sizes numpy's handling of a keyword, or of a number that it has
to turn into an array, takes about as long as the arithmetic.
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

LOGIT_LOSSES = ("binary-cross-entropy", "softmax-cross-entropy")
"""Losses whose value is found from the logit z alone and whose δ at the output is a − y."""


@dataclass(frozen=True)
class Kernel:
    """An activation in place.

    Attributes:
        forward: From (z, a), the operations that write g(z) into a and leave z as it is.
        backward: From (a, d), the operations that turn ∂L/∂a, in d, into δ = ∂L/∂a · g′(z); they find g′(z)
            from a alone, so that d may lie where z was.

    """

    forward: Callable[[Array, Array], list[Operation]]
    backward: Callable[[Array, Array], list[Operation]]


def _relu_forward(z: Array, a: Array) -> list[Operation]:
    # `maximum` alone wants `out` by name: by position it warns.
    return [partial(np.maximum, z, np.zeros_like(z), out=a)]


def _relu_backward(a: Array, d: Array) -> list[Operation]:
    alive, slope = np.empty(a.shape, dtype=np.bool_), np.empty_like(a)
    # A product, not a masked assignment: that one branches, and is slow where neighbours differ.
    return [
        partial(np.greater, a, np.zeros_like(a), alive),
        partial(np.copyto, slope, alive),
        partial(np.multiply, d, slope, d),
    ]


def _sigmoid_forward(z: Array, a: Array) -> list[Operation]:
    one = np.ones_like(z)
    # exp may overflow to ∞, of which the quotient makes the right 0.
    return [
        partial(np.negative, z, a),
        partial(np.exp, a, a),
        partial(np.add, a, one, a),
        partial(np.divide, one, a, a),
    ]


def _sigmoid_backward(a: Array, d: Array) -> list[Operation]:
    one, slope = np.ones_like(a), np.empty_like(a)
    return [
        partial(np.subtract, one, a, slope),
        partial(np.multiply, slope, a, slope),
        partial(np.multiply, d, slope, d),
    ]


def _tanh_backward(a: Array, d: Array) -> list[Operation]:
    one, slope = np.ones_like(a), np.empty_like(a)
    return [
        partial(np.multiply, a, a, slope),
        partial(np.subtract, one, slope, slope),
        partial(np.multiply, d, slope, d),
    ]


KERNELS = {
    "relu": Kernel(_relu_forward, _relu_backward),
    "sigmoid": Kernel(_sigmoid_forward, _sigmoid_backward),
    "tanh": Kernel(lambda z, a: [partial(np.tanh, z, a)], _tanh_backward),
    "identity": Kernel(lambda z, a: [partial(np.copyto, a, z)], lambda a, d: []),
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
    """Return the operations that write g(z) into a, each (n, m); z stays as it is."""
    found = kernel(g)
    return found.forward(z, a) if found else [lambda: np.copyto(a, g.function(z))]


def backward_operations(g: Activation, z: Array, a: Array, d: Array) -> list[Operation]:
    """Return the operations that turn ∂L/∂a, in d, into δ = ∂L/∂z, each (n, m)."""
    found = kernel(g)
    if found:
        return found.backward(a, d)
    pullback = getattr(g, "pullback", None)
    if pullback is not None:
        return [lambda: np.copyto(d, pullback(z, d))]
    return [lambda: np.multiply(d, g.derivative(z), d)]


def output_operations(loss: Loss, g: Activation, z: Array, a: Array, y: Array, d: Array) -> list[Operation]:
    """Return the operations that write δ = ∂L/∂z of the output layer into d, each (n_L, m)."""
    delta = loss.delta
    if loss.name in LOGIT_LOSSES:
        return [partial(np.subtract, a, y, d)]
    if delta is not None:
        return [lambda: np.copyto(d, delta(a, y))]
    return [lambda: np.copyto(d, loss.derivative(z, a, y)), *backward_operations(g, z, a, d)]


def product(left: Array, right: Array, out: Array, fixed_order: bool) -> Operation:
    """Return the operation that writes the matrix product left · right into out, which is contiguous.

    With `fixed_order` every entry is summed in the same order, so that equal rows or columns give equal sums
    to the bit; a BLAS promises no such thing, because it treats the edges of a matrix apart.
    """
    if fixed_order:
        return partial(np.einsum, "ij,jk->ik", left, right, out=out, optimize=False)
    return partial(left.dot, right, out)
