"""Data sets: inputs x of shape (n_0, m) and labels y of shape (n_L, m), examples in columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, frozen_array
from engine.errors import EngineError, lookup


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
        size: The number of points, even.
        noise: Standard deviation of the Gaussian noise on both coordinates.
        seed: Seed of the legacy generator.

    """
    random = np.random.RandomState(seed)
    angle = np.linspace(0, 2 * np.pi, size // 2, endpoint=False)
    points = np.vstack(
        [
            np.append(np.cos(angle), np.cos(angle) * 0.8),
            np.append(np.sin(angle), np.sin(angle) * 0.8),
        ]
    ).T
    labels = np.repeat([0.0, 1.0], size // 2)
    order = np.arange(size)
    random.shuffle(order)
    points = points[order] + random.normal(scale=noise, size=(size, 2))
    return Dataset(points.T, labels[order].reshape(1, size))


def course_circles() -> Split:
    """Return the data of the well-known exercise: 300 points to train on, 100 to test, half of each class.

    Source: the initialization exercise of a widely taught deep-learning course (noise 0.05, seeds 1 and 2).
    """
    return Split(legacy_circles(300, 0.05, seed=1), legacy_circles(100, 0.05, seed=2))


DATASETS: dict[str, Callable[[], Split]] = {"course-circles": course_circles}


def dataset(name: str) -> Split:
    """Return the data set of that name, made anew, or raise `EngineError`."""
    return lookup("data", name, DATASETS)()
