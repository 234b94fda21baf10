"""What flows through a network at one step: in which units a and δ are zero, and which W and dW are."""

from __future__ import annotations

from dataclasses import dataclass

from engine.arrays import Array
from engine.ledger import Cause, ledger
from engine.trace import Gradients


@dataclass(frozen=True)
class Signal:
    """What is zero in one layer l, and on the way into it.

    Attributes:
        layer: l, from 0: layer 0 is the inputs.
        a: For each unit, whether aˡ is not zero for some example of the batch.
        delta: For each unit, whether δˡ is not zero for some example; empty for the inputs.
        W: Whether any weight of Wˡ is not zero; False for the inputs.
        dW: Whether dWˡ is not zero, as the ledger judges: what is left of errors that cancel counts as zero.

    """

    layer: int
    a: tuple[bool, ...]
    delta: tuple[bool, ...]
    W: bool
    dW: bool


def signals(gradients: Gradients) -> tuple[Signal, ...]:
    """Return what is zero in each layer, the inputs first: n_0, n_1, …, n_L units."""
    trace = gradients.trace
    alive = [Cause.ALIVE in entry.causes for entry in ledger(gradients) if entry.parameter == "W"]
    found = [Signal(0, _live(trace.a[0]), (), W=False, dW=False)]
    for index, layer in enumerate(trace.network.layers):
        found.append(
            Signal(
                index + 1,
                _live(trace.a[index + 1]),
                _live(gradients.delta[index]),
                W=bool(layer.W.any()),
                dW=alive[index],
            )
        )
    return tuple(found)


def _live(array: Array) -> tuple[bool, ...]:
    return tuple(bool(unit.any()) for unit in array)
