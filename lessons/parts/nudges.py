"""What the cost does when weights are nudged: each alone, each two, each path."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Demand, Live
from lessons.source import Source


@dataclass(frozen=True)
class Nudges(Live):
    """A table of nudges of a scenario's first network, of a size that the learner may halve.

    Attributes:
        scenario: Its name.
        by: The size of a nudge at first, and the largest one.

    """

    scenario: str
    by: float

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The one scenario."""
        return (self.scenario,)

    @property
    def demand(self) -> Demand:
        """All sets of weights are tried."""
        return "nudgeable"


def read(source: Source) -> Nudges:
    """Return the nudges that a directive describes."""
    return Nudges(source.argument, source.number("by", 0.01, 10.0, 0.5))
