"""Who is stuck: somebody's time on a screen against the room's."""

from __future__ import annotations

from statistics import median

from tui.workshop.room.model import Room
from tui.workshop.room.values import Learner

TIMES = 2
LEAST = 120.0
"""Seconds that anybody may take."""
FEW = 5
"""Fewer learners than these make no median of a screen; then that of all screens counts."""
RULE = f"Stuck: over {LEAST / 60:.0f} minutes on a screen, and over {TIMES} times the room's median there."
EXCEPT = f"With fewer than {FEW} learners' times of a screen, the median of all screens counts."


def stay(learner: Learner, now: float) -> float:
    """Return how many seconds a learner has been on their screen."""
    return max(0.0, now - learner.since)


def medians(room: Room, now: float) -> dict[str, float]:
    """Return the median of every learner's longest stay, in seconds: by screen, and of all of them as "".

    The stay that goes on is one of them. A screen that fewer than `FEW` have been on has no median.
    """
    longest = {screen: dict(stays) for screen, stays in room.stays.items()}
    for learner in room.here:
        stays = longest.setdefault(learner.screen, {})
        stays[learner.key] = max(stays.get(learner.key, 0.0), stay(learner, now))
    found = {screen: median(stays.values()) for screen, stays in longest.items() if len(stays) >= FEW}
    every = [each for stays in longest.values() for each in stays.values()]
    return {**found, "": median(every)} if every else found


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
        if stay(learner, now) > max(LEAST, TIMES * usual.get(learner.screen, usual[""]))
        and learner.screen != room.hold
        and not (learner.screen == end and end in learner.finished)
    ]
    return sorted(found, key=lambda learner: learner.since)
