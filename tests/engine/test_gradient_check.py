from __future__ import annotations

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.errors import EngineError
from engine.gradient_check import central_differences
from engine.initializers import initialize
from engine.trace import backward, forward

X = np.array([[0.3, -1.2, 0.8, 1.7], [1.1, 0.4, -0.9, -0.2]])
Y = np.array([[1.0, 0.0, 0.0, 1.0]])
ONE_HOT = np.array([[1.0, 0.0, 0.0, 0.25], [0.0, 0.0, 1.0, 0.5], [0.0, 1.0, 0.0, 0.25]])
ENDS = [
    ("binary-cross-entropy", "sigmoid", Y),
    ("binary-cross-entropy", "sigmoid", ONE_HOT),
    ("softmax-cross-entropy", "softmax", ONE_HOT),
    *(("squared-error", name, ONE_HOT) for name in ACTIVATIONS),
]
RULES = ["zeros", "he", "xavier", "normal 10", "constant 0.5", "constant -0.3 + noise 0.1"]


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize(("loss", "output", "y"), ENDS)
@pytest.mark.parametrize("rule", RULES)
def test_backward_agrees_with_central_differences(
    hidden: str, loss: str, output: str, y: Array, rule: str
) -> None:
    # The biases keep every z away from the kinks of ReLU and leaky ReLU.
    network = initialize(
        [2, 3, 2, len(y)], [hidden, hidden, output], rule, np.random.default_rng(4), "normal 0.3"
    )
    gradients = backward(forward(network, X), y, loss)
    numeric = central_differences(network, X, y, loss)
    for exact, nudged in zip((*gradients.dW, *gradients.db), (*numeric.dW, *numeric.db), strict=True):
        np.testing.assert_allclose(nudged, exact, rtol=2e-5, atol=2e-9 * max(1.0, gradients.cost))


@pytest.mark.parametrize("names", [("tanh", "gelu", "relu"), ("softplus", "leaky-relu", "silu"), ("elu",)])
def test_a_mixture_of_activations_agrees_with_central_differences(names: tuple[str, ...]) -> None:
    sizes = [2, *[3] * len(names), 3]
    network = initialize(sizes, [*names, "softmax"], "he", np.random.default_rng(2), "normal 0.3")
    gradients = backward(forward(network, X), ONE_HOT, "softmax-cross-entropy")
    numeric = central_differences(network, X, ONE_HOT, "softmax-cross-entropy")
    for exact, nudged in zip((*gradients.dW, *gradients.db), (*numeric.dW, *numeric.db), strict=True):
        np.testing.assert_allclose(nudged, exact, rtol=1e-6, atol=1e-9)


def test_all_zero_relu_no_single_nudge_of_a_weight_changes_the_cost() -> None:
    network = initialize([2, 3, 2, 1], ["relu", "relu", "sigmoid"], "zeros", np.random.default_rng(0))
    for step in (1e-6, 1.0):
        assert not any(dW.any() for dW in central_differences(network, X, Y, step=step).dW)


def test_at_a_kink_the_result_is_the_mean_of_both_slopes() -> None:
    at_kink = [([[0.0]], [0.0], "relu"), ([[1.0]], [0.0], "identity")]
    numeric = central_differences(at_kink, [[1.0]], [[1.0]], "squared-error", step=1e-6)
    assert backward(forward(at_kink, [[1.0]]), [[1.0]], "squared-error").dW[0].tolist() == [[0.0]]
    np.testing.assert_allclose(numeric.dW[0], [[-1.0]], atol=1e-5)


@pytest.mark.parametrize("step", [0.0, -1e-6, 2.0, np.nan])
def test_step_out_of_range(step: float) -> None:
    with pytest.raises(EngineError, match=r"step is .*; allowed: a number from 1e-10 to 1"):
        central_differences([([[1.0]], [0.0], "sigmoid")], [[1.0]], [[1.0]], step=step)
