from __future__ import annotations

import math
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS, SOFTMAX, activation, relu
from engine.errors import EngineError

logits = st.floats(-1e6, 1e6, allow_nan=False)


ELEMENTWISE = [name for name, each in ACTIVATIONS.items() if each.elementwise]


@pytest.mark.parametrize(
    ("name", "at_zero", "slope_at_zero"),
    [
        ("relu", 0.0, 0.0),
        ("leaky-relu", 0.0, 0.01),
        ("tanh", 0.0, 1.0),
        ("sigmoid", 0.5, 0.25),
        ("softplus", 0.6931471805599453, 0.5),
        ("identity", 0.0, 1.0),
        ("elu", 0.0, 1.0),
        ("gelu", 0.0, 0.5),
        ("silu", 0.0, 0.5),
        ("softmax", 0.5, 0.25),
    ],
)
def test_value_and_slope_at_zero(name: str, at_zero: float, slope_at_zero: float) -> None:
    assert activation(name).at_zero == at_zero
    assert activation(name).slope_at_zero == slope_at_zero


def test_no_activation_is_forgotten() -> None:
    assert set(ACTIVATIONS) == {*ELEMENTWISE, "softmax"}
    assert len(ELEMENTWISE) == 9


def exact(name: str, z: float) -> tuple[Decimal, Decimal]:
    """g and g′ with fifty digits; the series of GELU loses the rest."""
    getcontext().prec = 400 if name == "gelu" else 60
    x = Decimal(z)
    up, down = x.exp(), (-x).exp()
    sigma = 1 / (1 + down)
    if name == "gelu":
        phi = (-x * x / 2).exp() / (2 * PI).sqrt()
        # Φ(x) = ½ + φ(x) Σ x^(2k+1) / (2k+1)!!, Abramowitz & Stegun 26.2.11.
        term, series = x, x
        for k in range(1, 900):
            term = term * x * x / (2 * k + 1)
            series += term
        cdf = Decimal("0.5") + phi * series
        return x * cdf, cdf + x * phi
    return {
        "relu": (max(x, Decimal(0)), Decimal(int(x > 0))),
        "leaky-relu": (x if x > 0 else Decimal("0.01") * x, Decimal(1) if x > 0 else Decimal("0.01")),
        "tanh": ((up - down) / (up + down), 4 / (up + down) ** 2),
        "sigmoid": (sigma, sigma * (1 - sigma)),
        "softplus": ((1 + up).ln(), sigma),
        "identity": (x, Decimal(1)),
        "elu": (x if x > 0 else up - 1, Decimal(1) if x > 0 else up),
        "silu": (x * sigma, sigma * (1 + x * (1 - sigma))),
    }[name]


PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")
PLACES = [-36.0, -20.5, -7.25, -1.3, -1e-3, -1e-9, 1e-9, 0.02, 0.9, 2.7, 6.5, 18.0, 30.0]


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", PLACES)
def test_fifty_digits_agree(name: str, z: float) -> None:
    value, slope = exact(name, z)
    g = activation(name)
    assert g.function(np.array([z]))[0] == pytest.approx(float(value), rel=2e-15, abs=1e-16)
    assert g.derivative(np.array([z]))[0] == pytest.approx(float(slope), rel=2e-15, abs=2e-16)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus", "elu"])
def test_tiny_slopes_and_values_keep_their_digits(name: str) -> None:
    value, slope = exact(name, -36.0)
    g = activation(name)
    assert g.function(np.array([-36.0]))[0] == pytest.approx(float(value), rel=2e-15)
    assert g.derivative(np.array([-36.0]))[0] == pytest.approx(float(slope), rel=1e-14)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_slope_is_the_limit_of_differences(name: str) -> None:
    g = activation(name)
    z = np.array([[-3.0, -0.7, -0.01, 0.02, 0.9], [4.0, 1.5, -1.1, 0.3, -5.0]])
    h = 1e-6
    numeric = (g.function(z + h) - g.function(z - h)) / (2 * h)
    np.testing.assert_allclose(g.derivative(z), numeric, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(z=logits)
def test_finite_everywhere_and_without_a_warning(name: str, z: float) -> None:
    g = activation(name)
    column = np.array([[z], [0.0], [-z]])
    for array in (g.function(column), g.derivative(column), g.pullback(column, np.ones((3, 1)))):
        assert np.isfinite(array).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [0.0, -0.0, 745.0, -745.0, 1e154, -1e154, 1e308, -1e308, 5e-324])
def test_finite_at_the_ends_of_float64(name: str, z: float) -> None:
    g = activation(name)
    assert np.isfinite(g.function(np.array([[z], [-z]]))).all()
    assert np.isfinite(g.derivative(np.array([[z], [-z]]))).all()


@given(st.lists(st.floats(-800, 800), min_size=2, max_size=5))
def test_softmax_is_a_distribution_that_ignores_a_shift(z: list[float]) -> None:
    column = np.array(z).reshape(-1, 1)
    p = SOFTMAX.function(column)
    assert p.sum() == pytest.approx(1.0, rel=1e-14)
    assert (p >= 0).all()
    np.testing.assert_allclose(SOFTMAX.function(column - 7.0), p, rtol=1e-11, atol=1e-300)


def test_softmax_product_is_its_jacobian() -> None:
    z, upstream = np.array([[0.3], [-1.0], [2.0]]), np.array([[1.0], [-2.0], [0.5]])
    a = SOFTMAX.function(z)
    jacobian = np.diagflat(a) - a @ a.T
    np.testing.assert_allclose(SOFTMAX.pullback(z, upstream), jacobian.T @ upstream, rtol=1e-14)
    np.testing.assert_allclose(SOFTMAX.derivative(z)[:, 0], np.diag(jacobian), rtol=1e-14)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_pullback_of_one_unit_is_upstream_times_slope(name: str) -> None:
    z, upstream = np.array([[0.3, -1.0, 2.0]]), np.array([[1.0, -2.0, 0.5]])
    g = activation(name)
    np.testing.assert_array_equal(g.pullback(z, upstream), upstream * g.derivative(z))


@pytest.mark.parametrize("convention", [0.0, 0.5, 1.0])
def test_relu_slope_at_zero_is_a_choice_and_moves_nothing_else(convention: float) -> None:
    g = relu(convention)
    np.testing.assert_array_equal(
        g.derivative(np.array([-1.0, 0.0, -0.0, 1.0])), [0, convention, convention, 1]
    )
    np.testing.assert_array_equal(g.function(np.array([-1.0, 0.0, 2.0])), [0, 0, 2])


@pytest.mark.parametrize("convention", [-0.1, 1.1, math.nan, "0"])
def test_relu_slope_at_zero_is_a_subgradient(convention: float) -> None:
    with pytest.raises(EngineError, match=r"slope_at_zero is .*; allowed: a number from 0 to 1"):
        relu(convention)


@given(logits)
def test_sigmoid_and_its_mirror_add_to_one(z: float) -> None:
    g = activation("sigmoid").function
    assert g(np.array([z]))[0] + g(np.array([-z]))[0] == pytest.approx(1.0, abs=1e-15)


def test_sigmoid_keeps_the_small_side_exact() -> None:
    assert activation("sigmoid").function(np.array([-700.0]))[0] == pytest.approx(math.exp(-700), rel=1e-14)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_says_its_formulas_and_source(name: str) -> None:
    g = activation(name)
    assert g.name == name
    assert g.formula
    assert g.slope_formula
    assert g.source


@pytest.mark.parametrize("name", ["Relu", "", None, 3])
def test_unknown_name(name: object) -> None:
    with pytest.raises(EngineError, match=r"activation is .*; allowed: .*identity"):
        activation(name)  # type: ignore[arg-type]
