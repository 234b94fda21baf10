"""A network of twins and its equivalent one unit wide, trained step by step beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import max_abs
from engine.errors import EngineError
from engine.measures import MEASURES, Measure, Moment
from engine.network import Network
from engine.scenario import Scenario, snapshots
from engine.tables import Cell, Column, Table
from engine.trace import backward, forward
from engine.training import Snapshot
from engine.width_one import WidthOne, width_one

PAIRS = 100
"""How often the table looks at how far the networks are apart."""


@dataclass(frozen=True, eq=False)
class Pair:
    """The two networks after the same number of steps.

    Attributes:
        wide: The network of twins.
        single: The network one unit wide.
        single_cost: Its cost on the whole training set.
        gap: The largest difference of their zᴸ, over all examples, here or at an earlier pair.

    """

    wide: Snapshot
    single: Network
    single_cost: float
    gap: float

    @property
    def step(self) -> int:
        """How many updates have been made."""
        return self.wide.step


@dataclass(frozen=True, eq=False)
class PairMoment(Moment):
    """A moment of a network of twins, and what its equivalent has come to.

    Attributes:
        single: The network one unit wide.
        single_cost: Its cost.
        gap: The largest difference of the two networks' zᴸ so far.

    """

    single: Network
    single_cost: float
    gap: float


def _of_pair(text: Callable[[PairMoment], str]) -> Callable[[Moment], str]:
    return lambda moment: text(moment) if isinstance(moment, PairMoment) else ""


PAIR_MEASURES = {
    "cost": Measure("cost, twins", MEASURES["cost"].text),
    "single": Measure("cost, one unit", _of_pair(lambda moment: f"{moment.single_cost:.6f}")),
    "gap": Measure("difference of z", _of_pair(lambda moment: f"{moment.gap:.1e}".replace("-", "−"))),
}
"""What can be said of both networks in numbers, at any moment."""


def equivalent(scenario: Scenario) -> WidthOne:
    """Return what a scenario's network of twins is equivalent to, before its first step.

    Raises:
        EngineError: units that differ, or updates for which the equivalence is not shown: anything but plain
            gradient descent on all examples.

    """
    data = scenario.split()
    plain = scenario.optimizer == "gradient-descent" and scenario.weight_decay == 0 and scenario.dropout == 0
    if not plain or (scenario.batch or data.train.size) < data.train.size or not scenario.hidden:
        raise EngineError(
            "a scenario beside its equivalent one unit wide",
            scenario.name,
            "hidden layers, and plain gradient descent on all examples",
        )
    if not scenario.fixed_order:
        raise EngineError("fixed_order", False, "true, so that twins stay equal to the bit")
    return width_one(scenario.network(data), scenario.learning_rate)


def side_by_side(scenario: Scenario, every: int) -> Iterator[Pair]:
    """Train both networks and yield a pair at step 0, at every `every` steps, and after the last.

    Raises:
        EngineError: as `equivalent`.
        OverflowedError: the numbers left the range of float64 (raised while running).

    """
    rates = equivalent(scenario)
    data = scenario.split().train
    single, done, gap = rates.network, 0, 0.0
    for wide in snapshots(scenario, every):
        gradients = backward(forward(single, data.x), data.y, scenario.loss)
        while done < wide.step:
            single = rates.step(gradients)
            gradients = backward(forward(single, data.x), data.y, scenario.loss)
            done += 1
        z = forward(wide.network, data.x, fixed_order=True).z[-1]
        gap = float(np.maximum(gap, max_abs(z - gradients.trace.z[-1])))
        yield Pair(wide, single, gradients.cost, gap)


def width_one_table(labels: Sequence[str], scenarios: Sequence[Scenario]) -> Table:
    """Return a row a scenario after its last step: both costs, and the largest difference of zᴸ on the way.

    Args:
        labels: What each row begins with.
        scenarios: Networks of twins, as many.

    Raises:
        EngineError: as `equivalent`.

    """
    columns = (
        Column("label", "", ""),
        Column("step", "step", ",d"),
        Column("cost", "cost, twins", ".6f"),
        Column("single_cost", "cost, one unit", ".6f"),
        Column("gap", "difference of z", ".1e"),
    )
    rows: list[tuple[Cell, ...]] = []
    for label, scenario in zip(labels, scenarios, strict=True):
        *_, last = side_by_side(scenario, max(1, scenario.steps // PAIRS))
        rows.append((label, last.step, last.wide.cost, last.single_cost, last.gap))
    return Table(columns, tuple(rows))
