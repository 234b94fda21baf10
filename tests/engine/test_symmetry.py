from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.network import Layer, Network
from engine.symmetry import distinct_units, spread, twins


@pytest.mark.parametrize(
    ("W", "b", "count"),
    [
        ([[0.5, 0.5]] * 3, [0.0] * 3, 1),
        ([[0.5, 0.5]] * 3, [0.0, 0.0, 1.0], 2),
        ([[0.5, 0.25], [0.5, 0.25], [0.25, 0.5]], [0.0] * 3, 2),
        ([[0.0, 0.0], [-0.0, 0.0], [0.0, -0.0]], [0.0, -0.0, 0.0], 1),
        ([[0.5, 0.5], [0.5, 0.5], [0.5, np.nextafter(0.5, 1.0)]], [0.0] * 3, 2),
    ],
)
def test_distinct_units_counts_rows_and_biases_to_the_bit(
    W: list[list[float]], b: list[float], count: int
) -> None:
    network = Network.of([(W, b, "relu"), ([[1.0, 2.0, 3.0]], [0.0], "sigmoid")])
    assert distinct_units(network) == (count, 1)


NEAR = Network.of([([[0.5, 1.0], [0.5, 1.0 + 1e-9], [0.5, 0.9]], [0.0, 0.0, 0.0], "relu")])


@pytest.mark.parametrize(
    ("tolerance", "groups"),
    [(0.0, ((0,), (1,), (2,))), (1e-8, ((0, 1), (2,))), (0.2, ((0, 1, 2),))],
)
def test_twins_within_a_tolerance(tolerance: float, groups: tuple[tuple[int, ...], ...]) -> None:
    assert twins(NEAR.layers[0], tolerance) == groups
    assert distinct_units(NEAR, tolerance) == (len(groups),)


def test_a_bias_apart_is_a_unit_apart() -> None:
    layer = Layer(np.ones((2, 2)), np.array([[0.0], [0.5]]), NEAR.layers[0].activation)
    assert twins(layer, 0.4) == ((0,), (1,))
    assert twins(layer, 0.5) == ((0, 1),)


def test_spread_is_the_largest_difference_of_two_units() -> None:
    network = Network.of([([[0.5, 1.0], [0.25, 1.0]], [0.0, 3.0], "relu"), ([[1.0, 2.0]], [0.0], "sigmoid")])
    assert spread(network) == (3.0, 0.0)


@pytest.mark.parametrize("tolerance", [-1e-9, np.nan, np.inf, "0"])
def test_tolerance_out_of_range(tolerance: float) -> None:
    with pytest.raises(EngineError, match=r"tolerance is .*; allowed: a number from 0"):
        distinct_units(NEAR, tolerance)


def test_weights_at_the_edge_of_float64_differ_without_a_warning() -> None:
    network = Network.of([([[1.7e308], [-1.7e308]], [0.0, 0.0], "identity")])
    assert distinct_units(network) == (2,)
    assert spread(network) == (np.inf,)
