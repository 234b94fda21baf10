"""What came of running a scenario, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.ledger import Entry
from engine.network import Network
from engine.tables import Cell, Column, Table

if TYPE_CHECKING:
    from engine.scenario import Scenario

ENTRY_KEYS = ("layer", "parameter", "cause", "max_abs_gradient", "max_abs_delta", "max_abs_input")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of a run.

    Attributes:
        scenario: The scenario.
        steps: How many updates were made.
        cost: (step, cost before that step's update), as often as the scenario records.
        accuracy: Share of right predictions after the last step: {"train": …, "test": …}.
        weights_moved: How many weights differ from where they started.
        weights_total: How many weights there are; biases do not count.
        ledger: The gradients of the first step and their causes.
        distinct_units: Distinct units a layer after the last step.
        network: The network after the last step.

    """

    scenario: Scenario
    steps: int
    cost: tuple[tuple[int, float], ...]
    accuracy: dict[str, float]
    weights_moved: int
    weights_total: int
    ledger: tuple[Entry, ...]
    distinct_units: tuple[int, ...]
    network: Network

    def record(self) -> dict[str, object]:
        """Return the outcome as plain values, as JSON has them."""
        entries = [{key: getattr(entry, key) for key in ENTRY_KEYS} for entry in self.ledger]
        return {
            "scenario": self.scenario.name,
            "steps": self.steps,
            "cost": [list(pair) for pair in self.cost],
            "accuracy": dict(self.accuracy),
            "weights_moved": self.weights_moved,
            "weights_total": self.weights_total,
            "ledger": entries,
            "distinct_units": list(self.distinct_units),
        }

    def cost_table(self) -> Table:
        """Return the recorded cost as a table."""
        columns = (Column("step", "step", "d"), Column("cost", "cost", ".16g"))
        rows: tuple[tuple[Cell, ...], ...] = self.cost
        return Table(columns, rows)
