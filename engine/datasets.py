"""Data sets: inputs x of shape (n_0, m) and labels y of shape (n_L, m), examples in columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, frozen_array, real_number, whole_number
from engine.errors import EngineError

MAX_POINTS = 30_000


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples to learn from or to be judged by.

    Attributes:
        x: Inputs, (n_0, m), read-only.
        y: Labels, (n_L, m), read-only.

    """

    x: Array
    y: Array

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", frozen_array("x", self.x, (None, None)))
        object.__setattr__(self, "y", frozen_array("y", self.y, (None, None)))
        if self.x.shape[1] != self.y.shape[1]:
            raise EngineError("the number of labels", self.y.shape[1], f"{self.x.shape[1]}, one an example")

    @property
    def size(self) -> int:
        """Return m, the number of examples."""
        return int(self.x.shape[1])


@dataclass(frozen=True, eq=False)
class Split:
    """A training set and a test set."""

    train: Dataset
    test: Dataset


def legacy_circles(size: int, noise: float, seed: int) -> Dataset:
    """Return two noisy circles, bit for bit as scikit-learn's `make_circles` after `numpy.random.seed(seed)`.

    The outer circle (radius 1) is labelled 0, the inner one (radius 0.8) is labelled 1. Uses numpy's legacy
    generator, because the well-known exercise does.

    Args:
        size: The number of points, even, from 2 to 30,000.
        noise: Standard deviation of the Gaussian noise on both coordinates, from 0 to 10.
        seed: Seed of the legacy generator, from 0 to 4294967295.

    Raises:
        EngineError: a setting out of range.

    """
    if whole_number("size", size, 2, MAX_POINTS) % 2:
        raise EngineError("size", size, "an even number: half of the points on either circle")
    real_number("noise", noise, 0.0, 10.0)
    random = np.random.RandomState(whole_number("seed", seed, 0, 2**32 - 1))
    angle = np.linspace(0, 2 * np.pi, size // 2, endpoint=False)
    found = np.vstack(
        [
            np.append(np.cos(angle), np.cos(angle) * 0.8),
            np.append(np.sin(angle), np.sin(angle) * 0.8),
        ]
    ).T
    labels = np.repeat([0.0, 1.0], size // 2)
    order = np.arange(size)
    random.shuffle(order)
    found = found[order] + random.normal(scale=noise, size=(size, 2))
    return Dataset(found.T, labels[order].reshape(1, size))


def course_circles() -> Split:
    """Return the data of the well-known exercise: 300 points to train on, 100 to test, half of each class.

    Source: the initialization exercise of a widely taught deep-learning course (noise 0.05, seeds 1 and 2).
    """
    return Split(legacy_circles(300, 0.05, seed=1), legacy_circles(100, 0.05, seed=2))


def four_points() -> Split:
    """Return four points of which one is of class 1, few enough to follow by hand; the same ones to test."""
    x = [[1.0, 2.0, 0.5, -0.25], [2.0, -1.0, 1.0, -0.5]]
    points = Dataset(np.array(x), np.array([[1.0, 0.0, 0.0, 0.0]]))
    return Split(points, points)


def one_point() -> Split:
    """Return a single example with one input, x = 2 and y = 1: enough to follow one gradient by hand."""
    point = Dataset(np.array([[2.0]]), np.array([[1.0]]))
    return Split(point, point)
