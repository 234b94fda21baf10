"""Is the loss the same for both labels, and do the weights move? Two questions asked of the arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, frozen_array
from engine.errors import EngineError
from engine.losses import CROSS_ENTROPY, Loss, loss_named
from engine.network import Network
from engine.scenario import Scenario
from engine.tables import Cell, Column, Table
from engine.trace import backward, forward

TITLES = {
    (True, False): "same loss, weights stuck",
    (True, True): "same loss, weights move",
    (False, False): "different losses, weights stuck",
    (False, True): "different losses, weights move",
}
"""The four boxes, by whether both labels have the same loss at the start, and whether a weight moves."""


@dataclass(frozen=True, eq=False)
class BothLabels:
    """What each example's loss is if its label is 0, and if it is 1, whatever it really is.

    Attributes:
        if_zero: The losses for y = 0, (m,).
        if_one: The losses for y = 1, (m,).

    """

    if_zero: Array
    if_one: Array

    @property
    def differing(self) -> int:
        """At how many examples the two losses differ, to the bit."""
        return int(np.count_nonzero(self.if_zero != self.if_one))

    @property
    def same(self) -> bool:
        """Whether the two losses are equal at every example."""
        return self.differing == 0

    @property
    def everywhere(self) -> tuple[float, float] | None:
        """The losses for y = 0 and for y = 1 where all examples have the same two, else None."""
        zero, one = float(self.if_zero[0]), float(self.if_one[0])
        alike = (self.if_zero == zero).all() and (self.if_one == one).all()
        return (zero, one) if alike else None


def both_labels(network: Network, x: Array, loss: str | Loss = CROSS_ENTROPY) -> BothLabels:
    """Return the loss of every example for the label 0 and for the label 1.

    Args:
        network: A network of one output.
        x: Inputs, (n_0, m).
        loss: The loss, or its name.

    Raises:
        EngineError: more outputs than one, or as `forward`.

    """
    trace, loss = forward(network, x), loss_named(loss)
    if len(trace.output) != 1:
        raise EngineError("outputs", len(trace.output), "one, whose label is 0 or 1")
    zero, one = (
        frozen_array(f"the loss for y = {label}", found[0], (None,))
        for label in (0, 1)
        for found in [loss.value(trace.z[-1], trace.output, np.full_like(trace.output, label))]
    )
    return BothLabels(zero, one)


def live_weights(scenario: Scenario) -> int:
    """Return how many weights have a gradient that is not zero before the first step, over all examples."""
    data = scenario.split()
    trace = forward(scenario.network(data), data.train.x, fixed_order=scenario.fixed_order)
    gradients = backward(trace, data.train.y, scenario.loss)
    return sum(int(np.count_nonzero(dW)) for dW in gradients.dW)


def start_of(scenario: Scenario) -> BothLabels:
    """Return the losses of a scenario's training set for both labels, before its first step."""
    data = scenario.split()
    return both_labels(scenario.network(data), data.train.x, scenario.loss)


COLUMNS = (
    Column("start", "start", ""),
    Column("if_zero", "loss if y = 0", ""),
    Column("if_one", "loss if y = 1", ""),
    Column("same", "the same", ""),
    Column("live", "gradients not zero", ""),
)


def first_steps(scenarios: Mapping[str, Scenario]) -> Table:
    """Return, for each scenario by its label, both losses and the live gradients before the first step."""
    return Table(COLUMNS, tuple(_first_step(label, scenario) for label, scenario in scenarios.items()))


def _first_step(label: str, scenario: Scenario) -> tuple[Cell, ...]:
    start, weights = start_of(scenario), scenario.network(scenario.split()).weight_count
    return (
        label,
        _range(start.if_zero),
        _range(start.if_one),
        "yes" if start.same else "no",
        f"{live_weights(scenario)} of {weights} weights",
    )


def _range(losses: Array) -> str:
    low, high = f"{losses.min():.6f}", f"{losses.max():.6f}"
    return low if low == high else f"{low} to {high}"
