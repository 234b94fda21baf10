from __future__ import annotations

import hashlib

import numpy as np
import pytest

from engine.datasets import DATASETS, Dataset, Split, course_circles, dataset, legacy_circles
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


@pytest.mark.parametrize("name", DATASETS)
def test_every_named_data_set_is_a_split_that_cannot_be_written(name: str) -> None:
    data = dataset(name)
    assert isinstance(data, Split)
    assert data.train.x.shape[0] == data.test.x.shape[0]
    assert not any(array.flags.writeable for array in (data.train.x, data.train.y, data.test.x, data.test.y))


def test_unknown_data_set() -> None:
    with pytest.raises(EngineError, match=r"data is circle; allowed: .*course-circles"):
        dataset("circle")


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
