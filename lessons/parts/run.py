"""A run that the learner starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lessons.model import Demand, Live
from lessons.source import Source

MEASURES = ("cost", "accuracy", "moved", "units", "bias", "spread", "growth", "plateau")
"""What may be said of a run in numbers; see `engine.measures`."""
PICTURES = ("map", "weights")


@dataclass(frozen=True)
class Run(Live):
    """A run that is watched: its cost curve beside a picture, and numbers below.

    Attributes:
        scenario: Its name.
        numbers: Names of the measures that are shown.
        picture: The decision map, or the weights as heat maps.

    """

    scenario: str
    numbers: tuple[str, ...] = ("cost", "accuracy", "moved")
    picture: Literal["map", "weights"] = "map"

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The one scenario."""
        return (self.scenario,)

    @property
    def demand(self) -> Demand:
        """A map is drawn, or not."""
        return "watchable" if self.picture == "map" else "any"


def read(source: Source) -> Run:
    """Return the run that a directive describes."""
    return Run(
        source.argument,
        source.words("numbers", MEASURES, Run.numbers),
        "weights" if source.option("picture", PICTURES, "map") == "weights" else "map",
    )
