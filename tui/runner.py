"""A scenario's run as a stream of moments, for a thread that may be paused and stopped at any time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from engine.measures import Moment
from engine.scenario import Scenario, snapshots

CHUNK = 50
CHUNK_WORK = 2e7
"""Examples × weights × steps between two looks at whether to stop: a few hundredths of a second."""


class Control:
    """Pauses and stops a run from another thread."""

    def __init__(self) -> None:
        self._going = threading.Event()
        self._going.set()
        self.stopped = False

    @property
    def paused(self) -> bool:
        """Whether the run waits."""
        return not self._going.is_set()

    def pause(self) -> None:
        """Let the run wait after its present chunk of steps."""
        self._going.clear()

    def resume(self) -> None:
        """Let the run go on."""
        self._going.set()

    def stop(self) -> None:
        """End the run after its present chunk of steps, also if it waits."""
        self.stopped = True
        self._going.set()

    def wait(self) -> None:
        """Return at once, or when a pause ends."""
        self._going.wait()


def moments(scenario: Scenario, control: Control, seconds_a_frame: float) -> Iterator[Moment]:
    """Run a scenario and yield a moment as often as a frame is due, when it is paused, and at the end.

    Args:
        scenario: What to run.
        control: Pauses the run and stops it.
        seconds_a_frame: The shortest time between two moments.

    """
    data = scenario.split().train
    start = scenario.network(scenario.split())
    curve: list[tuple[int, float]] = []
    due = 0.0
    chunk = max(1, min(CHUNK, int(CHUNK_WORK / (data.size * start.weight_count))))
    for snapshot in snapshots(scenario, chunk):
        curve.append((snapshot.step, snapshot.cost))
        ended = snapshot.step == scenario.steps or control.stopped
        if ended or control.paused or time.monotonic() >= due:
            yield Moment(data, start, snapshot.network, snapshot.step, tuple(curve), ended)
            due = time.monotonic() + seconds_a_frame
        if ended:
            return
        control.wait()
