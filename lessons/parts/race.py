"""A few runs side by side, started together."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Demand, Live, Variant
from lessons.source import Source, variants

MOST_LANES = 4


@dataclass(frozen=True)
class Race(Live):
    """Two to four runs in lanes: a cost curve, a decision map and a few numbers each.

    Attributes:
        variants: The scenarios, with the names of their lanes.

    """

    variants: tuple[Variant, ...]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios of the lanes."""
        return tuple(each.scenario for each in self.variants)

    @property
    def demand(self) -> Demand:
        """Each lane has a map."""
        return "watchable"


def read(source: Source) -> Race:
    """Return the race that a directive describes."""
    return Race(variants(source, least=2, most=MOST_LANES))
