"""Where a prediction meets what happened."""

from __future__ import annotations

from lessons.model import Feedback
from lessons.source import Source


def read(source: Source) -> Feedback:
    """Return the feedback that a directive describes."""
    screen, slash, question = source.argument.rpartition("/")
    later, wait = (source.option(name, ("yes", "no"), "no") == "yes" for name in ("later", "wait"))
    return Feedback(screen if slash else source.screen, question, later, wait)
