from __future__ import annotations

import numpy as np
import pytest

from engine.arrays import Array
from engine.errors import EngineError
from engine.initializers import Rules, course_source, initialize, initializer, random_source

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


def draw(rule: str, seed: int = 0, n_out: int = 300, n_in: int = 400) -> Array:
    return initialize([n_in, n_out], ["sigmoid"], rule, np.random.default_rng(seed)).layers[0].W


def test_zeros_are_zeros_and_draw_nothing() -> None:
    random = np.random.default_rng(1)
    network = initialize([2, 3, 1], RELU, "zeros", random)
    assert not any(layer.W.any() or layer.b.any() for layer in network.layers)
    assert random.random() == np.random.default_rng(1).random()


@pytest.mark.parametrize(
    ("rule", "mean", "deviation"),
    [
        ("he", 0.0, np.sqrt(2 / 400)),
        ("xavier", 0.0, np.sqrt(2 / 700)),
        ("normal 10", 0.0, 10.0),
        ("normal 1e-2", 0.0, 0.01),
        ("zeros + noise 0.5", 0.0, 0.5),
        ("constant 3 + noise 0.1", 3.0, 0.1),
        ("he + noise 1", 0.0, np.sqrt(1 + 2 / 400)),
        ("constant -2.5", -2.5, 0.0),
    ],
)
def test_mean_and_spread_of_the_weights(rule: str, mean: float, deviation: float) -> None:
    # 120,000 draws: the standard deviation is known to 0.2 %, the mean to 0.3 % of it.
    W = draw(rule)
    assert W.std() == pytest.approx(deviation, rel=0.01)
    assert W.mean() == pytest.approx(mean, abs=max(0.015 * deviation, 1e-12))


def test_another_seed_is_other_weights_and_the_same_seed_the_same() -> None:
    np.testing.assert_array_equal(draw("he"), draw("he"))
    assert (draw("he") != draw("he", seed=1)).all()


def test_noise_comes_after_the_weights_that_it_is_added_to() -> None:
    np.testing.assert_allclose(draw("he + noise 1e-8"), draw("he"), rtol=0, atol=1e-7)
    assert (draw("he + noise 1e-8") != draw("he")).all()


def test_one_rule_a_layer() -> None:
    network = initialize(
        [2, 4, 3, 1], ["relu", "relu", "sigmoid"], ["he", "constant 2", "zeros"], course_source()
    )
    alone = initialize([2, 4], ["relu"], "he", course_source())
    np.testing.assert_array_equal(network.layers[0].W, alone.layers[0].W)
    assert set(network.layers[1].W.flat) == {2.0}
    assert not network.layers[2].W.any()


def test_biases_start_by_rules_of_their_own_and_leave_the_weights_alone() -> None:
    plain = initialize([2, 4, 1], RELU, "he", np.random.default_rng(3))
    biased = initialize([2, 4, 1], RELU, "he", np.random.default_rng(3), ["normal 1", "constant 1"])
    for one, other in zip(plain.layers, biased.layers, strict=True):
        np.testing.assert_array_equal(one.W, other.W)
    assert biased.layers[0].b.all()
    assert biased.layers[1].b.tolist() == [[1.0]]


@pytest.mark.parametrize("rule", ["he", "xavier", "he + noise 1"])
def test_biases_have_no_number_of_inputs(rule: str) -> None:
    with pytest.raises(EngineError, match=r"biases is .*; allowed: zeros, constant NUMBER, normal NUMBER"):
        initialize([2, 1], ["sigmoid"], "zeros", course_source(), rule)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("constant nan", "the constant is nan; allowed: a number from -1e"),
        ("constant inf", "the constant is inf"),
        ("constant 1e7", "the constant is 1"),
        ("normal -1", "the scale of normal is -1.0; allowed: a number from 0"),
        ("zeros + noise -1", "the scale of noise is -1.0"),
        ("zeros + noise nan", "the scale of noise is nan"),
        ("zeros + noise x", "an initial value is .*; allowed: a number in place of x"),
    ],
)
def test_numbers_out_of_range(rule: str, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        initializer(rule)


@pytest.mark.parametrize(
    "rule", ["zeros", "he", "xavier", "constant 0.5", "normal 10", "zeros + noise 1e-08"]
)
def test_every_rule_says_its_name_formula_and_source(rule: str) -> None:
    found = initializer(rule)
    assert found.name == rule
    assert found.formula
    assert found.source
    assert initializer(found) is found


@pytest.mark.parametrize("sizes", [(2, 0), (0, 1), (2, -1), (2, 1.5), (2, True)])
def test_sizes_out_of_range(sizes: tuple[int, ...]) -> None:
    with pytest.raises(EngineError, match=r"a size is .*; allowed: a whole number from 1"):
        initialize(sizes, ["sigmoid"], "zeros", course_source())


@pytest.mark.parametrize("rules", [["he"], ["he"] * 3, [], 3, None, {"he": 1}])
def test_as_many_rules_as_layers(rules: Rules) -> None:
    with pytest.raises(EngineError, match=r"weights is .*; allowed: one rule, or a list of 2, one a layer"):
        initialize([2, 3, 1], RELU, rules, course_source())


def test_random_sources() -> None:
    assert random_source("course").random() == np.random.RandomState(3).random_sample()
    assert random_source(5).random() == np.random.default_rng(5).random()


@pytest.mark.parametrize("random", ["clock", -1, 2**32, 1.5, True, None])
def test_what_is_no_random_source(random: int) -> None:
    with pytest.raises(EngineError, match=r"random is .*; allowed: .*a whole number"):
        random_source(random)


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
