from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from engine.initializers import initializer
from engine.rules import silenced
from engine.scenario import Scenario
from engine.switches import layers_with_gradient, switch_table, with_zero_layers

ZEROED = [each for count in range(4) for each in combinations((1, 2, 3), count)]


def he(activation: str) -> Scenario:
    return Scenario("he", "he", "course-circles", (10, 5), activation=activation, weights="he")


@pytest.mark.parametrize("zeroed", ZEROED)
def test_the_other_layers_start_as_they_did(zeroed: tuple[int, ...]) -> None:
    plain, switched = he("tanh"), with_zero_layers(he("tanh"), zeroed)
    before, after = plain.network(plain.split()), switched.network(switched.split())
    for number, (one, other) in enumerate(zip(before.layers, after.layers, strict=True), start=1):
        np.testing.assert_array_equal(other.W, np.zeros_like(one.W) if number in zeroed else one.W)


# Worked out from dWˡ = δˡ (aˡ⁻¹)ᵀ: with g(0) = 0 a zero layer silences all above it, and blocks all below it.
@pytest.mark.parametrize(
    ("activation", "found"),
    [
        ("relu", [(1, 2, 3), (), (), (3,), (), (), (), ()]),
        ("tanh", [(1, 2, 3), (1,), (2,), (3,), (), (), (), ()]),
        ("sigmoid", [(1, 2, 3), (1, 2, 3), (2, 3), (3,), (2, 3), (), (), ()]),
    ],
)
def test_which_layers_get_a_gradient(activation: str, found: list[tuple[int, ...]]) -> None:
    assert [layers_with_gradient(with_zero_layers(he(activation), zeroed)) for zeroed in ZEROED] == found


def test_the_table_has_a_row_a_setting() -> None:
    table = switch_table(he("tanh"), "He")
    assert len(table.rows) == 8
    assert table.rows[0] == ("He", "He", "He", "1 2 3")
    assert table.rows[1] == ("He", "He", "0", "3")
    assert table.rows[7] == ("0", "0", "0", "none")


def test_a_silenced_rule_draws_all_the_same() -> None:
    random, other = np.random.default_rng(1), np.random.default_rng(1)
    assert not silenced(initializer("normal 1 + noise 2")).draw(3, 2, random).any()
    initializer("normal 1 + noise 2").draw(3, 2, other)
    assert random.random() == other.random()
