"""Who zeroed the gradient? For each layer's dW and db, the factors that are zero, found from the arrays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.arrays import Array, max_abs
from engine.tables import Column, Table
from engine.trace import Gradients


class Cause(StrEnum):
    """Why a gradient is zero in every entry, or that it is not."""

    ALIVE = "alive"
    INPUT = "a_prev = 0"
    ABOVE = "W above = 0"
    SLOPE = "g′ = 0"
    NO_ERROR = "errors = 0"
    CANCEL = "errors cancel"
    SPREAD = "a zero in every product"


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: the gradient of one layer's W or b and its two factors.

    Attributes:
        layer: l, from 1.
        parameter: "W" or "b".
        causes: All zero factors that were found; else one of `CANCEL`, `SPREAD` and `ALIVE` alone.
        max_abs_gradient: max |dWˡ| or max |dbˡ|.
        max_abs_delta: max |δˡ| over units and examples.
        max_abs_input: max |aˡ⁻¹| over units and examples; 1 for a bias, whose input is always 1.

    """

    layer: int
    parameter: str
    causes: tuple[Cause, ...]
    max_abs_gradient: float
    max_abs_delta: float
    max_abs_input: float

    @property
    def cause(self) -> str:
        """The causes as text."""
        return ", ".join(self.causes)


def ledger(gradients: Gradients) -> tuple[Entry, ...]:
    """Return an entry for W and one for b of every layer, the first layer first.

    A gradient counts as zero if it is exactly zero or if what is left is within the rounding of the sums that
    made it, over examples and over the units above: then products that are not zero cancel.
    """
    # Sums of magnitudes may leave float64 where the gradients themselves do not.
    with np.errstate(over="ignore", invalid="ignore"):
        return tuple(_entries(gradients))


def _entries(gradients: Gradients) -> list[Entry]:
    entries = []
    for index, (layer_delta, size) in enumerate(zip(gradients.delta, _sizes(gradients), strict=True)):
        inputs = {"W": gradients.trace.a[index], "b": np.ones((1, layer_delta.shape[1]))}
        found = {"W": gradients.dW[index], "b": gradients.db[index]}
        for parameter, given in inputs.items():
            entries.append(
                Entry(
                    layer=index + 1,
                    parameter=parameter,
                    causes=_causes(gradients, index, size, given, found[parameter]),
                    max_abs_gradient=max_abs(found[parameter]),
                    max_abs_delta=max_abs(layer_delta),
                    max_abs_input=max_abs(given),
                )
            )
    return entries


def _sizes(gradients: Gradients) -> list[Array]:
    """Return, for each layer, what |δ| would be if nothing cancelled on the way back from the output."""
    trace = gradients.trace
    size = np.abs(gradients.delta[-1])
    sizes = [size]
    for above, layer, z, layer_delta in zip(
        trace.network.layers[:0:-1],
        trace.network.layers[-2::-1],
        trace.z[-2::-1],
        gradients.delta[-2::-1],
        strict=True,
    ):
        arrived = np.abs(above.W).T @ size
        elementwise = layer.activation.elementwise
        size = arrived * np.abs(layer.activation.derivative(z)) if elementwise else np.abs(layer_delta)
        sizes.append(size)
    return sizes[::-1]


def _causes(
    gradients: Gradients, index: int, size: Array, given: Array, gradient: Array
) -> tuple[Cause, ...]:
    causes = [Cause.INPUT] if not given.any() else []
    if not size.any():
        layers, z = gradients.trace.network.layers, gradients.trace.z
        if any(not above.W.any() for above in layers[index + 1 :]):
            causes.append(Cause.ABOVE)
        if any(not layers[k].activation.derivative(z[k]).any() for k in range(index, len(layers))):
            causes.append(Cause.SLOPE)
        if not gradients.da[-1].any():
            causes.append(Cause.NO_ERROR)
    if causes:
        return tuple(causes)
    summands = size @ np.abs(given).T
    if not summands.any():
        return (Cause.SPREAD,)
    m = given.shape[1]
    terms = m + sum(layer.W.shape[0] for layer in gradients.trace.network.layers[index + 1 :])
    cancelled = np.abs(gradient) * m <= terms * np.finfo(np.float64).eps * summands
    if ((gradient == 0) | (cancelled & np.isfinite(summands))).all():
        return (Cause.CANCEL,)
    return (Cause.ALIVE,)


def ledger_table(entries: tuple[Entry, ...]) -> Table:
    """Return the ledger as a table, a row an entry; every number is the largest magnitude of its kind."""
    parameters = dict.fromkeys(entry.parameter for entry in entries)
    columns = (
        Column("layer", "layer", "d"),
        Column("parameter", "gradient", ""),
        Column("max_abs_delta", "|δ|", ".4g"),
        Column("max_abs_input", "|a_prev|", ".4g"),
        Column("max_abs_gradient", " or ".join(f"|d{parameter}|" for parameter in parameters), ".4g"),
        Column("cause", "cause", ""),
    )
    return Table(columns, tuple(tuple(getattr(entry, column.key) for column in columns) for entry in entries))
