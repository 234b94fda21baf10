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


def isotonic_cost(labels: list[float]) -> float:
    """Return the least cross-entropy of probabilities that only rise along a row of labels.

    Pools adjacent violators (Ayer et al. 1955): each block's probability is the mean of its labels.
    """
    blocks: list[tuple[float, int]] = []
    for label in labels:
        blocks.append((label, 1))
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            ones, size = blocks.pop()
            blocks[-1] = (blocks[-1][0] + ones, blocks[-1][1] + size)
    cost = 0.0
    for ones, size in blocks:
        for count in (ones, size - ones):
            cost -= count * np.log(count / size) if count else 0.0
    return cost / len(labels)


def test_no_network_that_is_monotone_along_a_direction_costs_less_than_a_bound() -> None:
    # So does every network of twins with monotone activations: its p is monotone in one projection.
    data = course_circles().train
    angles = np.linspace(0.0, 2.0 * np.pi, 2_000, endpoint=False)
    orders = (np.argsort(data.x[0] * np.cos(angle) + data.x[1] * np.sin(angle)) for angle in angles)
    bound = min(isotonic_cost(data.y[0][order].tolist()) for order in orders)
    assert bound == pytest.approx(0.615510, abs=5e-7)
