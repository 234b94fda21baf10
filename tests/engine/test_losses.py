from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import logistic, softmax
from engine.errors import EngineError
from engine.losses import (
    CROSS_ENTROPY,
    LOSSES,
    SOFTMAX_CROSS_ENTROPY,
    SQUARED_ERROR,
    loss_named,
    naive_cross_entropy,
)


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


@pytest.mark.parametrize(("y", "terms"), [(1.0, 1000.0), (0.0, 0.0)])
def test_softmax_cross_entropy_at_logits_of_a_thousand(y: float, terms: float) -> None:
    z, labels = np.array([[0.0], [1000.0]]), np.array([[y], [1.0 - y]])
    p = softmax(z)
    assert SOFTMAX_CROSS_ENTROPY.value(z, p, labels)[0, 0] == terms
    slope = SOFTMAX_CROSS_ENTROPY.derivative(z, p, labels)
    assert slope[0, 0] == (-np.inf if y else 0.0)
    assert slope[1, 0] == (0.0 if y else -1.0)


@given(st.lists(st.floats(-30, 30), min_size=3, max_size=3), st.integers(0, 2))
def test_softmax_cross_entropy_is_the_textbook_formula(logits: list[float], label: int) -> None:
    z = np.array(logits).reshape(3, 1)
    y = np.eye(3)[:, [label]]
    p = [math.exp(each) / math.fsum(math.exp(other) for other in logits) for each in logits]
    value = SOFTMAX_CROSS_ENTROPY.value(z, softmax(z), y)[0, 0]
    assert value == pytest.approx(-math.log(p[label]), rel=1e-12, abs=1e-15)
    slope = SOFTMAX_CROSS_ENTROPY.derivative(z, softmax(z), y)
    assert slope[label, 0] == pytest.approx(-1 / p[label], rel=1e-12)
    assert np.count_nonzero(slope) == 1


def test_softmax_cross_entropy_of_a_sure_right_answer_keeps_its_digits() -> None:
    z, y = np.array([[50.0], [0.0]]), np.array([[1.0], [0.0]])
    assert SOFTMAX_CROSS_ENTROPY.value(z, softmax(z), y)[0, 0] == pytest.approx(math.exp(-50), rel=1e-14)


@pytest.mark.parametrize("y", [[[1.0], [1.0]], [[0.5], [0.4]], [[0.0], [0.0]]])
def test_softmax_labels_are_distributions(y: list[list[float]]) -> None:
    with pytest.raises(EngineError, match=r"the sum of an example's labels is .*; allowed: 1"):
        SOFTMAX_CROSS_ENTROPY.check("softmax", np.array(y))


def test_the_naive_form_shows_what_rounding_does() -> None:
    # Four answers rounded to 0 or 1: wrong ones are inf, right ones 0 · −∞.
    terms = naive_cross_entropy([[1.0, 0.0, 1.0, 0.0, 0.5]], [[0.0, 1.0, 1.0, 0.0, 1.0]])
    assert terms[0, :2].tolist() == [np.inf, np.inf]
    assert np.isnan(terms[0, 2:4]).all()
    assert terms[0, 4] == 0.6931471805599453


@pytest.mark.parametrize(
    ("p", "y", "message"),
    [
        ([[1.5]], [[1.0]], "p is 1.5; allowed: 0 to 1"),
        ([[0.5]], [[-1.0]], "y is -1.0; allowed: 0 to 1"),
        ([[0.5]], [[1.0, 0.0]], "the shape of y"),
        ([[np.nan]], [[1.0]], "p is an array with NaN"),
    ],
)
def test_what_the_naive_form_refuses(p: object, y: object, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        naive_cross_entropy(p, y)  # type: ignore[arg-type]


def test_squared_error_is_infinite_beyond_float64_without_a_warning() -> None:
    a, y = np.array([[1e200]]), np.array([[-1.7e308]])
    assert SQUARED_ERROR.value(a, a, y)[0, 0] == np.inf
    assert SQUARED_ERROR.derivative(a, a, y)[0, 0] == np.inf


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
