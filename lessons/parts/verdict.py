"""A two-by-two table of starts: the same loss for both labels or not, weights that move or not."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Demand, Live, Variant
from lessons.source import Source, variants


@dataclass(frozen=True)
class Verdict(Live):
    """Runs to guess about and to start; each falls into the cell that its own numbers put it in.

    Attributes:
        variants: The scenarios, with the labels by which the page knows them.

    """

    variants: tuple[Variant, ...]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios of the starts."""
        return tuple(each.scenario for each in self.variants)

    @property
    def demand(self) -> Demand:
        """Two labels to compare need one probability a point."""
        return "watchable"


def read(source: Source) -> Verdict:
    """Return the table that a directive describes."""
    return Verdict(variants(source, least=2, most=4))
