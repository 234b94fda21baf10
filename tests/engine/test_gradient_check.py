from __future__ import annotations

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.errors import EngineError
from engine.gradient_check import central_differences
from engine.initializers import INITIALIZERS, initialize
from engine.trace import backward, forward

X = np.array([[0.3, -1.2, 0.8, 1.7], [1.1, 0.4, -0.9, -0.2]])
Y = np.array([[1.0, 0.0, 0.0, 1.0]])
OUTPUTS = {"binary-cross-entropy": "sigmoid", "squared-error": "identity"}


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("loss", OUTPUTS)
@pytest.mark.parametrize("rule", INITIALIZERS)
def test_backward_agrees_with_central_differences(hidden: str, loss: str, rule: str) -> None:
    network = initialize([2, 3, 2, 1], [hidden, hidden, OUTPUTS[loss]], rule, np.random.default_rng(4))
    gradients = backward(forward(network, X), Y, loss)
    numeric = central_differences(network, X, Y, loss)
    for exact, nudged in zip((*gradients.dW, *gradients.db), (*numeric.dW, *numeric.db), strict=True):
        np.testing.assert_allclose(nudged, exact, rtol=2e-6, atol=2e-7 * max(1.0, gradients.cost))


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
