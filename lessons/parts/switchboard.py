"""A switch for each layer: its weights as they are, or zero."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Demand, Live, Variant
from lessons.source import Source, variants

LONGEST_NAME = 6


@dataclass(frozen=True)
class Switchboard(Live):
    """Layers to switch to zero, a guess whether the network is stuck, and a run that says.

    Attributes:
        variants: The scenarios with no layer switched to zero, one for each kind of hidden unit.
        name: What the weights are called where they are not zero.

    """

    variants: tuple[Variant, ...]
    name: str = "He"

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios of the variants."""
        return tuple(each.scenario for each in self.variants)

    @property
    def demand(self) -> Demand:
        """Every combination of layers may be asked for."""
        return "switchable"


def read(source: Source) -> Switchboard:
    """Return the switchboard that a directive describes."""
    name = source.options.get("name", Switchboard.name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise source.error(f"name is {name or 'missing'}; allowed: 1 to {LONGEST_NAME} characters")
    return Switchboard(variants(source), name)
