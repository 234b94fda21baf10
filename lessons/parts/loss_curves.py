"""The loss of both labels as two curves, at a p that the learner moves."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Live
from lessons.source import Source


@dataclass(frozen=True)
class LossCurves(Live):
    """Both curves, and which way each label pushes z at p; it begins at `start`."""

    start: float


def read(source: Source) -> LossCurves:
    """Return the curves that a directive describes."""
    return LossCurves(source.number("start", 0.01, 0.99, 0.5))
