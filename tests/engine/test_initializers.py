from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.initializers import course_source, initialize, initializer

RELU = ("relu", "sigmoid")


def test_the_exercises_printed_matrices() -> None:
    he = initialize([2, 4, 1], RELU, "he", course_source())
    np.testing.assert_allclose(
        he.layers[0].W,
        [
            [1.78862847, 0.43650985],
            [0.09649747, -1.8634927],
            [-0.2773882, -0.35475898],
            [-0.08274148, -0.62700068],
        ],
        atol=5e-9,
    )
    large = initialize([3, 2, 1], RELU, "normal 10", course_source())
    np.testing.assert_allclose(
        large.layers[0].W,
        [[17.88628473, 4.36509851, 0.96497468], [-18.63492703, -2.77388203, -3.54758979]],
        atol=5e-9,
    )


def test_zeros_are_zeros_and_draw_nothing() -> None:
    random = np.random.default_rng(1)
    network = initialize([2, 3, 1], RELU, "zeros", random)
    assert not any(layer.W.any() or layer.b.any() for layer in network.layers)
    assert random.random() == np.random.default_rng(1).random()


@pytest.mark.parametrize(("rule", "deviation"), [("he", np.sqrt(2 / 400)), ("normal 10", 10.0)])
def test_spread_of_the_weights(rule: str, deviation: float) -> None:
    W = initialize([400, 300], ["sigmoid"], rule, np.random.default_rng(0)).layers[0].W
    # 120,000 draws: the standard deviation is known to 0.2 %.
    assert W.std() == pytest.approx(deviation, rel=0.01)
    assert abs(W.mean()) < deviation * 0.015


def test_one_activation_for_each_layer() -> None:
    with pytest.raises(EngineError, match="the number of activations is 1; allowed: one for each layer"):
        initialize([2, 3, 1], ["relu"], "he", course_source())


@pytest.mark.parametrize(
    "rule",
    [
        "hee",
        "",
        "zeros zeros",
        "constant",
        "constant half",
        "normal 1 2",
        "+ noise 1",
        "he + noise",
        "He",
        None,
        3,
    ],
)
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises(
        EngineError, match=r"an initial value is .*; allowed: .*zeros, he, xavier, constant NUMBER"
    ):
        initializer(rule)
