"""A ledger's run, step by step: the next step's gradients, and what has moved so far."""

from __future__ import annotations

from itertools import islice

from engine.errors import EngineError
from engine.ledger import ledger, ledger_table
from engine.measures import moved_by_layer
from engine.network import Network
from engine.scenario import Scenario, batches, gradients_at, snapshots
from engine.signals import signals
from engine.tables import Column, Table

MANY = 10


class Stepping:
    """A scenario at a step; all that it shows is of the examples that the next step takes.

    Args:
        scenario: The scenario.
        counts: Whether the table says how many weights have moved since the start.

    """

    def __init__(self, scenario: Scenario, *, counts: bool) -> None:
        self.fault = ""
        self.scenario = scenario
        self.counts = counts
        self.examples = scenario.split().train.size
        self._stream = snapshots(scenario, 1)
        self._batches = batches(scenario)
        self.start = next(self._stream).network
        self.taken = next(self._batches)
        self._arrive(self.start, 0)

    def _arrive(self, network: Network, step: int) -> None:
        self.network, self.step = network, step
        gradients = gradients_at(self.scenario, network, self.taken)
        self.entries = tuple(entry for entry in ledger(gradients) if entry.parameter == "W")
        self.signals = signals(gradients)

    def make(self, count: int) -> bool:
        """Make so many steps, or as many as are left, and return whether any was made; see `fault`."""
        try:
            made = list(islice(self._stream, count))
        except EngineError as error:
            self.fault = f"The run has ended: {error}"
            return False
        if made:
            *_, self.taken = islice(self._batches, len(made))
            self._arrive(made[-1].network, made[-1].step)
        return bool(made)

    @property
    def table(self) -> Table:
        """The ledger as a table."""
        table = ledger_table(self.entries).without("parameter")
        if not self.counts:
            return table
        return table.plus(Column("moved", "moved", ""), moved_by_layer(self.start, self.network), "cause")

    @property
    def takes(self) -> str:
        """What the next step takes, where that is not all examples; else ""."""
        if self.taken.size == self.examples or self.taken.y.shape[0] > 1:
            return ""
        if self.taken.size == 1:
            return f"the next step takes one example, y = {self.taken.y[0, 0]:g}"
        ones = int(self.taken.y.sum())
        return f"the next step takes {self.taken.size} examples, {ones} of them y = 1"
