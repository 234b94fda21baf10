from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import EngineError
from engine.scenario import Scenario, run
from engine.side_by_side import equivalent, side_by_side, width_one_table
from engine.trace import cost

TWINS = Scenario(
    "t",
    "t",
    {"name": "blobs", "seed": 2},
    (10, 5),
    weights="constant 0.1",
    fixed_order=True,
    learning_rate=0.1,
    steps=200,
    record_every=100,
)
WAVE = replace(TWINS, data={"name": "blobs", "seed": 2, "drop": 50}, activation="sigmoid", weights="zeros")


@pytest.mark.parametrize("scenario", [TWINS, WAVE, replace(TWINS, data="course-circles")])
def test_both_go_the_same_way(scenario: Scenario) -> None:
    pairs = list(side_by_side(scenario, 30))
    assert [pair.step for pair in pairs] == [0, 30, 60, 90, 120, 150, 180, 200]
    data = scenario.split().train
    for pair in pairs:
        assert pair.single.sizes == (2, 1, 1, 1)
        assert pair.single_cost == pytest.approx(cost(pair.single, data.x, data.y), rel=1e-14)
        assert pair.single_cost == pytest.approx(pair.wide.cost, rel=1e-12)
    gaps = [pair.gap for pair in pairs]
    assert gaps == sorted(gaps)
    assert gaps[-1] <= 1e-12
    assert len({pair.single_cost for pair in pairs}) == len(pairs), "nothing was trained"


def test_the_wide_network_is_that_of_the_run() -> None:
    *_, last = side_by_side(TWINS, 200)
    ran = run(TWINS).network
    assert last.wide.network.layers[0].W.tolist() == ran.layers[0].W.tolist()


def test_the_table() -> None:
    table = width_one_table(["one", "two"], [TWINS, WAVE])
    assert [column.heading for column in table.columns] == [
        "",
        "step",
        "cost, twins",
        "cost, one unit",
        "difference of z",
    ]
    for row, label in zip(table.rows, ("one", "two"), strict=True):
        assert row[:2] == (label, 200)
        assert row[2] == pytest.approx(row[3], rel=1e-12)


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        (replace(TWINS, optimizer="adam"), "plain gradient descent on all examples"),
        (replace(TWINS, batch=10), "plain gradient descent on all examples"),
        (replace(TWINS, dropout=0.2), "plain gradient descent on all examples"),
        (replace(TWINS, weight_decay=0.1), "plain gradient descent on all examples"),
        (replace(TWINS, hidden=()), "hidden layers, and plain gradient descent"),
        (replace(TWINS, fixed_order=False), "fixed_order is False; allowed: true"),
        (replace(TWINS, weights="he"), "a layer of units that differ"),
    ],
)
def test_what_has_no_equivalent(scenario: Scenario, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        equivalent(scenario)


def test_a_batch_of_all_examples_is_no_mini_batch() -> None:
    assert equivalent(replace(TWINS, batch=300)).network.sizes == (2, 1, 1, 1)
