from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from engine.data_settings import dataset
from engine.datasets import Dataset, course_circles
from engine.errors import EngineError
from engine.initializers import initialize
from engine.network import Network
from engine.nudges import kinds_of_sets, nudge_table, nudgings
from engine.probes import nudged, path
from engine.trace import cost

DATA = course_circles().train


def network(*sizes: int, hidden: str = "relu", weights: str = "zeros") -> Network:
    names = [*[hidden] * (len(sizes) - 2), "sigmoid"]
    return initialize(sizes, names, weights, np.random.default_rng(0))


def test_in_the_network_of_the_exercise_no_weight_and_no_pair_matters_and_every_path_does() -> None:
    alone, pairs, paths = nudgings(network(2, 10, 5, 1), DATA, 0.5)
    assert (alone.sets, alone.live, alone.lowest, alone.highest) == (75, 0, 0.0, 0.0)
    assert (pairs.sets, pairs.live, pairs.lowest, pairs.highest) == (2_775, 0, 0.0, 0.0)
    assert (paths.sets, paths.live) == (100, 100)
    assert paths.lowest < 0 < paths.highest, "a way down and a way up: no minimum, no maximum"


@pytest.mark.parametrize("by", [0.5, 0.25, 0.125])
def test_a_path_in_every_combination_of_signs_is_what_the_probes_find(by: float) -> None:
    start = network(2, 2, 1, 1)
    before = cost(start, DATA.x, DATA.y)
    changes = []
    for units in np.ndindex(*start.sizes):
        for signs in product((1, -1), repeat=3):
            moved = start
            for place, sign in zip(path(start, units), signs, strict=True):
                moved = nudged(moved, [place], sign * by)
            changes.append(cost(moved, DATA.x, DATA.y) - before)
    *_, paths = nudgings(start, DATA, by)
    assert (paths.lowest, paths.highest) == (min(changes), max(changes))


def test_one_path_by_hand() -> None:
    # x = 2, y = 1, h = 1/2: p = σ(±h · h · 2) where ReLU lets it through, and the cost was ln 2.
    point = Dataset(np.array([[2.0]]), np.array([[1.0]]))
    alone, pairs, paths = nudgings(network(1, 1, 1), point, 0.5)
    assert (alone.live, pairs.live, paths.live) == (0, 1, 1)
    assert paths.lowest == pytest.approx(np.log1p(np.exp(-0.5)) - np.log(2))
    assert paths.highest == pytest.approx(np.log1p(np.exp(0.5)) - np.log(2))


def test_halving_three_weights_makes_the_change_about_eight_times_smaller() -> None:
    start = network(2, 10, 5, 1)
    lowest = [list(nudgings(start, DATA, by))[-1].lowest for by in (0.125, 0.0625)]
    assert lowest[0] / lowest[1] == pytest.approx(8, rel=0.02)


def test_where_weights_are_not_zero_each_one_matters_and_the_network_stays_as_it_was() -> None:
    start = network(2, 3, 1, hidden="tanh", weights="normal 1")
    kept = [layer.W.copy() for layer in start.layers]
    alone, pairs, _ = nudgings(start, dataset("blobs").train, 0.1)
    assert (alone.live, pairs.live) == (9, 36)
    assert all((layer.W == W).all() for layer, W in zip(start.layers, kept, strict=True))


def test_the_table_has_a_row_for_each_kind() -> None:
    table = nudge_table(list(nudgings(network(2, 3, 1), DATA, 0.5)))
    assert [row[:3] for row in table.texts()] == [
        ("1 weight alone", "9", "0"),
        ("2 weights, any", "36", "6"),
        ("2 weights, on a path x to p", "6", "6"),
    ]


@pytest.mark.parametrize("by", [0.0, -1.0, 11.0, np.nan])
def test_a_size_out_of_range(by: float) -> None:
    with pytest.raises(EngineError, match=r"by is .*; allowed: a number from 0.001 to 10"):
        list(nudgings(network(2, 1), DATA, by))


def test_a_network_that_is_too_large_is_refused_before_anything_is_tried() -> None:
    with pytest.raises(
        EngineError, match=r"nudges of weights, pairs and paths is .*; allowed: at most 50,000"
    ):
        kinds_of_sets(network(2, 100, 100, 1), 1)
    with pytest.raises(EngineError, match="at most 50,000"):
        list(nudgings(network(2, 8, 8, 8, 8, 8, 8, 1), DATA, 0.5))


@pytest.mark.parametrize(
    ("sizes", "examples", "allowed"),
    [
        ((2, 10, 5, 1), 300, True),
        ((2, 10, 5, 1), 1_000, False),
        ((2, 10, 10, 1), 30_000, False),
        ((2, 3, 1), 30_000, True),
    ],
)
def test_many_examples_allow_fewer_tries(sizes: tuple[int, ...], examples: int, allowed: bool) -> None:
    if allowed:
        assert len(kinds_of_sets(network(*sizes), examples)) == 3
    else:
        says = r"tries × examples × weights is .*; allowed: at most 4e\+08: fewer points, or narrower layers"
        with pytest.raises(EngineError, match=says):
            kinds_of_sets(network(*sizes), examples)


def test_it_stops_between_two_tries_when_it_is_told_to() -> None:
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked > 200

    # 2 × 75 tries are of weights alone, the next ones of pairs.
    found = list(nudgings(network(2, 10, 5, 1), DATA, 0.5, stopped=stopped))
    assert [each.sets for each in found] == [75]
    assert asked == 201
