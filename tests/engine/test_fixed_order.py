from __future__ import annotations

import numpy as np
import pytest

from engine.datasets import course_circles
from engine.errors import EngineError
from engine.initializers import course_source, initialize
from engine.network import Network
from engine.optimizers import GradientDescent
from engine.symmetry import distinct_units, spread
from engine.trace import backward, forward
from engine.training import train
from tests.engine.descent import descended, train_in_order

DATA = course_circles().train


def course(hidden: str, weights: str) -> Network:
    return initialize([2, 10, 5, 1], [hidden, hidden, "sigmoid"], weights, course_source())


def test_a_step_is_minus_the_rate_times_the_gradient() -> None:
    network = Network.of([([[0.0, 0.0]], [0.0], "sigmoid")])
    after = descended(backward(forward(network, [[1.0], [2.0]]), [[1.0]]), 0.5)
    assert after.layers[0].W.tolist() == [[0.25, 0.5]]
    assert after.layers[0].b.tolist() == [[0.25]]


def test_it_is_the_same_training_but_for_the_order_of_sums() -> None:
    ordered = list(train_in_order(course("relu", "he"), DATA, steps=50, every=20, learning_rate=0.01))
    plain = list(train(course("relu", "he"), DATA, steps=50, every=20, optimizer=GradientDescent(0.01)))
    assert [each.step for each in ordered] == [0, 20, 40, 50]
    np.testing.assert_allclose([each.cost for each in ordered], [each.cost for each in plain], rtol=1e-12)


# Widths 7, 10, 16 and 33 are among those at which linear algebra libraries part twins by rounding.
@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid", "softplus", "gelu", "silu"])
@pytest.mark.parametrize("width", [7, 10, 16, 33])
def test_twins_stay_equal_to_the_bit(hidden: str, width: int) -> None:
    network = initialize([2, width, width, 1], [hidden, hidden, "sigmoid"], "constant 0.5", course_source())
    *_, last = train_in_order(network, DATA, steps=60, every=60, learning_rate=0.5)
    assert distinct_units(last.network) == (1, 1, 1)
    assert spread(last.network) == (0.0, 0.0, 0.0)
    assert (last.network.layers[0].W != network.layers[0].W).all()


def test_the_consumer_can_stop_it() -> None:
    stream = train_in_order(course("relu", "he"), DATA, steps=10**6, every=1, learning_rate=0.01)
    assert [next(stream).step for _ in range(3)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"steps": -1}, "steps is -1"),
        ({"every": 0}, "every is 0"),
        ({"learning_rate": 0.0}, "learning_rate is 0.0"),
        ({"learning_rate": float("nan")}, "learning_rate is nan"),
    ],
)
def test_settings_out_of_range(settings: dict[str, float], message: str) -> None:
    plain = {"steps": 3, "every": 1, "learning_rate": 0.1}
    with pytest.raises(EngineError, match=message):
        list(train_in_order(course("relu", "he"), DATA, **{**plain, **settings}))  # type: ignore[arg-type]
