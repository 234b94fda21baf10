from __future__ import annotations

from dataclasses import replace

import pytest

from engine.activations import ACTIVATIONS
from engine.errors import EngineError
from engine.from_zero import activations_table, elementwise_activations, moved_from_zero
from engine.scenario import Scenario

UNBALANCED = Scenario(
    "u", "u", {"name": "course-circles", "flip": 30}, (10, 5), "sigmoid", learning_rate=0.5, steps=1000
)
BALANCED = replace(UNBALANCED, data="course-circles")
STUCK = ("relu", "leaky-relu", "tanh", "identity", "elu", "gelu", "silu")


@pytest.mark.parametrize("name", ["sigmoid", "softplus"])
def test_the_wave_climbs_a_layer_a_step(name: str) -> None:
    assert moved_from_zero(replace(UNBALANCED, activation=name)) == ((3,), (3, 2), (3, 2, 1))
    one = replace(UNBALANCED, activation=name, hidden=(4,))
    assert moved_from_zero(one) == ((2,), (2, 1))


@pytest.mark.parametrize("name", STUCK)
def test_what_is_zero_at_zero_stays(name: str) -> None:
    assert moved_from_zero(replace(UNBALANCED, activation=name)) == ((), (), ())


@pytest.mark.parametrize("name", [each.name for each in elementwise_activations()])
def test_balanced_labels_move_nothing(name: str) -> None:
    assert moved_from_zero(replace(BALANCED, activation=name)) == ((), (), ())


def test_another_start_of_the_scenario_is_replaced_by_zeros() -> None:
    he = replace(UNBALANCED, weights="he", biases="constant 1", activation="tanh")
    assert moved_from_zero(he) == ((), (), ())


def test_the_table_holds_the_rule() -> None:
    table = activations_table(UNBALANCED)
    assert [column.key for column in table.columns] == [
        "activation",
        "at_zero",
        "slope_at_zero",
        "step_1",
        "step_2",
        "step_3",
    ]
    assert {str(row[0]) for row in table.rows} == set(ACTIVATIONS) - {"softmax"}
    for row in table.rows:
        moves = ("W³", "W³ W²", "W³ W² W¹") if row[1] != 0 else ("none",) * 3
        assert row[3:] == moves
    texts = {row[0]: row[1:3] for row in table.texts()}
    assert texts["sigmoid"] == ("0.5", "0.25")
    assert texts["softplus"] == ("0.6931", "0.5")
    assert texts["relu"] == ("0", "0")


def test_the_slope_is_by_the_convention_of_the_scenario() -> None:
    table = activations_table(replace(UNBALANCED, relu_slope_at_zero=1.0))
    assert table.rows[0][:3] == ("relu", 0.0, 1.0)
    assert table.rows[0][3:] == ("none",) * 3


def test_without_hidden_layers_there_is_nothing_to_change() -> None:
    with pytest.raises(EngineError, match="at least one width"):
        moved_from_zero(replace(UNBALANCED, hidden=(), activation="relu"))
