"""A scenario's run as a stream of moments, for a thread that may be stopped at any time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from engine.network import Network
from engine.predictions import accuracy
from engine.scenario import Scenario, snapshots
from engine.training import weights_moved

CHUNK = 50
CHUNK_WORK = 2e7
"""Examples × weights × steps between two looks at whether to stop: a few hundredths of a second."""


@dataclass(frozen=True, eq=False)
class Moment:
    """What there is to see at one moment of a run.

    Attributes:
        step: How many updates have been made.
        curve: (step, cost) so far.
        network: The network now.
        moved: How many weights differ from where they started.
        accuracy: Share of right predictions on the training set.
        ended: Whether this is the last moment: the run is over, or was stopped.

    """

    step: int
    curve: tuple[tuple[int, float], ...]
    network: Network
    moved: int
    accuracy: float
    ended: bool


def moments(scenario: Scenario, stop: threading.Event, seconds_a_frame: float) -> Iterator[Moment]:
    """Run a scenario and yield a moment as often as a frame is due, and one at the end.

    Args:
        scenario: What to run.
        stop: Ends the run after the present chunk of steps when it is set.
        seconds_a_frame: The shortest time between two moments.

    """
    data = scenario.split()
    start = scenario.network(data)
    curve: list[tuple[int, float]] = []
    due = 0.0
    chunk = max(1, min(CHUNK, int(CHUNK_WORK / (data.train.size * start.weight_count))))
    for snapshot in snapshots(scenario, chunk):
        curve.append((snapshot.step, snapshot.cost))
        ended = snapshot.step == scenario.steps or stop.is_set()
        if ended or time.monotonic() >= due:
            yield Moment(
                snapshot.step,
                tuple(curve),
                snapshot.network,
                weights_moved(start, snapshot.network),
                accuracy(snapshot.network, data.train),
                ended,
            )
            due = time.monotonic() + seconds_a_frame
        if ended:
            return
