"""Published figures beside those of a run that the learner starts."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Live, Variant
from lessons.source import Source, variants


@dataclass(frozen=True)
class Published(Live):
    """The published costs of each scenario, and those of the same run here; see `lessons.published`.

    Attributes:
        variants: The scenarios between which the learner changes.

    """

    variants: tuple[Variant, ...]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios of the variants."""
        return tuple(each.scenario for each in self.variants)


def read(source: Source) -> Published:
    """Return the part that a directive describes."""
    return Published(variants(source))
