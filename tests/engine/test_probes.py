from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from engine.data_settings import dataset
from engine.datasets import course_circles
from engine.errors import EngineError
from engine.initializers import initialize
from engine.network import Network
from engine.probes import Weight, cost_change, count_of_live_weights, nudged, path, weights

DATA = course_circles().train


def zeros(*sizes: int, hidden: str = "relu") -> Network:
    names = [*[hidden] * (len(sizes) - 2), "sigmoid"]
    return initialize(sizes, names, "zeros", np.random.default_rng(0))


@pytest.mark.parametrize("by", [1e-6, 1e-3, 1.0, 100.0, -1.0])
@pytest.mark.parametrize("hidden", ["relu", "tanh", "gelu"])
def test_no_single_weight_changes_the_cost_of_an_all_zero_network(by: float, hidden: str) -> None:
    assert count_of_live_weights(zeros(2, 10, 5, 1, hidden=hidden), DATA.x, DATA.y, by) == 0


def test_every_weight_that_is_alive_is_counted() -> None:
    assert count_of_live_weights(zeros(2, 1), DATA.x, DATA.y, 0.1) == 2


def test_of_all_pairs_exactly_the_paths_change_the_cost_of_two_layers() -> None:
    network = zeros(2, 3, 1)
    alive = {
        pair
        for pair in combinations(weights(network), 2)
        if cost_change(network, DATA.x, DATA.y, pair, 0.5) != 0.0
    }
    assert len(list(combinations(weights(network), 2))) == 36
    assert alive == {path(network, [k, unit, 0]) for k, unit in product(range(2), range(3))}
    assert len(alive) == 6


def test_no_pair_changes_the_cost_of_three_layers() -> None:
    network = zeros(2, 3, 2, 1)
    pairs = list(combinations(weights(network), 2))
    assert len(pairs) == 91
    assert not any(cost_change(network, DATA.x, DATA.y, pair, 0.5) for pair in pairs)


@pytest.mark.parametrize("hidden", ["tanh", "identity", "relu"])
@pytest.mark.parametrize("sizes", [(2, 1), (2, 3, 1), (2, 3, 2, 1), (2, 3, 2, 2, 1)])
def test_the_order_of_the_first_derivative_along_a_path_is_the_depth(
    hidden: str, sizes: tuple[int, ...]
) -> None:
    data = dataset("blobs").train
    network, depth = zeros(*sizes, hidden=hidden), len(sizes) - 1
    inputs = np.maximum(data.x[0], 0.0) if hidden == "relu" and depth > 1 else data.x[0]
    slope = float(((0.5 - data.y[0]) * inputs).mean())
    h = {1: 1e-6, 2: 1e-4, 3: 1e-3, 4: 3e-3}[depth]
    change = cost_change(network, data.x, data.y, path(network, [0] * (depth + 1)), h)
    assert change == pytest.approx(h**depth * slope, rel=2e-3)


def test_nudged_changes_those_weights_alone_and_not_the_network() -> None:
    network = zeros(2, 2, 1)
    moved = nudged(network, [Weight(1, 1, 0), Weight(2, 0, 1)], 0.25)
    assert moved.layers[0].W.tolist() == [[0.0, 0.0], [0.25, 0.0]]
    assert moved.layers[1].W.tolist() == [[0.0, 0.25]]
    assert not network.layers[0].W.any()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (Weight(0, 0, 0), "a weight's layer is 0; allowed: a whole number from 1 to 2"),
        (Weight(3, 0, 0), "a weight's layer is 3"),
        (Weight(1, 2, 0), "a weight's unit is 2; allowed: a whole number from 0 to 1"),
        (Weight(2, 0, -1), "a weight's input is -1"),
    ],
)
def test_a_weight_that_there_is_not(place: Weight, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        nudged(zeros(2, 2, 1), [place], 0.1)


@pytest.mark.parametrize("by", [np.nan, np.inf, 1e7, "1"])
def test_a_nudge_out_of_range(by: float) -> None:
    with pytest.raises(EngineError, match=r"by is .*; allowed: a number from -1e"):
        nudged(zeros(2, 1), [Weight(1, 0, 0)], by)


@pytest.mark.parametrize(
    ("units", "message"),
    [([0, 0], "units is .*; allowed: 3 of them"), ([0, 2, 0], "a unit of the path is 2; allowed: .* 0 to 1")],
)
def test_a_path_that_there_is_not(units: list[int], message: str) -> None:
    with pytest.raises(EngineError, match=message):
        path(zeros(2, 2, 1), units)
