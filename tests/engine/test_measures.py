from __future__ import annotations

import numpy as np
import pytest

from engine.datasets import Dataset
from engine.measures import MEASURES, Moment
from engine.network import Network

DATA = Dataset(np.array([[1.0, -1.0, 2.0]]), np.array([[1.0, 0.0, 0.0]]))


def network(W1: list[list[float]], b1: list[float], W2: list[list[float]], b2: float) -> Network:
    return Network.of([(W1, b1, "relu"), (W2, [b2], "sigmoid")])


START = network([[0.0], [0.0]], [0.0, 0.0], [[0.0, 0.0]], 0.0)


def moment(now: Network, curve: tuple[tuple[int, float], ...] = ((0, 1.0), (10, 0.5))) -> Moment:
    return Moment(DATA, START, now, curve[-1][0], curve, True)


def test_what_is_said_of_a_run() -> None:
    now = moment(network([[1.0], [1.0]], [0.0, 0.0], [[1.0, 0.0]], -0.25))
    said = {name: measure.text(now) for name, measure in MEASURES.items()}
    assert said == {
        "cost": "0.500000",
        # z of the output is max(x, 0) − ¼: two of the three points are called 1.
        "accuracy": "0.67",
        "moved": "3 of 4",
        "units": "1 of 2",
        "bias": "−0.250000",
        "spread": "0",
        "growth": "none at the start",
        "plateau": "10",
    }


@pytest.mark.parametrize(("apart", "units"), [(1e-12, 1), (1e-6, 2)])
def test_rounding_does_not_make_twins_distinct(apart: float, units: int) -> None:
    assert moment(network([[1.0], [1.0 + apart]], [0.0, 0.0], [[1.0, 1.0]], 0.0)).units == (units,)


def test_a_plateau_is_left_when_the_cost_is_clearly_lower() -> None:
    assert moment(START, ((0, 1.0), (5, 0.995), (10, 0.98), (15, 0.5))).left_plateau == 10
    still = moment(START, ((0, 1.0), (5, 0.995)))
    assert still.left_plateau is None
    assert MEASURES["plateau"].text(still) == "not left"
