from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arrays import Array
from engine.errors import EngineError
from engine.optimizers import OPTIMIZERS, Adam, GradientDescent, Momentum, optimizer

IS_WEIGHT = np.array([True, True, False])


def walk(rule: GradientDescent, start: Array, gradients: list[Array]) -> Array:
    """Step in place through gradients that do not depend on θ."""
    theta, g = start.copy(), np.empty_like(start)
    operations = rule.operations(theta, g, IS_WEIGHT, np.zeros((rule.means, theta.size)))
    for gradient in gradients:
        g[:] = gradient
        for operation in operations:
            operation()
    return theta


@st.composite
def walks(draw: st.DrawFn) -> tuple[Array, list[Array]]:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scale = 10.0 ** draw(st.integers(-6, 6))
    return random.standard_normal(3), list(random.standard_normal((draw(st.integers(1, 6)), 3)) * scale)


@given(walks(), st.floats(1e-6, 1.0))
def test_gradient_descent_is_its_formula(walked: tuple[Array, list[Array]], rate: float) -> None:
    start, gradients = walked
    expected = start - rate * np.sum(gradients, axis=0)
    np.testing.assert_allclose(walk(GradientDescent(rate), start, gradients), expected, rtol=1e-9, atol=1e-9)


@given(walks(), st.floats(0.0, 0.99))
def test_momentum_is_its_formula(walked: tuple[Array, list[Array]], beta: float) -> None:
    start, gradients = walked
    theta, v = start, np.zeros(3)
    for g in gradients:
        v = beta * v + g
        theta = theta - 0.1 * v
    np.testing.assert_allclose(walk(Momentum(0.1, momentum=beta), start, gradients), theta, rtol=1e-12)


@given(walks())
def test_adam_is_its_formula(walked: tuple[Array, list[Array]]) -> None:
    start, gradients = walked
    theta, m, v = start, np.zeros(3), np.zeros(3)
    for t, g in enumerate(gradients, start=1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        theta = theta - 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    np.testing.assert_allclose(walk(Adam(0.01), start, gradients), theta, rtol=1e-9)


def test_adams_first_step_is_the_learning_rate_against_the_gradients_sign() -> None:
    moved = walk(Adam(0.01, epsilon=1e-30), np.zeros(3), [np.array([1e-6, -5.0, 700.0])])
    np.testing.assert_allclose(moved, [-0.01, 0.01, -0.01], rtol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_gradient_of_zero_moves_nothing(name: str) -> None:
    start = np.array([0.0, 2.0, -3.0])
    np.testing.assert_array_equal(walk(optimizer(name, learning_rate=0.1), start, [np.zeros(3)] * 4), start)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_weight_decay_shrinks_weights_and_no_bias(name: str) -> None:
    rule = optimizer(name, learning_rate=0.1, weight_decay=2.0)
    decayed = walk(rule, np.array([1.0, -2.0, 3.0]), [np.zeros(3)] * 2)
    np.testing.assert_allclose(decayed, [0.64, -1.28, 3.0], rtol=1e-15)


def test_two_runs_with_one_setting_share_no_state() -> None:
    rule = Momentum(0.1)
    first = walk(rule, np.zeros(3), [np.ones(3)])
    np.testing.assert_array_equal(walk(rule, np.zeros(3), [np.ones(3)]), first)


def test_an_optimizer_by_its_name() -> None:
    assert optimizer("adam", learning_rate=0.02, beta1=0.5) == Adam(0.02, beta1=0.5)
    assert optimizer("momentum", momentum=0.5) == Momentum(0.01, momentum=0.5)
    assert optimizer(Adam()) == Adam()


@pytest.mark.parametrize(
    ("name", "given_settings", "message"),
    [
        ("adan", {}, r"optimizer is adan; allowed: .*did you mean adam\?"),
        ("adam", {"momentum": 0.9}, r"a setting of adam is momentum; allowed: beta1"),
        ("adam", {"learning_rate": 0.0}, r"learning_rate is 0\.0; allowed: a number from 1e-12"),
        ("adam", {"beta2": 1.0}, r"beta2 is 1\.0; allowed: a number from 0"),
        ("adam", {"epsilon": 0.0}, r"epsilon is 0\.0"),
        ("momentum", {"momentum": 1.0}, r"momentum is 1\.0; allowed: a number from 0"),
        ("momentum", {"momentum": float("nan")}, r"momentum is nan"),
        (
            "gradient-descent",
            {"weight_decay": -1.0},
            r"weight_decay is -1\.0; allowed: a number from 0 to 100",
        ),
        ("gradient-descent", {"weight_decay": 101.0}, r"weight_decay is 101\.0"),
        (Adam(), {"beta1": 0.5}, r"settings is \['beta1'\]"),
    ],
)
def test_settings_that_are_refused(
    name: str | GradientDescent, given_settings: dict[str, float], message: str
) -> None:
    with pytest.raises(EngineError, match=message):
        optimizer(name, **given_settings)
