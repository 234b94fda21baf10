"""Which weights leave zero first, for every activation that a hidden layer can have."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Demand, Live
from lessons.source import Source


@dataclass(frozen=True)
class Activations(Live):
    """The engine's table of activations; each is run from all zero in one scenario's place.

    Attributes:
        scenario: The scenario whose network, data and optimiser are used.

    """

    scenario: str

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The one scenario."""
        return (self.scenario,)

    @property
    def demand(self) -> Demand:
        """Without hidden layers there is no activation to change."""
        return "layered"


def read(source: Source) -> Activations:
    """Return the table that a directive describes."""
    return Activations(source.argument)
