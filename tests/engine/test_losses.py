from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import logistic
from engine.errors import EngineError
from engine.losses import CROSS_ENTROPY, LOSSES, SQUARED_ERROR, loss_named


def cross_entropy_at(z: float, y: float) -> tuple[float, float]:
    logit, label = np.array([[z]]), np.array([[y]])
    p = logistic(logit)
    return (
        float(CROSS_ENTROPY.value(logit, p, label)[0, 0]),
        float(CROSS_ENTROPY.derivative(logit, p, label)[0, 0]),
    )


@pytest.mark.parametrize(("y", "slope"), [(0.0, 2.0), (1.0, -2.0)])
def test_cross_entropy_of_one_half(y: float, slope: float) -> None:
    assert cross_entropy_at(0.0, y) == (0.6931471805599453, slope)


@given(st.floats(-30, 30), st.sampled_from([0.0, 0.25, 1.0]))
def test_cross_entropy_is_the_textbook_formula(z: float, y: float) -> None:
    p, q = 1 / (1 + math.exp(-z)), 1 / (1 + math.exp(z))
    value, slope = cross_entropy_at(z, y)
    assert value == pytest.approx(-y * math.log(p) - (1 - y) * math.log(q), rel=1e-12, abs=1e-14)
    assert slope == pytest.approx(-y / p + (1 - y) / q, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("z", "y", "value"),
    [(1000.0, 0.0, 1000.0), (-1000.0, 1.0, 1000.0), (1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0)],
)
def test_cross_entropy_is_finite_at_logits_of_a_thousand(z: float, y: float, value: float) -> None:
    assert cross_entropy_at(z, y)[0] == value


def test_cross_entropy_of_a_sure_right_answer_keeps_its_digits() -> None:
    assert cross_entropy_at(50.0, 1.0)[0] == pytest.approx(math.exp(-50), rel=1e-14)


def test_squared_error_sums_over_outputs() -> None:
    a, y = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[0.0, 2.0], [2.0, 1.0]])
    np.testing.assert_array_equal(SQUARED_ERROR.value(a, a, y), [[5.0, 4.0]])
    np.testing.assert_array_equal(SQUARED_ERROR.derivative(a, a, y), [[2.0, 0.0], [-4.0, -4.0]])


def test_a_loss_that_needs_a_probability_refuses_another_output() -> None:
    with pytest.raises(EngineError, match="the output activation is tanh; allowed: sigmoid"):
        CROSS_ENTROPY.check("tanh", np.array([[0.0]]))


@pytest.mark.parametrize("y", [-0.5, 2.0])
def test_a_label_outside_zero_to_one(y: float) -> None:
    with pytest.raises(EngineError, match=f"a label is {y}; allowed: numbers from 0 to 1"):
        CROSS_ENTROPY.check("sigmoid", np.array([[0.0, y]]))


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_has_its_name(name: str) -> None:
    assert loss_named(name).name == name


def test_unknown_loss() -> None:
    with pytest.raises(EngineError, match=r"loss is hinge; allowed: .*squared-error"):
        loss_named("hinge")
