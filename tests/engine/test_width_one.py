from __future__ import annotations

import numpy as np
import pytest

from engine.datasets import course_circles
from engine.errors import EngineError
from engine.initializers import initialize
from engine.network import Network
from engine.trace import backward, forward
from engine.width_one import WidthOne, width_one, width_one_relu
from tests.engine.descent import descended

DATA = course_circles().train


def twins(hidden: str, constant: float = 0.5, outputs: int = 1) -> Network:
    rule = f"constant {constant}"
    return initialize([2, 10, 5, outputs], [hidden, hidden, "sigmoid"], rule, np.random.default_rng(0))


def largest_gap(network: Network, single: WidthOne, rate: float, steps: int) -> float:
    """The largest difference of two logits at any step, both networks trained side by side."""
    narrow, gap = single.network, 0.0
    for _ in range(steps):
        wide = forward(network, DATA.x, fixed_order=True)
        thin = forward(narrow, DATA.x, fixed_order=True)
        gap = max(gap, float(np.abs(wide.z[-1] - thin.z[-1]).max()))
        network = descended(backward(wide, DATA.y), rate)
        narrow = single.step(backward(thin, DATA.y))
    return gap


@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid", "softplus", "gelu"])
def test_any_activation_with_rates_of_its_own(hidden: str) -> None:
    network = twins(hidden)
    single = width_one(network, 0.01)
    assert single.network.sizes == (2, 1, 1, 1)
    assert [layer.W.max() for layer in single.network.layers] == [0.5, 5.0, 2.5]
    assert single.W_rates == pytest.approx([0.01 / 10, 0.01 * 10 / 5, 0.01 * 5])
    assert single.b_rates == pytest.approx([0.01 / 10, 0.01 / 5, 0.01])
    assert largest_gap(network, single, 0.01, 400) <= 1e-12


def test_relu_at_the_same_rate_from_a_scaled_start() -> None:
    network = twins("relu")
    single = width_one_relu(network, 0.01)
    scaled = [0.5 * np.sqrt(10), 0.5 * np.sqrt(10 * 5), 0.5 * np.sqrt(5)]
    assert [layer.W.max() for layer in single.network.layers] == pytest.approx(scaled)
    assert set(single.W_rates) == set(single.b_rates) == {0.01}
    assert largest_gap(network, single, 0.01, 400) <= 1e-12


def test_the_same_start_and_rate_are_not_equivalent() -> None:
    network = twins("relu")
    naive = initialize([2, 1, 1, 1], ["relu", "relu", "sigmoid"], "constant 0.5", np.random.default_rng(0))
    same = WidthOne(naive, (0.01,) * 3, (0.01,) * 3)
    assert largest_gap(network, same, 0.01, 5) > 0.1


def test_several_outputs_and_biases() -> None:
    W3 = [[0.2] * 4, [-0.4] * 4]
    network = Network.of(
        [([[0.3, -0.7]] * 4, [0.1] * 4, "tanh"), (W3, [0.5, -0.5], "sigmoid")],
    )
    single = width_one(network, 0.5)
    assert single.network.layers[1].W.tolist() == [[0.8], [-1.6]]
    wide, thin = forward(network, DATA.x), forward(single.network, DATA.x)
    np.testing.assert_allclose(wide.z[-1], thin.z[-1], rtol=1e-14, atol=1e-15)
    y = np.vstack([DATA.y, 1 - DATA.y])
    after = descended(backward(wide, y), 0.5)
    stepped = single.step(backward(thin, y))
    np.testing.assert_allclose(
        forward(after, DATA.x).z[-1], forward(stepped, DATA.x).z[-1], rtol=1e-12, atol=1e-14
    )


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            [([[1.0], [2.0]], [0.0, 0.0], "relu"), ([[1.0, 1.0]], [0.0], "sigmoid")],
            "layer 1 is a layer of units that differ; allowed: equal rows of W and b",
        ),
        (
            [([[1.0], [1.0]], [0.0, 1.0], "relu"), ([[1.0, 1.0]], [0.0], "sigmoid")],
            "layer 1 is a layer of units that differ",
        ),
        (
            [([[1.0], [1.0]], [0.0, 0.0], "relu"), ([[1.0, 2.0]], [0.0], "sigmoid")],
            "W of layer 2 is a matrix of columns that differ; allowed: equal columns",
        ),
    ],
)
def test_units_that_differ_have_no_equivalent(layers: list[tuple[object, object, str]], message: str) -> None:
    for make in (width_one, width_one_relu):
        with pytest.raises(EngineError, match=message):
            make(Network.of(layers), 0.1)  # type: ignore[arg-type]


def test_scaling_is_for_relu_alone() -> None:
    with pytest.raises(EngineError, match="the activation of layer 1 is tanh; allowed: relu"):
        width_one_relu(twins("tanh"), 0.1)


@pytest.mark.parametrize("rate", [0.0, -1.0, np.nan])
def test_rates_out_of_range(rate: float) -> None:
    with pytest.raises(EngineError, match="learning_rate is"):
        width_one(twins("relu"), rate)
