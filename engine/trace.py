"""Forward and backward propagation with nothing hidden: every z, a, ∂L/∂a, δ, dW and db is kept.

Notation as in the course: layer l = 1…L, zˡ = Wˡ aˡ⁻¹ + bˡ, aˡ = g(zˡ), a⁰ = x, δˡ = ∂L/∂zˡ. A batch has one
column an example. Indices: `z[l - 1]`, `da[l - 1]`, `delta[l - 1]`, `dW[l - 1]` and `db[l - 1]` belong to
layer l; `a[l]` is aˡ, so that `a[l - 1]` is the layer's input.

Source: Rumelhart, Hinton & Williams 1986; Goodfellow, Bengio & Courville 2016, algorithms 6.3 and 6.4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Array, frozen_array, read_only
from engine.errors import OverflowedError
from engine.losses import CROSS_ENTROPY, Loss, loss_named
from engine.network import Description, Network


@dataclass(frozen=True, eq=False)
class Trace:
    """What a forward pass computed.

    Attributes:
        network: The network.
        z: zˡ for l = 1…L, each (n_l, m).
        a: aˡ for l = 0…L, each (n_l, m); a[0] is x.
        fixed_order: Whether every sum was made in one fixed order; `backward` does as `forward` did.

    """

    network: Network
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    fixed_order: bool = False

    @property
    def output(self) -> Array:
        """aᴸ, (n_L, m): p, where the output is a probability."""
        return self.a[-1]


@dataclass(frozen=True, eq=False)
class Gradients:
    """What a backward pass computed.

    Attributes:
        trace: The forward pass that it belongs to.
        y: The labels, (n_L, m).
        losses: L of each example, (1, m).
        da: ∂L/∂aˡ of each example, l = 1…L, each (n_l, m).
        delta: δˡ = ∂L/∂zˡ of each example, l = 1…L, each (n_l, m).
        dW: ∂cost/∂Wˡ, l = 1…L, each (n_l, n_l₋₁).
        db: ∂cost/∂bˡ, l = 1…L, each (n_l, 1).

    """

    trace: Trace
    y: Array
    losses: Array
    da: tuple[Array, ...]
    delta: tuple[Array, ...]
    dW: tuple[Array, ...]
    db: tuple[Array, ...]

    @property
    def cost(self) -> float:
        """The mean of the losses over the batch."""
        return float(self.losses.sum() / self.losses.size)


def product(left: Array, right: Array, fixed_order: bool) -> Array:
    """Return left · right, (n, k) · (k, m) → (n, m).

    In a fixed order equal rows of `left` give rows that are equal to the bit. A linear algebra library is
    quicker, but may sum two equal rows in two orders, so that twins drift apart by rounding.
    """
    if fixed_order:
        return np.asarray(np.einsum("ik,kj->ij", left, right, optimize=False))
    return left @ right


def forward(network: Network | Description, x: ArrayLike, *, fixed_order: bool = False) -> Trace:
    """Run a batch through a network.

    Args:
        network: A `Network`, or (W, b, name of the activation) for each layer as plain arrays.
        x: Inputs, (n_0, m), examples in columns.
        fixed_order: Make every sum in one fixed order, here and in `backward`: slower, and exact about
            symmetry.

    Raises:
        EngineError: arrays of a wrong shape or with numbers that are not finite, an unknown activation.
        OverflowedError: the numbers of a layer left the range of float64.

    """
    network = Network.of(network)
    a = frozen_array("x", x, (network.sizes[0], None))
    zs, activations = [], [a]
    for number, layer in enumerate(network.layers, start=1):
        with np.errstate(over="ignore", invalid="ignore"):
            z = product(layer.W, a, fixed_order) + layer.b
        if not np.isfinite(z).all():
            raise OverflowedError(
                f"z of layer {number}", "beyond float64", "finite numbers: use smaller weights"
            )
        a = read_only(layer.activation.function(z))
        zs.append(read_only(z))
        activations.append(a)
    return Trace(network, tuple(zs), tuple(activations), fixed_order)


def cost(
    network: Network | Description, x: ArrayLike, y: ArrayLike, loss: str | Loss = CROSS_ENTROPY
) -> float:
    """Return the mean loss of a network over a batch: x (n_0, m), y (n_L, m).

    Raises:
        EngineError: as `forward` and `backward`.
        OverflowedError: the loss left the range of float64.

    """
    trace, loss = forward(network, x), loss_named(loss)
    losses = _losses(trace, _labels(trace, y, loss), loss)
    return float(losses.sum() / losses.size)


def _labels(trace: Trace, y: ArrayLike, loss: Loss) -> Array:
    labels = frozen_array("y", y, trace.output.shape)
    loss.check(trace.network.layers[-1].activation.name, labels)
    return labels


def _losses(trace: Trace, y: Array, loss: Loss) -> Array:
    with np.errstate(over="ignore"):
        losses = loss.value(trace.z[-1], trace.output, y)
        if not np.isfinite(losses.sum()):
            raise OverflowedError("the loss", "beyond float64", "finite numbers")
    return losses


def backward(trace: Trace, y: ArrayLike, loss: str | Loss = CROSS_ENTROPY) -> Gradients:
    """Propagate a batch's errors back through a network, one factor at a time.

    δᴸ = ∂L/∂aᴸ · g′(zᴸ), without a short cut for sigmoid with cross-entropy (softmax mixes units: its δᴸ is
    the product with its Jacobian, `Activation.pullback`); ∂L/∂aˡ = (Wˡ⁺¹)ᵀ δˡ⁺¹;
    dWˡ = δˡ (aˡ⁻¹)ᵀ / m, dbˡ = Σ δˡ / m. The division comes after the sum, so that as many errors of
    −½ as of +½ cancel exactly.

    Args:
        trace: What `forward` returned.
        y: Labels, (n_L, m).
        loss: The loss, or its name.

    Raises:
        EngineError: labels of a wrong shape or outside what the loss allows, a loss that does not fit the
            output activation.
        OverflowedError: a gradient left the range of float64.

    """
    loss = loss_named(loss)
    layers = trace.network.layers
    m = trace.output.shape[1]
    y = _labels(trace, y, loss)

    losses = _losses(trace, y, loss)
    da: list[Array] = []
    delta: list[Array] = []
    dW: list[Array] = []
    db: list[Array] = []
    upstream = loss.derivative(trace.z[-1], trace.output, y)
    for index in reversed(range(len(layers))):
        with np.errstate(over="ignore", invalid="ignore"):
            d = layers[index].activation.pullback(trace.z[index], upstream)
            if index == len(layers) - 1 and loss.delta is not None:
                # Only a slope beyond float64 (∞ · 0) takes the closed form, the limit of the product.
                d = np.where(np.isfinite(d).all(axis=0), d, loss.delta(trace.output, y))
            for_W = product(d, trace.a[index].T, trace.fixed_order) / m
            for_b = d.sum(axis=1, keepdims=True) / m
            below = product(layers[index].W.T, d, trace.fixed_order)
        if not all(np.isfinite(each).all() for each in (d, for_W, for_b)):
            raise OverflowedError(f"a gradient of layer {index + 1}", "beyond float64", "finite numbers")
        da.append(read_only(upstream))
        delta.append(read_only(d))
        dW.append(read_only(for_W))
        db.append(read_only(for_b))
        upstream = below
    return Gradients(
        trace=trace,
        y=y,
        losses=read_only(losses),
        da=tuple(reversed(da)),
        delta=tuple(reversed(delta)),
        dW=tuple(reversed(dW)),
        db=tuple(reversed(db)),
    )
