"""Several runs to guess about and to start, one a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessons.model import Live, Variant
from lessons.parts.run import MEASURES
from lessons.source import Source, variants

if TYPE_CHECKING:
    from engine.measures import Moment

GUESSES = ("none", "moves", "apart")
QUESTIONS = {"moves": "moves?", "apart": "come apart?"}
"""What is asked about each line, in the fewest words."""


@dataclass(frozen=True)
class Trials(Live):
    """A table of runs: a line a scenario, filled in when the learner runs it.

    Attributes:
        variants: The scenarios, with what stands at the beginning of their lines.
        measures: Names of the measures that fill the columns.
        guess: What the learner may guess of each before: "moves" (does a weight move?), "apart" (do the units
            of some hidden layer come apart?), or "none".

    """

    variants: tuple[Variant, ...]
    measures: tuple[str, ...]
    guess: str = "none"

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios of the lines."""
        return tuple(each.scenario for each in self.variants)


def read(source: Source) -> Trials:
    """Return the trials that a directive describes."""
    return Trials(
        variants(source, least=2),
        source.words("numbers", MEASURES, ("moved", "cost")),
        source.option("guess", GUESSES, "none"),
    )


def guess_truth(guess: str, moment: Moment) -> bool:
    """Return what a guess about a run should have been, from the last moment of that run."""
    return moment.moved > 0 if guess == "moves" else any(units > 1 for units in moment.units)
