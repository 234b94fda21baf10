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
        others = away.any(axis=1)
        # An edge that turns from angle 0 to π has a point on its left until it has passed the point's angle;
        # or on its right, if the point lies behind: then it is mirrored, so that both ends of a line agree.
        behind = (away[:, 1] < 0) | ((away[:, 1] == 0) & (away[:, 0] < 0))
        shares = np.where(behind, -signs, signs)[others]
        ahead = np.where(behind[:, np.newaxis], -away, away)[others]
        passed, place = np.unique(np.arctan2(ahead[:, 1], ahead[:, 0]) % np.pi, return_inverse=True)
        turned = np.zeros(len(passed) + 1)
        np.add.at(turned[1:], place, shares)
        margin = shares.sum() - 2 * np.cumsum(turned)
        # Where the edge passes the point itself may be counted to either side.
        here = abs(int(signs[~others].sum()))
        best = max(best, int((data.size + np.abs(margin).max() + here) // 2))
    return best / data.size
