from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError, OverflowedError
from engine.initializers import initialize
from engine.network import Layer, Network
from engine.trace import backward, cost, forward

# Two inputs, two ReLU units, one sigmoid output; two examples: x = (1, 2), y = 1 and x = (1, ½), y = 0.
#
#   z¹ = W¹x + b¹:  unit 1: 1 − 2 + ½ = −½         1 − ½ + ½ = 1
#                   unit 2: ½ + 1 − 1 = ½          ½ + ¼ − 1 = −¼
#   a¹ = ReLU(z¹):          (0, ½)                 (1, 0)
#   z² = W²a¹ + b²:         0·2 + ½·4 − 2 = 0      1·2 + 0·4 − 2 = 0
#   p = σ(0):               ½                      ½
#   L:                      −ln ½ = ln 2           −ln(1 − ½) = ln 2
#   ∂L/∂p:                  −1/p = −2              1/(1 − p) = 2
#   δ² = ∂L/∂p · ¼:         −½                     ½
#   da¹ = (W²)ᵀδ²:          (−1, −2)               (1, 2)
#   δ¹ = da¹ · ReLU′(z¹):   (0, −2)                (1, 0)
#
#   dW² = ½ [−½·(0, ½) + ½·(1, 0)] = (¼, −⅛)                    db² = ½ (−½ + ½) = 0
#   dW¹ = ½ [(0, −2)ᵀ(1, 2) + (1, 0)ᵀ(1, ½)] = [[½, ¼], [−1, −2]]   db¹ = ½ [(0, −2) + (1, 0)] = (½, −1)
BY_HAND = [
    ([[1.0, -1.0], [0.5, 0.5]], [0.5, -1.0], "relu"),
    ([[2.0, 4.0]], [-2.0], "sigmoid"),
]
X = [[1.0, 1.0], [2.0, 0.5]]
Y = [[1.0, 0.0]]


def test_forward_by_hand() -> None:
    trace = forward(BY_HAND, X)
    assert trace.a[0].tolist() == X
    assert trace.z[0].tolist() == [[-0.5, 1.0], [0.5, -0.25]]
    assert trace.a[1].tolist() == [[0.0, 1.0], [0.5, 0.0]]
    assert trace.z[1].tolist() == [[0.0, 0.0]]
    assert trace.output.tolist() == [[0.5, 0.5]]


def test_backward_by_hand() -> None:
    gradients = backward(forward(BY_HAND, X), Y)
    assert gradients.losses.tolist() == [[0.6931471805599453, 0.6931471805599453]]
    assert gradients.cost == cost(BY_HAND, X, Y) == 0.6931471805599453
    assert gradients.da[1].tolist() == [[-2.0, 2.0]]
    assert gradients.delta[1].tolist() == [[-0.5, 0.5]]
    assert gradients.da[0].tolist() == [[-1.0, 1.0], [-2.0, 2.0]]
    assert gradients.delta[0].tolist() == [[0.0, 1.0], [-2.0, 0.0]]
    assert gradients.dW[1].tolist() == [[0.25, -0.125]]
    assert gradients.db[1].tolist() == [[0.0]]
    assert gradients.dW[0].tolist() == [[0.5, 0.25], [-1.0, -2.0]]
    assert gradients.db[0].tolist() == [[0.5], [-1.0]]


def test_logistic_regression_by_hand() -> None:
    # p = ½ and ln 2 for either label, but dw = (p − y) x has opposite signs.
    zero = [([[0.0, 0.0]], [0.0], "sigmoid")]
    for y, dw in ((1.0, [[-0.5, -1.0]]), (0.0, [[0.5, 1.0]])):
        gradients = backward(forward(zero, [[1.0], [2.0]]), [[y]])
        assert gradients.cost == 0.6931471805599453
        assert gradients.dW[0].tolist() == dw


@given(st.floats(-30, 30), st.sampled_from([0.0, 0.5, 1.0]))
def test_delta_of_sigmoid_with_cross_entropy_is_p_minus_y(z: float, y: float) -> None:
    trace = forward([([[1.0]], [0.0], "sigmoid")], [[z]])
    delta = backward(trace, [[y]]).delta[0]
    np.testing.assert_allclose(delta, trace.output - y, rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize(("z", "y", "delta"), [(1000.0, 0.0, 1.0), (-1000.0, 1.0, -1.0), (800.0, 1.0, 0.0)])
def test_delta_stays_right_where_its_factors_leave_float64(z: float, y: float, delta: float) -> None:
    gradients = backward(forward([([[1.0]], [0.0], "sigmoid")], [[z]]), [[y]])
    assert gradients.delta[0][0, 0] == delta


@given(st.integers(0, 10_000))
def test_gradients_of_permuted_units_are_the_permuted_gradients(seed: int) -> None:
    random = np.random.default_rng(seed)
    network = initialize([2, 4, 3, 1], ["tanh", "sigmoid", "sigmoid"], "he", random)
    x, y = random.normal(size=(2, 6)), random.integers(0, 2, size=(1, 6)).astype(float)
    order = random.permutation(4)
    first, second, *rest = network.layers
    permuted = Network(
        (
            Layer(first.W[order], first.b[order], first.activation),
            Layer(second.W[:, order], second.b, second.activation),
            *rest,
        )
    )
    plain, moved = backward(forward(network, x), y), backward(forward(permuted, x), y)
    np.testing.assert_allclose(moved.trace.output, plain.trace.output, rtol=1e-12)
    np.testing.assert_allclose(moved.dW[0], plain.dW[0][order], rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(moved.db[0], plain.db[0][order], rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(moved.dW[1], plain.dW[1][:, order], rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(moved.dW[2], plain.dW[2], rtol=1e-9, atol=1e-14)


def test_a_batch_is_the_mean_of_its_examples() -> None:
    network = initialize([2, 3, 1], ["tanh", "sigmoid"], "he", np.random.default_rng(5))
    whole = backward(forward(network, X), Y)
    alone = [backward(forward(network, np.array(X)[:, [i]]), np.array(Y)[:, [i]]) for i in range(2)]
    np.testing.assert_allclose(whole.dW[0], (alone[0].dW[0] + alone[1].dW[0]) / 2, rtol=1e-14)
    assert whole.cost == pytest.approx((alone[0].cost + alone[1].cost) / 2, rel=1e-15)


def test_every_array_of_a_trace_is_read_only() -> None:
    gradients = backward(forward(BY_HAND, X), Y)
    kept = (
        *gradients.trace.z,
        *gradients.trace.a,
        *gradients.da,
        *gradients.delta,
        *gradients.dW,
        *gradients.db,
    )
    assert not any(array.flags.writeable for array in (*kept, gradients.losses, gradients.y))


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([[1.0], [2.0], [3.0]], r"the shape of x is \(3, 1\); allowed: \(2, any\)"),
        ([[np.nan], [1.0]], "x is an array with NaN"),
        ([1.0, 2.0], "the shape of x"),
        (np.zeros((2, 0)), "the shape of x"),
    ],
)
def test_inputs_that_do_not_fit(x: object, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        forward(BY_HAND, x)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([[1.0]], r"the shape of y is \(1, 1\); allowed: \(1, 2\)"),
        ([[1.0, 3.0]], "a label is 3.0; allowed: numbers from 0 to 1"),
        ([[1.0, np.nan]], "y is an array with NaN"),
    ],
)
def test_labels_that_do_not_fit(y: object, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        backward(forward(BY_HAND, X), y)  # type: ignore[arg-type]
    with pytest.raises(EngineError, match=message):
        cost(BY_HAND, X, y)  # type: ignore[arg-type]


def test_numbers_beyond_float64_are_named_and_no_warning_is_shown() -> None:
    deep = [([[1e200]], [0.0], "identity"), ([[1e200]], [0.0], "identity")]
    with pytest.raises(OverflowedError, match="z of layer 2 is beyond float64"):
        forward(deep, [[1.0]])
    steep = [([[1e-150]], [0.0], "identity"), ([[1e250]], [0.0], "identity")]
    with pytest.raises(OverflowedError, match="a gradient of layer 1 is beyond float64"):
        backward(forward(steep, [[1.0]]), [[0.0]], "squared-error")
    far = [([[1e200]], [0.0], "identity")]
    with pytest.raises(OverflowedError, match="the loss is beyond float64"):
        backward(forward(far, [[1.0]]), [[0.0]], "squared-error")
    with pytest.raises(OverflowedError, match="the loss is beyond float64"):
        cost(far, [[1.0]], [[0.0]], "squared-error")


def test_gradients_are_values_that_can_be_copied_with_a_change() -> None:
    gradients = backward(forward(BY_HAND, X), Y)
    assert replace(gradients, db=()).dW is gradients.dW
