"""The best that a straight line can do: an exact bound for every classifier one unit wide."""

from __future__ import annotations

import numpy as np

from engine.arrays import whole_number
from engine.datasets import Dataset
from engine.errors import EngineError

MAX_POINTS = 1_000


def best_half_plane(data: Dataset) -> float:
    """Return the largest share of points in the plane that any half-plane classifies right, from 0 to 1.

    A monotone network one unit wide sees one projection of its inputs, so it decides by a half-plane and can
    do no better. Any half-plane can be moved, without a point changing sides, until its edge meets a point,
    and then turned about it until just before it meets a second: so all edges through each point, between any
    two neighbouring directions to the others, are all there is to try.

    Args:
        data: Two inputs, one label of 0 or 1, at most 1,000 points.

    Raises:
        EngineError: other data.

    """
    if data.x.shape[0] != 2 or data.y.shape[0] != 1 or not np.isin(data.y, (0.0, 1.0)).all():
        raise EngineError("data", f"{data.x.shape[0]} inputs", "two inputs and one label of 0 or 1")
    whole_number("the number of points", data.size, 1, MAX_POINTS)
    points, signs = data.x.T, np.where(data.y[0] > 0.5, 1, -1)
    ones = int(np.count_nonzero(signs > 0))
    best = max(ones, data.size - ones)
    for point in points:
        away = points - point
        angles = np.unique(np.arctan2(away[:, 1], away[:, 0]) % np.pi)
        between = (angles + np.roll(angles, -1) + np.pi * (np.arange(len(angles)) == len(angles) - 1)) / 2
        side = np.sign(np.outer(np.cos(between), away[:, 1]) - np.outer(np.sin(between), away[:, 0]))
        same = (~away.any(axis=1)).astype(int)
        # Where the edge passes the point itself may be counted to either side.
        margin = side @ signs
        here = abs(int(same @ signs))
        best = max(best, int((data.size + np.abs(margin).max() + here) // 2))
    return best / data.size
