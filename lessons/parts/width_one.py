"""A network of twins and its exact equivalent one unit wide, trained side by side."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Demand, Live, Variant
from lessons.source import Source, variants


@dataclass(frozen=True)
class WidthOne(Live):
    """A table with a line a scenario: both costs, and how far the two networks' outputs are apart.

    Attributes:
        variants: The scenarios, with what stands at the beginning of their lines.

    """

    variants: tuple[Variant, ...]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios of the lines."""
        return tuple(each.scenario for each in self.variants)

    @property
    def demand(self) -> Demand:
        """Each has to have an equivalent one unit wide."""
        return "narrowed"


def read(source: Source) -> WidthOne:
    """Return the table that a directive describes."""
    return WidthOne(variants(source))
