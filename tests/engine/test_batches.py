from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice

import numpy as np
import pytest

from engine.run import batch_order
from engine.scenario import Scenario, batches, gradients_at, snapshots
from tests.engine.descent import descended

HE = Scenario("b", "b", "course-circles", (4,), weights="he", learning_rate=0.1, steps=70, record_every=70)


def order(size: int, m: int, count: int) -> list[list[int]]:
    return [columns.tolist() for columns in islice(batch_order(size, m, np.random.default_rng(1)), count)]


def test_an_epoch_takes_each_example_once_and_the_next_in_another_order() -> None:
    found = order(4, 10, 6)
    assert [len(columns) for columns in found] == [4, 4, 2, 4, 4, 2]
    first, second = (list(chain(*found[start : start + 3])) for start in (0, 3))
    assert sorted(first) == sorted(second) == list(range(10))
    assert first != second


def test_all_examples_are_taken_as_they_are() -> None:
    assert order(3, 3, 2) == [[0, 1, 2]] * 2


@pytest.mark.parametrize("batch", [1, 7, 64, 300, None])
def test_descent_by_these_batches_is_the_run(batch: int | None) -> None:
    scenario = replace(HE, batch=batch)
    network = scenario.network(scenario.split())
    for data in islice(batches(scenario), scenario.steps):
        network = descended(gradients_at(scenario, network, data), scenario.learning_rate)
    *_, last = snapshots(scenario, scenario.steps)
    for mine, ran in zip(network.layers, last.network.layers, strict=True):
        np.testing.assert_allclose(mine.W, ran.W, rtol=1e-9, atol=1e-12)


def test_with_dropout_the_whole_training_set_is_given() -> None:
    assert next(batches(replace(HE, batch=1, dropout=0.2))).size == 300
