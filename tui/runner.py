"""A scenario's run as a stream of moments, for a thread that may be paused and stopped at any time."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Collection, Iterator

from engine.measures import Moment
from engine.scenario import Scenario, snapshots
from engine.side_by_side import PairMoment, side_by_side
from engine.training import Snapshot

CHUNK = 50
PAIR_CHUNK = 10
CHUNK_WORK = 2e7
"""Examples × weights × steps between two looks at whether to stop: a few hundredths of a second."""
MOST_POINTS = 2_000
"""Points of a curve that are kept: more than any terminal can draw."""


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


class Ongoing:
    """A scenario's run that can be left at any step and taken up again.

    Args:
        scenario: What to run.
        every: Updates between two points of the curve; as many as take a few hundredths of a second if None.
        kept: Steps whose costs the curve has, however long it grows; with `every`, some of its multiples.

    """

    def __init__(self, scenario: Scenario, every: int | None = None, *, kept: Collection[int] = ()) -> None:
        split = scenario.split()
        start = scenario.network(split)
        chunk = max(1, min(CHUNK, int(CHUNK_WORK / (split.train.size * start.weight_count))))
        self.scenario = scenario
        self._kept = frozenset(kept)
        self._curve: list[tuple[int, float]] = []
        between = math.gcd(*kept)
        divisor = max(count for count in range(1, chunk + 1) if between % count == 0)
        self._stream = self._snapshots(every or divisor)
        self._data, self._start = split.train, start
        self._last = next(self._stream)
        self._keep()

    def _snapshots(self, every: int) -> Iterator[Snapshot]:
        return snapshots(self.scenario, every)

    @property
    def over(self) -> bool:
        """Whether the last step has been made."""
        return self._last.step == self.scenario.steps

    def go_on(self) -> None:
        """Make the next updates, if there are any."""
        snapshot = next(self._stream, None)
        if snapshot is not None:
            self._last = snapshot
            self._keep()

    def _keep(self) -> None:
        if len(self._curve) > MOST_POINTS:
            self._curve = [
                point for number, point in enumerate(self._curve) if number % 2 == 0 or point[0] in self._kept
            ]
        self._curve.append((self._last.step, self._last.cost))

    def moment(self, ended: bool = False) -> Moment:
        """Return what there is to see now."""
        return Moment(
            self._data,
            self._start,
            self._last.network,
            self._last.step,
            tuple(self._curve),
            ended or self.over,
        )


class OngoingPair(Ongoing):
    """The same for a network of twins, with its equivalent one unit wide trained beside it.

    Args:
        scenario: The network of twins.

    """

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(scenario, PAIR_CHUNK)

    def _snapshots(self, every: int) -> Iterator[Snapshot]:
        for pair in side_by_side(self.scenario, every):
            self._pair = pair
            yield pair.wide

    def moment(self, ended: bool = False) -> PairMoment:
        """Return what there is to see of both now."""
        wide, pair = super().moment(ended), self._pair
        return PairMoment(**vars(wide), single=pair.single, single_cost=pair.single_cost, gap=pair.gap)


def moments(run: Ongoing, control: Control, seconds_a_frame: float) -> Iterator[Moment]:
    """Go on with a run and yield a moment as often as a frame is due, when it is paused, and at the end.

    Args:
        run: What to go on with.
        control: Pauses the run and stops it.
        seconds_a_frame: The shortest time between two moments.

    """
    due = 0.0
    while not (run.over or control.stopped):
        if control.paused or time.monotonic() >= due:
            yield run.moment()
            due = time.monotonic() + seconds_a_frame
        control.wait()
        run.go_on()
    yield run.moment(ended=True)
