"""What the learner was sure of and wrong about, all of it in one place."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Live
from lessons.source import Source


@dataclass(frozen=True)
class Review(Live):
    """Every confident wrong prediction of the course, beside the right choice and its reason."""


def read(source: Source) -> Review:
    """Return the review that a directive describes; it has nothing to set."""
    return Review()
