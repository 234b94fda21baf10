"""The loss for both labels at a p that the learner moves."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Live
from lessons.source import Source


@dataclass(frozen=True)
class LossTable(Live):
    """A slider for p over the engine's loss table; it begins at `start`."""

    start: float

    @property
    def symbols(self) -> tuple[str, ...]:
        """What stands in its columns."""
        return ("p", "y", "L", "δ")


def read(source: Source) -> LossTable:
    """Return the table that a directive describes."""
    return LossTable(source.number("start", 0.01, 0.99, 0.5))
