"""A scenario with some layers switched to zero, the others as they were."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import product

from engine.initializers import rules_for
from engine.ledger import Cause
from engine.rules import silenced
from engine.scenario import Scenario, first_ledger
from engine.tables import Column, Table


def with_zero_layers(scenario: Scenario, zeroed: Collection[int]) -> Scenario:
    """Return a scenario whose layers of those numbers, from 1, start with zero weights.

    The other layers start as they did: a silenced layer draws as many random numbers as it would have used.
    """
    rules = rules_for("weights", scenario.weights, len(scenario.hidden) + 1)
    return replace(
        scenario,
        weights=tuple(
            silenced(rule) if number in zeroed else rule for number, rule in enumerate(rules, start=1)
        ),
    )


def layers_with_gradient(scenario: Scenario) -> tuple[int, ...]:
    """Return the layers, from 1, whose weights have a gradient at the first step that is more than rounding.

    If there are none, the run is stuck as far as its weights go.
    """
    return tuple(
        entry.layer
        for entry in first_ledger(scenario)
        if entry.parameter == "W" and entry.causes == (Cause.ALIVE,)
    )


def switch_table(scenario: Scenario, name: str) -> Table:
    """Return, for every setting of the switches, the layers that get a gradient at the first step.

    Args:
        scenario: The scenario with no layer switched off.
        name: How its weights are called where they are not zero.

    """
    layers = range(1, len(scenario.hidden) + 2)
    rows = []
    for zeros in product((False, True), repeat=len(layers)):
        zeroed = [layer for layer, zero in zip(layers, zeros, strict=True) if zero]
        alive = layers_with_gradient(with_zero_layers(scenario, zeroed))
        cells = ["0" if zero else name for zero in zeros]
        rows.append((*cells, " ".join(str(layer) for layer in alive) or "none"))
    columns = [Column(f"layer_{layer}", f"layer {layer}", "") for layer in layers]
    return Table((*columns, Column("alive", "layers with a gradient at step 1", "")), tuple(rows))
