from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data_settings import NAMES, DataSettings, data_settings, dataset
from engine.errors import EngineError
from engine.half_plane import best_half_plane

DRAWN = ["circles", "blobs", "xor", "spiral"]


@pytest.mark.parametrize("name", NAMES)
def test_every_data_set_is_a_split_that_cannot_be_written(name: str) -> None:
    data = dataset(name)
    single = name == "one-point"
    for part in (data.train, data.test):
        assert part.x.shape == (1 if single else 2, part.size)
        assert part.y.shape == (1, part.size)
        assert set(part.y.flat) == ({1.0} if single else {0.0, 1.0})
        assert not part.x.flags.writeable
        assert not part.y.flags.writeable


@given(st.sampled_from(DRAWN), st.integers(2, 60), st.floats(0, 2), st.integers(0, 2**32 - 1))
def test_size_noise_and_seed_are_kept(name: str, size: int, noise: float, seed: int) -> None:
    settings: dict[str, object] = {"name": name, "size": size, "noise": noise, "seed": seed}
    first, again = dataset(settings), dataset(settings)
    assert first.train.size == size
    np.testing.assert_array_equal(first.train.x, again.train.x)
    np.testing.assert_array_equal(first.train.y, again.train.y)
    assert first.train.y.sum() == size // 2


@pytest.mark.parametrize("name", DRAWN)
def test_another_seed_is_other_data_and_the_test_set_is_not_the_training_set(name: str) -> None:
    zero, one = dataset({"name": name, "size": 100}), dataset({"name": name, "size": 100, "seed": 1})
    assert (zero.train.x != one.train.x).any()
    assert (zero.train.x != zero.test.x).any()


@pytest.mark.parametrize("name", DRAWN)
def test_noise_is_the_spread_about_the_shape(name: str) -> None:
    settings: dict[str, object] = {"name": name, "size": 20_000, "seed": 3}
    noise = dataset({**settings, "noise": 0.5}).train.x - dataset({**settings, "noise": 0.0}).train.x
    # 40,000 draws: the standard deviation is known to 0.4 %.
    assert noise.std() == pytest.approx(0.5, rel=0.02)


def test_shapes_without_noise() -> None:
    def points(name: str, label: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        data = dataset({"name": name, "noise": 0.0, "size": 40}).train
        return data.x[:, data.y[0] == label]

    np.testing.assert_allclose(np.hypot(*points("circles", 0)), 1.0)
    np.testing.assert_allclose(np.hypot(*points("circles", 1)), 0.8)
    np.testing.assert_allclose(points("blobs", 0), 1.5 * np.sqrt(0.5))
    np.testing.assert_allclose(points("blobs", 1), -1.5 * np.sqrt(0.5))
    assert set(map(tuple, points("xor", 1).T)) == {(-1.0, 1.0), (1.0, -1.0)}
    assert set(map(tuple, points("xor", 0).T)) == {(-1.0, -1.0), (1.0, 1.0)}
    np.testing.assert_allclose(points("spiral", 0), -points("spiral", 1), atol=1e-12)


@pytest.mark.parametrize(
    ("name", "least", "most"), [("xor", 0.5, 0.8), ("spiral", 0.5, 0.8), ("blobs", 0.9, 1.0)]
)
def test_only_the_blobs_can_be_parted_by_a_line(name: str, least: float, most: float) -> None:
    assert least <= best_half_plane(dataset(name).train) <= most


def test_flipping_moves_labels_of_class_one_in_training_alone() -> None:
    plain, flipped = dataset("course-circles"), dataset({"name": "course-circles", "flip": 30})
    assert (flipped.train.y == 0).sum() == 180
    assert (flipped.train.y == 1).sum() == 120
    assert (plain.train.y >= flipped.train.y).all()
    np.testing.assert_array_equal(flipped.train.x, plain.train.x)
    np.testing.assert_array_equal(flipped.test.y, plain.test.y)


def test_dropping_leaves_out_examples_of_class_one_in_training_alone() -> None:
    dropped = dataset({"name": "course-circles", "drop": 100})
    assert dropped.train.size == 200
    assert dropped.train.y.sum() == 50
    assert dropped.test.size == 100


def test_flip_and_drop_together() -> None:
    both = dataset({"name": "blobs", "size": 20, "flip": 2, "drop": 3}).train
    assert (both.size, both.y.sum()) == (17, 5)


def test_more_than_two_classes_are_one_hot() -> None:
    data = dataset({"name": "blobs", "classes": 3, "size": 10, "flip": 1}).train
    assert data.y.shape == (3, 10)
    assert data.y.sum(axis=0).tolist() == [1.0] * 10
    assert data.y.sum(axis=1).tolist() == [5.0, 2.0, 3.0]


def test_two_classes_are_one_hot_on_request() -> None:
    plain, one_hot = dataset("four-points"), dataset("four-points", one_hot=True)
    np.testing.assert_array_equal(one_hot.train.y, [1 - plain.train.y[0], plain.train.y[0]])


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("moon", r"data is moon; allowed: .*course-circles"),
        ({"name": "blob"}, r"data is blob; allowed: .*did you mean blobs\?"),
        ({"name": 3}, "data is 3"),
        ({"name": ["blobs"]}, "data is"),
        ({"size": 3}, "name of data is missing; allowed: course-circles, four-points"),
        ({"name": "blobs", "sise": 3}, r"a setting of data is sise; allowed: .*did you mean size\?"),
        ({"name": "course-circles", "size": 3}, "size of data is 3; allowed: unset: course-circles is fixed"),
        ({"name": "four-points", "noise": 0.1}, "noise of data is 0.1; allowed: unset"),
        ({"name": "blobs", "size": -3}, "size of data is -3; allowed: a whole number from 2 to 30000"),
        ({"name": "blobs", "size": 3, "classes": 4}, "size of data is 3; allowed: a whole number from 4"),
        ({"name": "blobs", "classes": 11}, "classes of data is 11; allowed: a whole number from 2 to 10"),
        ({"name": "xor", "classes": 3}, "classes of data is 3; allowed: a whole number from 2 to 2"),
        ({"name": "blobs", "size": 10.0}, "size of data is 10.0"),
        ({"name": "blobs", "noise": -1}, "noise of data is -1"),
        ({"name": "blobs", "noise": float("inf")}, "noise of data is inf"),
        ({"name": "blobs", "noise": float("nan")}, "noise of data is nan"),
        ({"name": "blobs", "seed": -1}, "seed of data is -1"),
        ({"name": "blobs", "seed": "1"}, "seed of data is 1"),
        ({"name": "blobs", "flip": -1}, "flip of data is -1"),
        ({"name": "blobs", "drop": 0.5}, "drop of data is 0.5"),
        (7, "data is 7; allowed: a name or a table with a name"),
    ],
)
def test_what_is_no_data(setting: object, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        data_settings(setting)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["flip", "drop"])
def test_there_must_be_as_many_labels_to_change(key: str) -> None:
    with pytest.raises(EngineError, match="flip and drop of data together is 151; allowed: at most 150"):
        dataset({"name": "course-circles", key: 151})


def test_settings_are_values() -> None:
    same = data_settings({"name": "blobs", "flip": 3})
    assert same == DataSettings("blobs", flip=3)
    assert hash(same) == hash(DataSettings("blobs", flip=3))
    assert data_settings(same) is same
