from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets import Dataset, course_circles
from engine.errors import EngineError
from engine.half_plane import best_half_plane


def test_no_half_plane_does_better_on_the_course_circles() -> None:
    assert best_half_plane(course_circles().train) == 181 / 300


@pytest.mark.parametrize(
    ("x", "y", "best"),
    [
        ([[0.0, 1.0], [0.0, 0.0]], [[0.0, 1.0]], 1.0),
        ([[0.0, 1.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0]], [[0.0, 0.0, 1.0, 1.0]], 0.75),
        ([[0.0, 1.0, 2.0], [0.0, 0.0, 0.0]], [[0.0, 1.0, 0.0]], 2 / 3),
        ([[2.0, 2.0, 2.0], [5.0, 5.0, 5.0]], [[0.0, 1.0, 0.0]], 2 / 3),
        ([[1.0], [1.0]], [[1.0]], 1.0),
    ],
)
def test_small_cases(x: list[list[float]], y: list[list[float]], best: float) -> None:
    assert best_half_plane(Dataset(np.array(x), np.array(y))) == best


@given(st.integers(0, 10_000))
def test_no_direction_out_of_many_finds_a_better_one(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, y = random.normal(size=(2, 8)), random.integers(0, 2, size=(1, 8)).astype(float)
    found = 0.0
    for angle in np.linspace(0, 2 * np.pi, 200):
        along = np.cos(angle) * x[0] + np.sin(angle) * x[1]
        cuts = [-np.inf, *np.sort(along)]
        found = max(found, *(float(((along > cut) == (y[0] > 0.5)).mean()) for cut in cuts))
    best = best_half_plane(Dataset(x, y))
    assert best >= found
    assert best in {k / 8 for k in range(9)}


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (np.zeros((3, 2)), [[0.0, 1.0]], "allowed: two inputs and one label of 0 or 1"),
        (np.zeros((2, 2)), [[0.0, 0.5]], "allowed: two inputs and one label of 0 or 1"),
        (np.zeros((2, 1001)), np.zeros((1, 1001)), "the number of points is 1001"),
    ],
)
def test_other_data(x: object, y: object, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        best_half_plane(Dataset(x, y))  # type: ignore[arg-type]


def test_exhaustive_over_labels_of_a_square() -> None:
    # Of the 16 labellings of a square's corners a line realises all but the two of XOR.
    x = np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])
    scores = [best_half_plane(Dataset(x, np.array([labels]))) for labels in product([0.0, 1.0], repeat=4)]
    assert sorted(scores) == [0.75, 0.75, *[1.0] * 14]
