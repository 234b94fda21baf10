"""What can be said of a run in numbers, at any moment of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.datasets import Dataset
from engine.network import Network
from engine.predictions import accuracy
from engine.symmetry import distinct_units, spread
from engine.training import weights_moved

PLATEAU = 0.99
"""A run has left its plateau when its cost is below this share of the first cost."""
TWIN_TOLERANCE = 1e-9
"""Two units whose weights and biases differ by no more count as one: that is rounding, not learning."""


@dataclass(frozen=True, eq=False)
class Moment:
    """What there is to see at one moment of a run.

    Attributes:
        data: The training set.
        start: The network before the first step.
        network: The network now.
        step: How many updates have been made.
        curve: (step, cost) so far, the first at step 0.
        ended: Whether this is the last moment: the run is over, or was stopped.

    """

    data: Dataset
    start: Network
    network: Network
    step: int
    curve: Sequence[tuple[int, float]]
    ended: bool

    @property
    def moved(self) -> int:
        """How many weights differ from where they started."""
        return weights_moved(self.start, self.network)

    @property
    def units(self) -> tuple[int, ...]:
        """Distinct units of each hidden layer, to `TWIN_TOLERANCE`."""
        return distinct_units(self.network, TWIN_TOLERANCE)[:-1]

    @property
    def left_plateau(self) -> int | None:
        """The first recorded step with a cost clearly below the first one, or None."""
        enough = PLATEAU * self.curve[0][1]
        return next((step for step, cost in self.curve if cost < enough), None)


def moved_by_layer(start: Network, now: Network) -> tuple[str, ...]:
    """Return how many weights of each layer differ between two networks of the same sizes, as text."""
    return tuple(
        f"{int(np.count_nonzero(after.W != before.W))} of {after.W.size}"
        for before, after in zip(start.layers, now.layers, strict=True)
    )


@dataclass(frozen=True)
class Measure:
    """A number of a run: what it is called, and how it is read off a moment as text."""

    heading: str
    text: Callable[[Moment], str]


def _units(moment: Moment) -> str:
    widths = moment.network.sizes[1:-1]
    return ", ".join(f"{found} of {width}" for found, width in zip(moment.units, widths, strict=True))


def _spread(moment: Moment) -> str:
    found = max(spread(moment.network)[:-1], default=0.0)
    # Twins that are equal to the bit are told from twins that are almost.
    return f"{found:.1e}".replace("-", "−") if found else "0"


def _plateau(moment: Moment) -> str:
    step = moment.left_plateau
    return f"{step:,}" if step is not None else "not left"


def _bias(moment: Moment) -> str:
    return f"{float(moment.network.layers[-1].b[0, 0]):.6f}".replace("-", "−")


def _growth(moment: Moment) -> str:
    before, now = (max(spread(network)[:-1], default=0.0) for network in (moment.start, moment.network))
    return f"× {now / before:.3g}" if before else "none at the start"


MEASURES = {
    "cost": Measure("cost", lambda moment: f"{moment.curve[-1][1]:.6f}"),
    "accuracy": Measure("accuracy", lambda moment: f"{accuracy(moment.network, moment.data):.2f}"),
    "moved": Measure("weights moved", lambda moment: f"{moment.moved} of {moment.network.weight_count}"),
    "units": Measure("distinct units", _units),
    "bias": Measure("last bias", _bias),
    "spread": Measure("largest difference", _spread),
    "growth": Measure("grown by", _growth),
    "plateau": Measure("plateau left at", _plateau),
}
