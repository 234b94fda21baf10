"""Who zeroed the gradient, for one scenario or for several side by side, at any step."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Demand, Live, Variant
from lessons.source import Source, variants


@dataclass(frozen=True)
class LedgerTable(Live):
    """The ledger of a scenario.

    Attributes:
        variants: The scenarios between which the learner changes; one or more.
        steps: Whether the learner can make steps, and sees the ledger after each.
        drawing: Whether the network is drawn above, zero factors standing out.

    """

    variants: tuple[Variant, ...]
    steps: bool = False
    drawing: bool = False

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios of the variants."""
        return tuple(each.scenario for each in self.variants)

    @property
    def demand(self) -> Demand:
        """Steps are made while a key is pressed."""
        return "steppable" if self.steps else "any"

    @property
    def symbols(self) -> tuple[str, ...]:
        """What stands in its columns."""
        return ("δ", "a_prev", "dW", "W", "g′")


def read(source: Source) -> LedgerTable:
    """Return the ledger that a directive describes."""
    return LedgerTable(
        variants(source),
        source.option("steps", ("yes", "no"), "no") == "yes",
        source.option("drawing", ("yes", "no"), "no") == "yes",
    )
