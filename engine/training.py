"""Training as a stream of snapshots that its consumer can stop, slow down or resume."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.arrays import Array, frozen_array, read_only, real_number, whole_number
from engine.datasets import Dataset
from engine.errors import EngineError
from engine.losses import CROSS_ENTROPY, Loss, loss_named
from engine.network import Network
from engine.optimizers import GradientDescent
from engine.run import Run

MAX_STEPS = 1_000_000


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A moment of a run.

    Attributes:
        step: How many updates have been made.
        cost: The cost at that step on the whole training set, in nats for cross-entropy.
        costs: (k,), read-only: with a curve, the costs after each update since the last snapshot, of which
            the last is `cost`; else `cost` alone.
        build: Makes the network at that step.

    """

    step: int
    cost: float
    costs: Array
    build: Callable[[], Network]

    @cached_property
    def network(self) -> Network:
        """The network after these updates, made when it is first asked for: most are only counted."""
        return self.build()


def train(
    network: Network,
    data: Dataset,
    *,
    steps: int,
    every: int,
    optimizer: GradientDescent,
    loss: str | Loss = CROSS_ENTROPY,
    batch: int | None = None,
    dropout: float = 0.0,
    random: np.random.Generator | None = None,
    curve: bool = False,
    fixed_order: bool = False,
) -> Generator[Snapshot, None, None]:
    """Train a network and yield a snapshot at step 0, at every `every` steps, and after the last.

    Nothing is computed ahead of the consumer, so a run is stopped by asking for no more (`close`). Memory
    does not grow with the number of steps.

    Args:
        network: Where to start.
        data: The training set, of m examples.
        steps: How many updates.
        every: Updates from one snapshot to the next.
        optimizer: What makes a step of a gradient.
        loss: The loss, or its name.
        batch: Examples an update: None or at least m for all, 1 for one at a time. Each epoch takes the
            examples in a new random order; its last batch may be smaller.
        dropout: The probability with which a hidden unit is dropped, inverted dropout; 0 for none.
        random: Where the order and the masks come from; needed for mini-batches and for dropout.
        curve: Whether to record the cost after every update, not at snapshots alone.
        fixed_order: Whether to sum in a fixed order, slower, so that units that are equal to the bit stay so.

    Raises:
        EngineError: a setting out of range, or data that do not fit the network.
        OverflowedError: the numbers left the range of float64 (raised while running).

    """
    steps = whole_number("steps", steps, 0, MAX_STEPS)
    every = whole_number("every", every, 1, MAX_STEPS)
    loss = loss_named(loss)
    frozen_array("x", data.x, (network.sizes[0], None))
    loss.check(network.layers[-1].activation.name, frozen_array("y", data.y, (network.sizes[-1], None)))
    batch = data.size if batch is None else min(whole_number("batch", batch, 1, MAX_STEPS), data.size)
    rate = real_number("dropout", dropout, 0.0, 0.99)
    if (batch < data.size or rate > 0) and not isinstance(random, np.random.Generator):
        raise EngineError("random", random, "a numpy.random.Generator, for mini-batches and for dropout")
    run = Run(network, data, optimizer, loss, batch, rate, random, fixed_order)
    return _snapshots(run, steps, every, curve)


def _snapshots(run: Run, steps: int, every: int, curve: bool) -> Generator[Snapshot, None, None]:
    step = 0
    costs = run.start()
    while True:
        yield Snapshot(step, float(costs[-1]), read_only(costs), run.parameters.snapshot())
        if step == steps:
            return
        stretches = []
        stop = min(step + every, steps)
        while step < stop:
            count = min(run.stretch, stop - step)
            stretches.append(run.advance(count, curve, step + count == stop))
            step += count
            run.check(step, stretches[-1])
        costs = np.concatenate(stretches)


def weights_moved(before: Network, after: Network, tolerance: float = 0.0) -> int:
    """Return how many weights, biases not counted, differ by more than a tolerance between two networks."""
    with np.errstate(over="ignore"):
        return sum(
            int(np.count_nonzero(np.abs(old.W - new.W) > tolerance))
            for old, new in zip(before.layers, after.layers, strict=True)
        )
