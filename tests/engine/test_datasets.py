from __future__ import annotations

import hashlib

import numpy as np
import pytest

from engine.datasets import Dataset, course_circles, four_points, legacy_circles
from engine.errors import EngineError


def digest(data: Dataset) -> str:
    return hashlib.sha256(data.x.tobytes() + data.y.tobytes()).hexdigest()


def test_course_circles_keep_their_bytes() -> None:
    data = course_circles()
    assert digest(data.train) == "041c22d4dc84113a082402405386386ff8fbadf8962d028e911433c4ed888c1d"
    assert digest(data.test) == "0e5a3a5346aee007a158425a7a2b8954c2f0d3cf2a5c0a347bff2d5183d86d41"


@pytest.mark.parametrize(("size", "seed"), [(300, 1), (100, 2)])
def test_course_circles_are_scikit_learns_to_the_bit(size: int, seed: int) -> None:
    sklearn_datasets = pytest.importorskip("sklearn.datasets")
    x, y = sklearn_datasets.make_circles(n_samples=size, noise=0.05, random_state=np.random.RandomState(seed))
    ours = legacy_circles(size, 0.05, seed)
    np.testing.assert_array_equal(ours.x, x.T)
    np.testing.assert_array_equal(ours.y, y.reshape(1, size))


def test_course_circles_are_balanced() -> None:
    data = course_circles()
    assert (data.train.size, data.train.y.sum()) == (300, 150)
    assert (data.test.size, data.test.y.sum()) == (100, 50)


def test_the_global_random_state_is_left_alone() -> None:
    np.random.seed(7)
    expected = np.random.random_sample()
    np.random.seed(7)
    course_circles()
    assert np.random.random_sample() == expected


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([[1.0, 2.0]], [[1.0]], "the number of labels is 1; allowed: 2, one an example"),
        ([1.0], [[1.0]], "the shape of x"),
        ([[1.0]], [[np.nan]], "y is an array with NaN"),
    ],
)
def test_what_is_no_data_set(x: object, y: object, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        Dataset(x, y)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ((301, 0.05, 1), "size is 301; allowed: an even number"),
        ((0, 0.05, 1), "size is 0; allowed: a whole number from 2"),
        ((-4, 0.05, 1), "size is -4"),
        ((300, -0.1, 1), "noise is -0.1; allowed: a number from 0 to 10"),
        ((300, float("nan"), 1), "noise is nan"),
        ((300, 0.05, -1), "seed is -1"),
    ],
)
def test_circles_that_cannot_be(settings: tuple[int, float, int], message: str) -> None:
    with pytest.raises(EngineError, match=message):
        legacy_circles(*settings)


def test_four_points_are_one_of_class_one_and_three_of_class_zero() -> None:
    data = four_points().train
    assert data.x.shape == (2, 4)
    assert data.y.tolist() == [[1.0, 0.0, 0.0, 0.0]]
