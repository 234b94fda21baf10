from __future__ import annotations

import numpy as np
import pytest

from engine.network import Network
from engine.symmetry import distinct_units


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
