"""Who is stuck: somebody's time on a screen against the room's."""

from __future__ import annotations

from statistics import median

from tui.workshop.room import Room
from tui.workshop.room_values import Learner

TIMES = 2
LEAST = 120.0
"""Seconds that anybody may take."""
RULE = (
    f"Stuck: longer on the screen than {LEAST / 60:.0f} minutes, and than {('', 'once', 'twice')[TIMES]} "
    "the room's median there."
)


def stay(learner: Learner, now: float) -> float:
    """Return how many seconds a learner has been on their screen."""
    return max(0.0, now - learner.since)


def medians(room: Room, now: float) -> dict[str, float]:
    """Return, by screen, the median of every learner's longest stay on it, in seconds, this one included."""
    longest = {screen: dict(stays) for screen, stays in room.stays.items()}
    for learner in room.here:
        stays = longest.setdefault(learner.screen, {})
        stays[learner.key] = max(stays.get(learner.key, 0.0), stay(learner, now))
    return {screen: median(stays.values()) for screen, stays in longest.items() if stays}


def stuck(room: Room, now: float, end: str = "") -> list[Learner]:
    """Return those who are stuck, the longest first.

    Nobody is where the room is held, nor at the end of the course, once they have seen its last page.

    Args:
        room: The room.
        now: Seconds since 1970.
        end: Slug of the course's last screen.

    """
    usual = medians(room, now)
    found = [
        learner
        for learner in room.here
        if stay(learner, now) > max(LEAST, TIMES * usual[learner.screen])
        and learner.screen != room.hold
        and not (learner.screen == end and end in learner.finished)
    ]
    return sorted(found, key=lambda learner: learner.since)
