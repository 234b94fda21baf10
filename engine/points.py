"""Where the points of a data set lie: (2, m) from the class of each point, without noise.

Each class is spread evenly over its shape, in the order in which its points come.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array

Labels: TypeAlias = NDArray[np.intp]


def position(labels: Labels) -> Array:
    """Return how far along its class each point is, from 0 to below 1, (m,)."""
    along = np.empty(labels.size)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        along[members] = np.arange(members.size) / members.size
    return along


def circles(labels: Labels) -> Array:
    """Return points on a circle of radius 1 (class 0) and one of radius 0.8 within it (class 1)."""
    angle, radius = 2 * np.pi * position(labels), np.where(labels == 0, 1.0, 0.8)
    return np.asarray(radius * np.stack([np.cos(angle), np.sin(angle)]))


def blobs(labels: Labels) -> Array:
    """Return the centre of each point's class; the centres are spread evenly on a circle of radius 1.5."""
    angle = np.pi / 4 + 2 * np.pi * labels / (labels.max() + 1)
    return 1.5 * np.stack([np.cos(angle), np.sin(angle)])


def xor(labels: Labels) -> Array:
    """Return corners of the square (±1, ±1): those whose signs differ are class 1."""
    first = np.where(position(labels) < 0.5, -1.0, 1.0)
    return np.stack([first, np.where(labels == 1, -first, first)])


def spiral(labels: Labels) -> Array:
    """Return points on two arms of a spiral, a turn and a quarter each, the second arm opposite the first."""
    along = position(labels)
    angle = 2.5 * np.pi * along + np.pi * labels
    return np.asarray((0.1 + 1.4 * along) * np.stack([np.cos(angle), np.sin(angle)]))
