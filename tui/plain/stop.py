"""A place on a page where the learner does something."""

from __future__ import annotations

from collections.abc import Iterator


class NotUnderstoodError(Exception):
    """What was typed means nothing here; the message says why, if there is something to say."""


class Stop:
    """Something to answer or to touch: it says what it is and what can be typed, and acts on that.

    Attributes:
        done: Whether there is nothing more to type here.
        takes_enter: Whether an empty line is for it; otherwise that goes on.

    """

    done = False
    takes_enter = False

    def told(self) -> Iterator[str]:
        """Yield lines that say what it is, and how it stands."""
        raise NotImplementedError

    def offer(self) -> str:
        """Return what can be typed, but for what can be typed everywhere."""
        raise NotImplementedError

    def take(self, text: str) -> Iterator[str]:
        """Act on what was typed, and yield lines that say what came of it.

        Raises:
            NotUnderstoodError: it means nothing here.

        """
        raise NotImplementedError

    def leave(self) -> None:
        """Keep what was chosen, as the learner goes elsewhere."""


def number_in(text: str, last: int) -> int | None:
    """Return the whole number from 1 to `last` that a text is, or None."""
    return (
        int(text)
        if text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= last
        else None
    )
