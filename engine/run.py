"""A run's updates: batches, passes and an optimiser's step in turn, and the cost where it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array
from engine.datasets import Dataset
from engine.errors import OverflowedError
from engine.fast import Dropout, Parameters, Pass
from engine.kernels import LOGIT_LOSSES, Operation
from engine.losses import Loss
from engine.network import Network
from engine.optimizers import GradientDescent

Indices: TypeAlias = NDArray[np.intp]

STRETCH = 64
"""At most so many updates between two looks at whether the numbers are still finite."""
MAX_KEPT_LOGITS = 2**13
"""Logits whose losses are found in one go: small enough for the arrays in between to be had cheaply."""


class Run:
    """A run's arrays and the operations on them."""

    def __init__(
        self,
        network: Network,
        data: Dataset,
        optimizer: GradientDescent,
        loss: Loss,
        batch: int,
        dropout: float,
        random: np.random.Generator | None,
        fixed_order: bool,
    ) -> None:
        self.parameters = Parameters(network)
        self._output = network.layers[-1].activation
        self._loss = loss
        self._whole = Pass(network, self.parameters, loss, data.size, fixed_order=fixed_order)
        self._whole.x[:] = data.x
        self._whole.y[:] = data.y
        size = data.y.size
        self.stretch = min(STRETCH, max(1, MAX_KEPT_LOGITS // size))
        self._logits = np.empty((self.stretch, *data.y.shape))
        self._labels = np.tile(data.y, self.stretch)
        theta = self.parameters.theta
        self._state = np.zeros((optimizer.means, theta.size))
        update = optimizer.operations(theta, self.parameters.g, self.parameters.is_weight, self._state)
        if random is None or (batch == data.size and dropout == 0):
            # The pass that the cost was read from is the first half of the next update.
            self._update = [*self._whole.backward, *update, *self._whole.forward]
            self._look: list[Operation] = []
        else:
            drop = Dropout(dropout, random) if dropout > 0 else None
            passes = {
                m: Pass(network, self.parameters, loss, m, dropout=drop, fixed_order=fixed_order)
                for m in {batch, data.size % batch or batch}
            }
            self._update = [Batches(data, batch, random, passes).propagate, *update]
            self._look = self._whole.forward

    def start(self) -> Array:
        """Return the cost before the first update, (1,)."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            _perform(self._whole.forward)
            self._logits[0] = self._whole.z
            costs = self._costs(1)
        self.check(0, costs)
        return costs

    def advance(self, count: int, curve: bool, look: bool) -> Array:
        """Make updates; return the cost after each, (count,), or after the last, (1,), or none, (0,)."""
        update, whole, kept = self._update, self._look, 0
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for done in range(1, count + 1):
                for operation in update:
                    operation()
                if curve or (look and done == count):
                    for operation in whole:
                        operation()
                    self._logits[kept] = self._whole.z
                    kept += 1
            return self._costs(kept)

    def _costs(self, kept: int) -> Array:
        if kept == 0:
            return np.empty(0)
        # Passes over the same examples are one batch of them all, which costs numpy one call and not `kept`.
        outputs, m = self._whole.z.shape
        z = np.moveaxis(self._logits[:kept], 0, 1).reshape(outputs, kept * m)
        a = z if self._loss.name in LOGIT_LOSSES else self._output.function(z)
        losses = self._loss.value(z, a, self._labels[:, : kept * m])
        return np.asarray(losses.reshape(kept, m).sum(axis=1) / m)

    def check(self, step: int, costs: Array) -> None:
        """Raise `OverflowedError` if a parameter, a cost or a running mean is no longer finite.

        An infinite mean of g² makes Adam's steps zero, so that a run would stall with finite parameters.
        """
        if not all(np.isfinite(each).all() for each in (self.parameters.theta, costs, self._state)):
            raise OverflowedError(
                f"the run by step {step}",
                "beyond float64",
                "finite numbers: use a smaller learning rate or smaller weights",
            )


def batch_order(size: int, m: int, random: np.random.Generator) -> Iterator[Indices]:
    """Yield which examples each update takes, for ever: batches without replacement, epoch after epoch.

    Args:
        size: Examples a batch; the last of an epoch may be smaller.
        m: How many examples there are.
        random: Draws a new order at the beginning of each epoch, unless a batch is all there is.

    """
    order = np.arange(m)
    while True:
        if size < m:
            random.shuffle(order)
        for first in range(0, m, size):
            yield order[first : first + size]


class Batches:
    """Mini-batches, in an order that is drawn anew for each epoch."""

    def __init__(
        self, data: Dataset, size: int, random: np.random.Generator, passes: dict[int, Pass]
    ) -> None:
        self._data = data
        self._order = batch_order(size, data.size, random)
        self._passes = passes

    def propagate(self) -> None:
        """Run the next batch forward and backward."""
        columns = next(self._order)
        batch = self._passes[len(columns)]
        np.take(self._data.x, columns, axis=1, out=batch.x, mode="clip")
        np.take(self._data.y, columns, axis=1, out=batch.y, mode="clip")
        _perform(batch.forward)
        _perform(batch.backward)


def _perform(operations: Iterable[Operation]) -> None:
    for operation in operations:
        operation()
