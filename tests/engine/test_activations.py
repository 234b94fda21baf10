from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS, activation, relu
from engine.errors import EngineError

logits = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("name", "at_zero", "slope_at_zero"),
    [("relu", 0.0, 0.0), ("sigmoid", 0.5, 0.25), ("tanh", 0.0, 1.0), ("identity", 0.0, 1.0)],
)
def test_value_and_slope_at_zero(name: str, at_zero: float, slope_at_zero: float) -> None:
    assert activation(name).at_zero == at_zero
    assert activation(name).slope_at_zero == slope_at_zero


@pytest.mark.parametrize("name", ACTIVATIONS)
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
    assert np.isfinite(g.function(np.array([[z]]))).all()
    assert np.isfinite(g.derivative(np.array([[z]]))).all()


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
