"""What the pictures of a run show, in sentences and short tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array
from engine.datasets import Dataset
from engine.decision import decision_map, grid
from engine.errors import EngineError
from engine.half_plane import best_half_plane
from engine.measures import TWIN_TOLERANCE
from engine.network import Layer, Network
from engine.predictions import predictions
from engine.symmetry import twins
from engine.tables import Column, Table, power
from lessons.model import Bullets, Span
from tui.telling.lines import lines
from tui.telling.told import Figures, Told, said

COLUMNS, ROWS = 60, 7
SIDE = 12
"""Places a side of the grid on which the border is tried to be a straight line."""
MOST_NUMBERS = 10
Mask: TypeAlias = NDArray[np.bool_]
MARGIN = 1.05
"""How far beyond the outermost point the map reaches, as a share."""


def decision_map_told(data: Dataset, network: Network) -> list[Told]:
    """Return a decision map in words: how the points are called, and where the network says 1."""
    reach = float(abs(data.x).max()) * MARGIN
    try:
        called = predictions(network, data.x)[0] == 1
        shaded = decision_map(network, -reach, reach, COLUMNS, ROWS)
    except EngineError as error:
        return [said(f"The map: {error}")]
    points = [said(_points(data.y[0] == label, called, label)) for label in (0, 1)]
    if not shaded.any():
        return [*points, said("On the map, no place is called 1: nothing is shaded.")]
    if shaded.all():
        return [*points, said("On the map, every place is called 1: all of it is shaded.")]
    share = f"On the map, {shaded.mean():.0%} of the places are called 1, and shaded."
    return [*points, said(f"{share} {_border(network, reach)}"), Figures(_slices(shaded, reach))]


def decision_map_lines(data: Dataset, network: Network) -> list[str]:
    """Return a decision map in words, as lines that stand together."""
    return _together(decision_map_told(data, network))


def _together(told: Iterable[Told]) -> list[str]:
    return [line for each in told for line in lines([each])]


def _points(of: Mask, called: Mask, label: int) -> str:
    count, ones = int(of.sum()), int((of & called).sum())
    if not count:
        return f"There are no points with the label {label}."
    how = "all are called 0" if not ones else "all are called 1" if ones == count else ""
    how = how or f"{_are(ones)} called 1 and {_are(count - ones)} called 0"
    right = ones if label else count - ones
    return f"Of the {count} points with the label {label}, {how}: {right} right, {count - right} wrong."


def _are(count: int) -> str:
    return "1 is" if count == 1 else f"{count} are"


def _border(network: Network, reach: float) -> str:
    places = grid(-reach, reach, SIDE, SIDE)
    called = predictions(network, places)
    if not called.any() or called.all():
        return "The border encloses a small spot."
    if best_half_plane(Dataset(places, called)) == 1:
        return "The border is one straight line."
    square = called[0].reshape(SIDE, SIDE)
    edge = np.concatenate([square[0], square[-1], square[:, 0], square[:, -1]])
    if not edge.any():
        return "They form a closed shape, which does not reach the edge of the map."
    if edge.all():
        return "They lie around a closed shape of places that are called 0."
    return "The border is no straight line, and reaches the edge of the map."


def _slices(shaded: Mask, reach: float) -> Table:
    """Return, for a few heights, where along the map the network says 1."""
    heights = grid(-reach, reach, 1, ROWS)[1]
    columns = Column("height", "height x₂", "+.2f"), Column("where", "called 1 where x₁ is", "")
    rows = tuple((_tidy(height), _where(row, reach)) for height, row in zip(heights, shaded, strict=True))
    return Table(columns, rows)


def _tidy(height: float) -> float:
    """Return a height as far as it is shown, without the sign of a zero."""
    return round(float(height), 2) or 0.0


def _where(row: Mask, reach: float) -> str:
    if not row.any():
        return "nowhere"
    if row.all():
        return "everywhere"
    changes = [0, *(np.flatnonzero(row[1:] != row[:-1]) + 1), len(row)]
    pieces = []
    for start, end in pairwise(changes):
        if row[start]:
            low, high = (f"{-reach + 2 * reach * at / len(row):.1f}".replace("-", "−") for at in (start, end))
            pieces.append(
                f"below {high}" if start == 0 else f"above {low}" if end == len(row) else f"{low} to {high}"
            )
    return ", ".join(pieces)


def weights_told(network: Network) -> list[Told]:
    """Return the weights as heat maps in words: which units of each W are twins, and their numbers."""
    return [each for number, layer in enumerate(network.layers, start=1) for each in _layer(number, layer)]


def weight_lines(network: Network) -> list[str]:
    """Return the weights as heat maps in words, as lines that stand together."""
    return _together(weights_told(network))


def _layer(number: int, layer: Layer) -> Iterator[Told]:
    units = len(layer.W)
    groups = twins(layer, TWIN_TOLERANCE)
    name = power("W", number)
    if units == 1:
        what = f"{name}, a row for its one unit"
    elif len(groups) == 1:
        what = f"{name}, a row a unit: all {units} units are equal, they are twins"
    elif len(groups) == units:
        what = f"{name}, a row a unit: no two of its {units} units are equal"
    else:
        what = f"{name}, a row a unit: {len(groups)} different kinds among {units} units"
    yield said(f"{what}.")
    rows = []
    for group in groups:
        who = "every unit" if len(group) == units > 1 else _units(group)
        rows.append((Span(f"{who}: {_numbers(layer.W[group[0]])}"),))
    yield Bullets(tuple(rows))


def _units(group: Sequence[int]) -> str:
    names = ", ".join(str(unit + 1) for unit in group)
    return f"unit{'s' if len(group) > 1 else ''} {names}"


def _numbers(row: Array) -> str:
    if len(row) > 1 and np.ptp(row) <= TWIN_TOLERANCE:
        return f"{_number(row[0])} in all {len(row)} columns"
    texts = [_number(each) for each in row[:MOST_NUMBERS]]
    left = len(row) - len(texts)
    return "  ".join(texts) + (f"  and {left} more" if left else "")


def _number(weight: float) -> str:
    return "0" if weight == 0 else f"{weight:+.3g}".replace("-", "−")
