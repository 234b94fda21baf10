"""What the course says about zero initialisation, found by the engine: all figures were derived elsewhere."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from engine.activations import relu
from engine.data_settings import dataset
from engine.datasets import Dataset, course_circles, four_points
from engine.initializers import Rules, course_source, initialize
from engine.ledger import Cause, ledger
from engine.losses import naive_cross_entropy
from engine.network import Network
from engine.predictions import accuracy
from engine.trace import Gradients, backward, cost, forward
from tests.engine.descent import descended, train_in_order

LN2 = 0.6931471805599453
CIRCLES = course_circles().train
UNBALANCED = dataset({"name": "course-circles", "flip": 30}).train
ALIVE_FROM_ZERO = ["sigmoid", "softplus"]
SILENT_AT_ZERO = ["relu", "leaky-relu", "tanh", "identity", "elu", "gelu", "silu"]


def network(
    hidden: str, weights: Rules = "zeros", biases: Rules = "zeros", seed: int | None = None
) -> Network:
    random = course_source() if seed is None else np.random.default_rng(seed)
    return initialize([2, 10, 5, 1], [hidden, hidden, "sigmoid"], weights, random, biases)


def first_gradients(net: Network, data: Dataset = CIRCLES) -> Gradients:
    return backward(forward(net, data.x, fixed_order=True), data.y)


def after(net: Network, data: Dataset, steps: int, rate: float) -> Network:
    *_, last = train_in_order(net, data, steps=steps, every=steps, learning_rate=rate)
    return last.network


def moving(gradients: Gradients) -> set[str]:
    found = {f"W{l}" for l, dW in enumerate(gradients.dW, start=1) if dW.any()}  # noqa: E741
    return found | {f"b{l}" for l, db in enumerate(gradients.db, start=1) if db.any()}  # noqa: E741


@pytest.mark.parametrize(("y", "slope"), [(1.0, -2.0), (0.0, 2.0)])
def test_at_one_half_the_loss_is_the_same_and_its_slopes_are_not(y: float, slope: float) -> None:
    unit = [([[0.0]], [0.0], "sigmoid")]
    gradients = backward(forward(unit, [[1.0]]), [[y]])
    assert (gradients.cost, gradients.da[0][0, 0], gradients.delta[0][0, 0]) == (LN2, slope, slope / 4)
    h = 1e-4
    at = [cost([([[0.0]], [b], "sigmoid")], [[1.0]], [[y]]) for b in (-h, 0.0, h)]
    assert (at[0] - 2 * at[1] + at[2]) / h**2 == pytest.approx(0.25, abs=1e-6)


def test_which_factor_is_zero_in_the_zero_relu_network() -> None:
    gradients = first_gradients(network("relu"))
    assert np.abs(gradients.trace.a[0]).max() == pytest.approx(1.124, abs=5e-4)
    assert [np.abs(a).max() for a in gradients.trace.a[1:3]] == [0.0, 0.0]
    assert [np.abs(d).max() for d in gradients.delta] == [0.0, 0.0, 0.5]
    assert moving(gradients) == set()


@pytest.mark.parametrize("convention", [0.0, 0.5, 1.0])
def test_no_convention_for_the_kink_wakes_the_zero_relu_network(convention: float) -> None:
    g = relu(convention)
    net = initialize([2, 10, 5, 1], [g, g, "sigmoid"], "zeros", course_source())
    end = after(net, UNBALANCED, 60, 0.5)
    assert not any(layer.W.any() for layer in end.layers)
    assert end.layers[2].b.any()


@pytest.mark.parametrize(("convention", "found"), [(0.0, set()), (0.5, {"W1", "b1"}), (1.0, {"W1", "b1"})])
def test_with_one_zero_hidden_layer_the_convention_decides(convention: float, found: set[str]) -> None:
    g = relu(convention)
    net = initialize([2, 10, 5, 1], [g, g, "sigmoid"], ["zeros", "he", "he"], course_source())
    assert moving(first_gradients(net)) - {"b2", "b3"} == found


@pytest.mark.parametrize(
    ("ones", "size", "bias", "entropy"),
    [(1, 4, -1.098612, 0.562335), (1, 3, -0.693147, 0.636514), (1, 10, -2.197225, 0.325083)],
)
def test_the_output_bias_alone_learns_the_base_rate(
    ones: int, size: int, bias: float, entropy: float
) -> None:
    random = np.random.default_rng(0)
    y = np.array([[1.0] * ones + [0.0] * (size - ones)])
    data = Dataset(random.normal(size=(2, size)), y)
    end = after(network("relu"), data, 400, 2.0)
    assert end.layers[2].b[0, 0] == pytest.approx(bias, abs=1e-6)
    assert cost(end, data.x, data.y) == pytest.approx(entropy, abs=1e-6)
    assert not any(layer.W.any() for layer in end.layers)


def test_a_falling_loss_is_not_learning() -> None:
    data = dataset({"name": "course-circles", "drop": 100}).train
    end = after(network("relu"), data, 200, 1.0)
    assert accuracy(end, data) == 0.75
    assert cost(end, data.x, data.y) == pytest.approx(0.562335, abs=1e-6)
    assert len(set(forward(end, data.x).output.flat)) == 1


def test_thirty_flipped_labels() -> None:
    end = after(network("relu"), UNBALANCED, 200, 1.0)
    assert cost(end, UNBALANCED.x, UNBALANCED.y) == pytest.approx(0.673012, abs=1e-6)
    assert end.layers[2].b[0, 0] == pytest.approx(-0.405465, abs=1e-6)
    assert accuracy(end, UNBALANCED) == 0.6


def test_logistic_regression_on_the_circles_is_at_its_optimum_from_the_start() -> None:
    net = initialize([2, 1], ["sigmoid"], "zeros", course_source())
    np.testing.assert_allclose(first_gradients(net).dW[0], [[-0.00271, -0.00049]], atol=5e-6)
    end = after(net, CIRCLES, 500, 2.0)
    assert cost(end, CIRCLES.x, CIRCLES.y) == pytest.approx(0.693111, abs=5e-7)
    assert accuracy(end, CIRCLES) == pytest.approx(0.5, abs=0.02)


def test_logistic_regression_on_blobs_learns_from_zero() -> None:
    data = dataset({"name": "blobs", "seed": 2}).train
    net = initialize([2, 1], ["sigmoid"], "zeros", course_source())
    assert cost(net, data.x, data.y) == pytest.approx(LN2, abs=1e-15)
    assert accuracy(after(net, data, 200, 0.1), data) == 0.97


@pytest.mark.parametrize("hidden", [*SILENT_AT_ZERO, *ALIVE_FROM_ZERO])
def test_balanced_labels_leave_every_zero_network_stuck(hidden: str) -> None:
    gradients = first_gradients(network(hidden))
    assert max(float(np.abs(dW).max()) for dW in gradients.dW) < 1e-17
    last = [entry for entry in ledger(gradients) if entry.layer == 3]
    expected = Cause.CANCEL if hidden in ALIVE_FROM_ZERO else Cause.INPUT
    assert [entry.causes for entry in last] == [(expected,), (Cause.CANCEL,)]


@pytest.mark.parametrize("hidden", SILENT_AT_ZERO)
def test_unbalanced_labels_move_the_bias_alone_where_g_of_zero_is_zero(hidden: str) -> None:
    net = network(hidden)
    for _ in range(3):
        gradients = first_gradients(net, UNBALANCED)
        assert moving(gradients) == {"b3"}
        net = descended(gradients, 0.5)


@pytest.mark.parametrize("hidden", ALIVE_FROM_ZERO)
def test_unbalanced_labels_send_a_wave_down_where_g_of_zero_is_not_zero(hidden: str) -> None:
    net = network(hidden)
    for expected in ({"W3", "b3"}, {"W3", "b3", "W2", "b2"}, {"W3", "b3", "W2", "b2", "W1", "b1"}):
        gradients = first_gradients(net, UNBALANCED)
        assert moving(gradients) == expected
        net = descended(gradients, 0.5)


@pytest.mark.parametrize(("y", "dW2"), [(1.0, -0.25), (0.0, 0.25)])
def test_one_example_moves_a_zero_sigmoid_network(y: float, dW2: float) -> None:
    net = initialize([2, 3, 1], ["sigmoid", "sigmoid"], "zeros", course_source())
    assert set(backward(forward(net, [[1.0], [2.0]]), [[y]]).dW[1].flat) == {dW2}


def test_four_points_by_hand() -> None:
    data = four_points().train
    net = initialize([2, 3, 1], ["sigmoid", "sigmoid"], "zeros", course_source())
    first = first_gradients(net, data)
    assert first.dW[1].tolist() == [[0.125] * 3]
    assert not first.dW[0].any()
    assert first.db[1].tolist() == [[0.25]]
    net = descended(first, 0.5)
    second = first_gradients(net, data)
    np.testing.assert_allclose(second.dW[0], [[-0.00174988668, 0.00520197538]] * 3, rtol=1e-8)
    third = first_gradients(descended(second, 0.5), data)
    assert [first.cost, second.cost, third.cost] == pytest.approx([0.693147, 0.644429, 0.614464], abs=5e-7)


def test_rows_of_a_twin_layers_gradient_are_equal_and_columns_follow_the_inputs() -> None:
    gradients = first_gradients(network("tanh", "constant 0.5"))
    assert (gradients.dW[0] == gradients.dW[0][0]).all()
    assert (gradients.dW[0][:, 0] != gradients.dW[0][:, 1]).all()
    assert (gradients.dW[1] == gradients.dW[1][0, 0]).all()


def test_the_same_loss_for_both_labels_is_neither_necessary_nor_sufficient() -> None:
    cells = {}
    for name, weights, biases in (
        ("same, stuck", "zeros", "zeros"),
        ("same, moves", ["he", "he", "zeros"], "zeros"),
        ("different, stuck", "zeros", ["zeros", "zeros", "constant 1"]),
        ("different, moves", "he", "zeros"),
    ):
        net = network("relu", weights, biases)
        p = forward(net, CIRCLES.x).output
        same = bool((p == 0.5).all())
        moves = any(dW.any() for dW in first_gradients(net).dW)
        cells[name] = ("same" if same else "different") + ", " + ("moves" if moves else "stuck")
    assert cells == {name: name for name in cells}


def test_an_output_bias_of_one_makes_the_losses_differ_and_moves_no_weight() -> None:
    net = network("relu", "zeros", ["zeros", "zeros", "constant 1"])
    gradients = first_gradients(net)
    np.testing.assert_allclose(gradients.losses[CIRCLES.y == 1], 0.3133, atol=5e-5)
    np.testing.assert_allclose(gradients.losses[CIRCLES.y == 0], 1.3133, atol=5e-5)
    assert gradients.trace.output[0, 0] == pytest.approx(0.731, abs=5e-4)
    assert not any(dW.any() for dW in gradients.dW)


def test_a_zero_output_layer_gets_a_gradient() -> None:
    gradients = first_gradients(network("relu", ["he", "he", "zeros"]))
    assert np.abs(gradients.dW[2]).max() == pytest.approx(0.0605, abs=5e-5)


def test_the_naive_loss_of_the_large_random_start() -> None:
    output = forward(network("relu", "normal 10"), CIRCLES.x)
    assert (output.output == 1.0).all()
    assert np.abs(output.z[2]).max() == pytest.approx(6928.6, abs=0.05)
    assert np.median(output.z[2]) == pytest.approx(3786.7, abs=0.05)
    terms = naive_cross_entropy(output.output, CIRCLES.y)
    assert (np.isinf(terms).sum(), np.isnan(terms).sum()) == (150, 150)


@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("zeroed", [z for n in (1, 2) for z in combinations((1, 2, 3), n)])
def test_which_layers_may_be_zero(hidden: str, zeroed: tuple[int, ...]) -> None:
    rules = ["zeros" if layer in zeroed else "he" for layer in (1, 2, 3)]
    gradients = first_gradients(network(hidden, rules))
    dead = not any(np.abs(dW).max() > 1e-15 for dW in gradients.dW)
    expected = {
        "relu": zeroed != (3,),
        "tanh": len(zeroed) == 2,
        "sigmoid": len(zeroed) == 2 and 3 in zeroed,
    }
    assert dead == expected[hidden]


def test_constant_minus_one_half_is_dead_in_two_hidden_layers_and_not_in_one() -> None:
    deep = first_gradients(network("relu", "constant -0.5"))
    assert not deep.trace.a[2].any()
    assert not any(dW.any() for dW in deep.dW)
    shallow = initialize([2, 10, 1], ["relu", "sigmoid"], "constant -0.5", course_source())
    assert any(dW.any() for dW in first_gradients(shallow).dW)
    positive = Dataset(np.abs(CIRCLES.x), CIRCLES.y)
    assert not any(dW.any() for dW in first_gradients(shallow, positive).dW)


def test_random_hidden_biases_under_zero_weights() -> None:
    net = network("relu", "zeros", ["normal 1", "normal 1", "zeros"])
    balanced = first_gradients(net)
    assert max(float(np.abs(dW).max()) for dW in balanced.dW) < 1e-16
    assert first_gradients(net, UNBALANCED).dW[2].any()


def test_a_product_of_two_factors_may_start_with_its_last_at_zero_and_not_with_both() -> None:
    linear = [2, 3, 1], ["identity", "sigmoid"]
    net = initialize(*linear, ["he", "zeros"], course_source())
    first = first_gradients(net, UNBALANCED)
    assert moving(first) == {"W2", "b2"}
    assert moving(first_gradients(descended(first, 0.5), UNBALANCED)) == {"W1", "b1", "W2", "b2"}
    stuck = initialize(*linear, "zeros", course_source())
    for _ in range(3):
        gradients = first_gradients(stuck, UNBALANCED)
        assert moving(gradients) == {"b2"}
        stuck = descended(gradients, 0.5)
