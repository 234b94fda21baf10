"""Which weights leave zero first: one scenario with each activation in turn, all zero, a few steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import max_abs
from engine.errors import EngineError
from engine.scenario import Scenario, snapshots
from engine.tables import Cell, Column, Table, power

ROUNDING = 1e-12
"""A weight this close to zero has not moved: errors that cancel leave as much behind."""


def elementwise_activations() -> tuple[Activation, ...]:
    """Return the activations that a hidden layer can have, those that are zero at zero first."""
    found = [each for each in ACTIVATIONS.values() if each.elementwise]
    return tuple(sorted(found, key=lambda each: each.at_zero != 0))


def moved_from_zero(scenario: Scenario) -> tuple[tuple[int, ...], ...]:
    """Return which layers' weights have moved after 1, 2, …, L steps from all zero, layer L first.

    Args:
        scenario: Its network has L layers; its start is replaced by zeros.

    Raises:
        EngineError: a scenario without hidden layers, where there is no activation to speak of.

    """
    layers = len(scenario.hidden) + 1
    if layers == 1:
        raise EngineError("hidden", scenario.hidden, "at least one width: the activations of hidden layers")
    zero = replace(scenario, weights="zeros", biases="zeros", steps=layers, record_every=1)
    return tuple(
        tuple(
            number
            for number in range(layers, 0, -1)
            if max_abs(snapshot.network.layers[number - 1].W) > ROUNDING
        )
        for snapshot in snapshots(zero, 1)
        if snapshot.step
    )


def activations_table(scenario: Scenario) -> Table:
    """Return a row an activation: g(0), g′(0), and whose weights have moved after steps 1 to L."""
    steps = range(1, len(scenario.hidden) + 2)
    columns = (
        Column("activation", "activation", ""),
        Column("at_zero", "g(0)", ".4g"),
        Column("slope_at_zero", "g′(0)", ".4g"),
        *(Column(f"step_{step}", f"after step {step}", "") for step in steps),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in elementwise_activations():
        # The scenario's own convention for ReLU′(0) is the one that is run.
        here = replace(scenario, activation=each.name)
        slope = float(here.activations()[0].derivative(np.zeros((1, 1)))[0, 0])
        moved = (_names(layers) for layers in moved_from_zero(here))
        rows.append((each.name, each.at_zero, slope, *moved))
    return Table(columns, tuple(rows))


def _names(layers: tuple[int, ...]) -> str:
    return " ".join(power("W", layer) for layer in layers) or "none"
