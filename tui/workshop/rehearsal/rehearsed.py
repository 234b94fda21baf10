"""What a rehearsal has measured, as a table and in plain words."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from statistics import median, quantiles

FIRST, KEY = 2.0, 0.5
"""Seconds to the first screen, and from a key to the screen, that 95 of 100 learners may wait."""
BUSY = 0.8
"""The part of a processor beyond which learners wait for each other."""
OTHERS = 0.3
"""The part of the processors that other programs may take before they are to be ended."""
SPARE = 0.1
"""The part of the memory that is to be left for the rest of the machine."""
NOT_TRIED = """\
Not tried: your network, other people's computers and terminals, the disk or the database where you keep
learners, and hours of work: it was a minute, over this machine's own loopback."""


@dataclass
class Rehearsed:
    """What was measured.

    Attributes:
        learners: How many were to come.
        most: How many the server takes at the same time.
        first: Seconds from the connection to the first screen, of each who came.
        keys: Seconds from a key that turns a page to the screen.
        failed: What went wrong, and how often.
        memory: Megabytes that all sessions take.
        read: Whether these were read of the sessions, and not taken from what is free on the whole machine.
        left: Megabytes that were free when all were there.
        whole: Megabytes of the machine.
        swapped: Megabytes that were swapped out meanwhile.
        seconds: How long it took.
        busy: Seconds that the processors worked, for whatever it was.
        scripts: Of these, for the scripted learners.
        taken: Of these, for the class.
        server: Of these, for the server's own process.
        processors: How many there are.

    """

    learners: int
    most: int
    first: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    memory: float = 0.0
    read: bool = True
    left: float = 0.0
    whole: float = 0.0
    swapped: float = 0.0
    seconds: float = 1.0
    busy: float = 0.0
    scripts: float = 0.0
    taken: float = 0.0
    server: float = 0.0
    processors: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))

    def share(self, seconds: float) -> float:
        """Return what part of all processors some seconds of work are."""
        return max(0.0, seconds) / (self.seconds * self.processors)

    @property
    def session(self) -> float:
        """Megabytes of a session."""
        return max(0.0, self.memory) / max(1, len(self.first))


def p95(values: list[float]) -> float:
    """Return the 95th percentile; of a few values, the largest."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def report(found: Rehearsed) -> tuple[str, bool]:
    """Return a table with a verdict, and whether the machine is up to the class."""
    wrong = _wrong(found)
    lines = ["", f"{'':34}{'median':>12}{'95 in 100':>12}{'at most':>12}"]
    for name, values, most in (
        ("connection to first screen", found.first, FIRST),
        ("key to screen", found.keys, KEY),
    ):
        middle, high = (f"{1000 * each(values):,.0f} ms" if values else "-" for each in (median, p95))
        lines.append(f"{name:34}{middle:>12}{high:>12}{1000 * most:>9,.0f} ms")
    others = found.busy - found.taken - found.scripts
    lines += [
        f"{'memory of a session':34}{found.session:9.1f} MB, and {found.left:,.0f} MB are left"
        + "; about, with the scripts: only root may look into sessions" * (not found.read),
        f"{f'processors ({found.processors})':34}{found.share(found.taken):12.0%} for the class, "
        f"{found.share(found.scripts):.0%} for the scripts, {found.share(others):.0%} for other programs",
        f"{'the process of the server':34}{found.server / found.seconds:12.0%} of one processor",
        f"{'came, refused or failed':34}{len(found.first):>12}{found.failed.total():>12}",
        *(f"  {times} times: {why}" for why, times in found.failed.most_common(5)),
        "",
        f"This machine is {'not ' * bool(wrong)}up to a class of {found.learners}.",
        *(f"  {each}" for each in wrong),
        *["  Other programs keep the processors busy: end them before the class."]
        * (found.share(others) > OTHERS),
        *_limits(found),
        NOT_TRIED,
    ]
    return "\n".join(lines), not wrong


def _wrong(found: Rehearsed) -> list[str]:
    """Return what is not good enough, a sentence each."""
    wrong = []
    if found.failed or len(found.first) < found.learners:
        wrong.append("Not everybody could come and work.")
    if found.first and p95(found.first) > FIRST:
        wrong.append("Those who come wait too long for their first screen.")
    if found.keys and p95(found.keys) > KEY:
        wrong.append("Keys are answered too late.")
    if found.share(found.taken) > BUSY:
        wrong.append("The processors are too busy.")
    if found.left < SPARE * found.whole or found.swapped > 1:
        wrong.append("The memory is nearly used up.")
    return wrong


def _limits(found: Rehearsed) -> list[str]:
    """Return what would be used up first, if everything grows with the number of learners."""
    came = len(found.first)
    if not came:
        return []
    spare = max(0.0, found.left - SPARE * found.whole)
    reach = {
        "memory": came + spare / max(found.session, 0.1),
        "the processors": BUSY * came / max(found.share(found.taken), 1e-6),
        "the process of the server, which has one processor": BUSY
        * came
        * found.seconds
        / max(found.server, 1e-6),
        "--sessions": float(found.most),
    }
    first = min(reach, key=lambda name: reach[name])
    return [f"What limits it first: {first}, at about {reach[first]:,.0f} learners as busy as these."]
