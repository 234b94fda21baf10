"""Which weights the cost depends on near a network: each alone, each two, and each path, nudged both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from engine.arrays import Array, real_number
from engine.datasets import Dataset
from engine.errors import EngineError
from engine.losses import CROSS_ENTROPY, Loss, loss_named
from engine.network import Network
from engine.probes import Weight, path, weights
from engine.tables import Column, Table

MAX_TRIES = 50_000
MAX_WORK = 4e8
"""Tries × examples × weights. Both bounds are a few seconds' work, so that no course hangs the app."""


@dataclass(frozen=True)
class Nudging:
    """What came of nudging every set of weights of one kind, in every combination of signs.

    Attributes:
        what: The kind, in words.
        sets: How many sets of weights there are.
        live: How many of them change the cost in at least one combination of signs.
        lowest: The most negative change of the cost, or 0.
        highest: The most positive change of the cost, or 0.

    """

    what: str
    sets: int
    live: int
    lowest: float
    highest: float


def kinds_of_sets(network: Network, examples: int) -> tuple[tuple[str, tuple[tuple[Weight, ...], ...]], ...]:
    """Return, in words and as weights, what is nudged: each weight, each two, each path from input to output.

    Args:
        network: The network.
        examples: How many examples the cost of each try is of.

    Raises:
        EngineError: a network so large, or so many examples, that trying all of them would take too long.

    """
    layers, count = len(network.layers), network.weight_count
    paths = int(np.prod(network.sizes, dtype=float))
    tries = 2 * count + 2 * count * (count - 1) + 2**layers * paths
    if tries > MAX_TRIES:
        raise EngineError(
            "nudges of weights, pairs and paths", f"{tries:,}", f"at most {MAX_TRIES:,}: narrower layers"
        )
    if (work := tries * examples * count) > MAX_WORK:
        raise EngineError(
            "tries × examples × weights",
            f"{work:.1e}",
            f"at most {MAX_WORK:.0e}: fewer points, or narrower layers",
        )
    every = tuple(weights(network))
    way = f"{layers} weights, on a path x to p" if layers > 1 else "1 weight, on a path x to p"
    return (
        ("1 weight alone", tuple((weight,) for weight in every)),
        ("2 weights, any", tuple(combinations(every, 2))),
        (way, tuple(path(network, units) for units in np.ndindex(*network.sizes))),
    )


def nudgings(
    network: Network,
    data: Dataset,
    by: float,
    loss: str | Loss = CROSS_ENTROPY,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Nudging]:
    """Yield what comes of nudging every weight, every two, and every path, one kind after another.

    Each weight of a set is moved by +by or −by, in all combinations of signs, and moved back exactly.

    Args:
        network: The network; it is not changed.
        data: The examples, x (n_0, m) and y (n_L, m).
        by: How far, from 1e-3 to 10.
        loss: The loss, or its name.
        stopped: Asked after every try; once it says yes, nothing more is tried, and nothing more comes.

    Raises:
        EngineError: a size out of range, or as `kinds_of_sets`.

    """
    by = real_number("by", by, 1e-3, 10.0)
    loss = loss_named(loss)
    arrays = [layer.W.copy() for layer in network.layers]
    before = _cost(arrays, network, data, loss)
    for what, sets in kinds_of_sets(network, data.size):
        live, lowest, highest = 0, 0.0, 0.0
        for places in sets:
            changes = []
            for cost in _costs(arrays, network, data, places, by, loss):
                changes.append(cost - before)
                if stopped():
                    return
            live += any(changes)
            lowest, highest = min(lowest, *changes), max(highest, *changes)
        yield Nudging(what, len(sets), live, lowest, highest)


def _costs(
    arrays: list[Array], network: Network, data: Dataset, places: Sequence[Weight], by: float, loss: Loss
) -> Iterator[float]:
    for signs in product((by, -by), repeat=len(places)):
        for place, sign in zip(places, signs, strict=True):
            arrays[place.layer - 1][place.unit, place.input] += sign
        yield _cost(arrays, network, data, loss)
        for place in places:
            here = place.unit, place.input
            arrays[place.layer - 1][here] = network.layers[place.layer - 1].W[here]


def _cost(arrays: list[Array], network: Network, data: Dataset, loss: Loss) -> float:
    """Return the mean loss, with those arrays for the weights; `engine.trace.cost` without its checks."""
    a = z = data.x
    for W, layer in zip(arrays, network.layers, strict=True):
        z = W @ a + layer.b
        a = layer.activation.function(z)
    losses = loss.value(z, a, data.y)
    return float(losses.sum() / losses.size)


def nudge_table(found: Sequence[Nudging]) -> Table:
    """Return a row for each kind: how many sets change the cost, and how far down and up it goes."""
    columns = (
        Column("what", "moved together", ""),
        Column("sets", "choices", ",d"),
        Column("live", "cost changes", ",d"),
        Column("lowest", "most down", ".2g"),
        Column("highest", "most up", ".2g"),
    )
    rows = tuple((each.what, each.sets, each.live, each.lowest, each.highest) for each in found)
    return Table(columns, rows)
