from __future__ import annotations

import numpy as np
import pytest

from engine.activations import relu
from engine.ledger import Cause, ledger, ledger_table
from engine.network import Description
from engine.trace import backward, forward

X = [[1.0, -2.0], [2.0, 1.0]]
BALANCED, UNBALANCED = [[1.0, 0.0]], [[1.0, 1.0]]


def zero_net(hidden: str, widths: tuple[int, ...] = (3, 2)) -> Description:
    sizes = (2, *widths, 1)
    names = [*[hidden] * len(widths), "sigmoid"]
    return [
        (np.zeros((n_out, n_in)), np.zeros(n_out), name)
        for n_in, n_out, name in zip(sizes, sizes[1:], names, strict=False)
    ]


def causes(
    network: Description, y: list[list[float]], loss: str = "binary-cross-entropy"
) -> dict[str, set[Cause]]:
    entries = ledger(backward(forward(network, X), y, loss))
    return {f"{entry.parameter}{entry.layer}": set(entry.causes) for entry in entries}


def test_zero_relu_network_has_two_reasons_and_the_first_layer_only_one_of_them() -> None:
    found = causes(zero_net("relu"), UNBALANCED)
    assert Cause.INPUT not in found["W1"]
    assert Cause.ABOVE in found["W1"]
    assert {Cause.INPUT, Cause.ABOVE} <= found["W2"]
    assert found["W3"] == {Cause.INPUT}
    assert found["b3"] == {Cause.ALIVE}


def test_magnitudes_of_the_two_factors() -> None:
    entries = ledger(backward(forward(zero_net("relu"), X), BALANCED))
    of_weights = [entry for entry in entries if entry.parameter == "W"]
    assert [entry.max_abs_input for entry in of_weights] == [2.0, 0.0, 0.0]
    assert [entry.max_abs_delta for entry in of_weights] == [0.0, 0.0, 0.5]
    assert all(entry.max_abs_input == 1.0 for entry in entries if entry.parameter == "b")
    assert all(entry.max_abs_gradient == 0.0 for entry in entries)


def test_balanced_labels_cancel_in_the_output_layer_of_zero_sigmoid_units() -> None:
    found = causes(zero_net("sigmoid"), BALANCED)
    assert found["W3"] == found["b3"] == {Cause.CANCEL}
    assert found["W2"] == found["b2"] == found["W1"] == found["b1"] == {Cause.ABOVE}


def test_unbalanced_labels_move_the_output_layer_of_zero_sigmoid_units() -> None:
    found = causes(zero_net("sigmoid"), UNBALANCED)
    assert found["W3"] == found["b3"] == {Cause.ALIVE}
    assert found["W2"] == {Cause.ABOVE}


def test_zero_tanh_units_have_a_slope() -> None:
    found = causes(zero_net("tanh"), UNBALANCED)
    assert found["W1"] == {Cause.ABOVE}
    assert found["W2"] == {Cause.INPUT, Cause.ABOVE}


def test_one_zero_hidden_layer_is_dead_by_the_convention_alone() -> None:
    below_zero: Description = [([[0.0, 0.0]], [0.0], "relu"), ([[1.0]], [0.0], "sigmoid")]
    assert causes(below_zero, UNBALANCED)["W1"] == {Cause.SLOPE}
    other: Description = [([[0.0, 0.0]], [0.0], relu(1.0)), ([[1.0]], [0.0], "sigmoid")]
    assert causes(other, UNBALANCED)["W1"] == {Cause.ALIVE}


def test_right_answers_leave_no_error() -> None:
    exact: Description = [([[1.0, 1.0]], [0.0], "identity")]
    assert causes(exact, [[3.0, -1.0]], "squared-error") == {"W1": {Cause.NO_ERROR}, "b1": {Cause.NO_ERROR}}


def test_every_product_may_hold_a_zero_though_no_factor_is_zero() -> None:
    # Only the second example has an error, and only the first one has an input that is not zero.
    network: Description = [([[1.0, 1.0]], [0.0], "identity")]
    gradients = backward(forward(network, [[1.0, 0.0], [1.0, 0.0]]), [[2.0, 5.0]], "squared-error")
    assert ledger(gradients)[0].causes == (Cause.SPREAD,)
    assert ledger(gradients)[1].causes == (Cause.ALIVE,)


def test_a_sum_within_its_own_rounding_counts_as_cancelled() -> None:
    # 0.1 + 0.2 − 0.3 is 2⁻⁵⁴ in float64.
    network: Description = [([[0.0]], [0.0], "identity")]
    gradients = backward(forward(network, [[1.0, 1.0, 1.0]]), [[0.1, 0.2, -0.3]], "squared-error")
    assert gradients.db[0][0, 0] != 0.0
    assert {entry.causes for entry in ledger(gradients)} == {(Cause.CANCEL,)}


def test_errors_that_cancel_among_the_units_above_are_no_gradient() -> None:
    # Equal rows of W² and a softmax: the errors of an example add up to zero before they reach layer 1.
    twins: Description = [([[1.0, -0.5]] * 3, [0.1] * 3, "tanh"), ([[0.3] * 3] * 3, [0.0] * 3, "softmax")]
    gradients = backward(forward(twins, X), [[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]], "softmax-cross-entropy")
    found = {f"{entry.parameter}{entry.layer}": entry.causes for entry in ledger(gradients)}
    assert found["W1"] == found["b1"] == (Cause.CANCEL,)
    assert found["W2"] == (Cause.ALIVE,)


def test_dead_units_above_leave_a_zero_in_every_product() -> None:
    # Unit 1 of layer 2 is dead, and unit 2 has no weight from layer 1: no matrix is zero, and no slope.
    network: Description = [
        ([[1.0, 0.0]], [5.0], "identity"),
        ([[-1.0], [0.0]], [0.0, 1.0], "relu"),
        ([[1.0, 1.0]], [0.0], "sigmoid"),
    ]
    assert causes(network, UNBALANCED)["W1"] == {Cause.SPREAD}


@pytest.mark.parametrize("hidden", ["gelu", "softplus", "elu", "silu", "leaky-relu"])
def test_a_gradient_that_is_alive_has_no_other_cause(hidden: str) -> None:
    network: Description = [
        ([[0.3, -0.2], [0.1, 0.5]], [0.1, 0.2], hidden),
        ([[0.4, -0.3]], [0.0], "sigmoid"),
    ]
    assert set(map(frozenset, causes(network, UNBALANCED).values())) == {frozenset({Cause.ALIVE})}


def test_the_table_has_a_row_for_each_gradient_and_its_cause_in_words() -> None:
    table = ledger_table(ledger(backward(forward(zero_net("sigmoid", (2,)), X), BALANCED)))
    assert [(row["layer"], row["parameter"], row["cause"]) for row in table.records()] == [
        (1, "W", "W above = 0"),
        (1, "b", "W above = 0"),
        (2, "W", "errors cancel"),
        (2, "b", "errors cancel"),
    ]


@pytest.mark.parametrize("cause", Cause)
def test_causes_are_plain_text(cause: Cause) -> None:
    assert isinstance(cause, str)
    assert str(cause) == cause.value


def test_sums_of_magnitudes_beyond_float64_are_judged_without_a_warning() -> None:
    layers = [([[1.0]], [0.0], "identity"), ([[1e200]], [0.0], "identity")]
    gradients = backward(forward(layers, [[1e-210, 5e-211]]), [[-6e107, 6e107]], "squared-error")
    assert np.isfinite(gradients.delta[0]).all()
    causes = {entry.parameter: entry.causes for entry in ledger(gradients) if entry.layer == 1}
    assert causes == {"W": (Cause.ALIVE,), "b": (Cause.CANCEL,)}
