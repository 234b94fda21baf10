"""What a run refuses, and how a scenario says how to train."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data_settings import dataset
from engine.datasets import Dataset
from engine.errors import EngineError, OverflowedError
from engine.initializers import course_source, initialize
from engine.network import Network
from engine.optimizers import Adam, GradientDescent
from engine.scenario import Scenario, snapshots
from engine.training import train

CIRCLES = dataset("course-circles")


@pytest.mark.parametrize("g", ["relu", "tanh", "identity", "sigmoid"])
def test_a_run_that_overflows_says_so(g: str) -> None:
    network = initialize((2, 4, 1), [g, "identity"], "he", course_source())
    rule = GradientDescent(1e6)
    with pytest.raises(OverflowedError, match=r"the run by step \d+ is beyond float64"):
        list(train(network, CIRCLES.train, steps=2_000, every=100, optimizer=rule, loss="squared-error"))


@pytest.mark.parametrize("batch", [None, 1])
def test_a_square_that_overflows_in_adam_says_so_and_does_not_stall(batch: int | None) -> None:
    data = Dataset(np.array([[1e80, 1.0]]), np.zeros((1, 2)))
    stream = train(
        Network.of([([[1.0]], [0.0], "identity")]),
        data,
        steps=9,
        every=1,
        optimizer=Adam(),
        loss="squared-error",
        batch=batch,
        random=np.random.default_rng(0),
    )
    with pytest.raises(OverflowedError, match=r"the run by step [12] is beyond float64"):
        list(stream)


@pytest.mark.parametrize(
    ("given_settings", "message"),
    [
        ({"steps": -1}, "steps is -1"),
        ({"every": 0}, "every is 0"),
        ({"batch": 0}, "batch is 0"),
        ({"batch": 32}, "random is None; allowed: a numpy.random.Generator"),
        ({"dropout": 0.5}, "random is None"),
        ({"dropout": 1.0}, "dropout is 1.0; allowed: a number from 0 to 0.99"),
        ({"loss": "cross"}, "loss is cross"),
        ({"data": Dataset(np.ones((3, 4)), np.ones((1, 4)))}, r"the shape of x is \(3, 4\)"),
        ({"data": Dataset(np.ones((2, 4)), np.ones((2, 4)))}, r"the shape of y is \(2, 4\)"),
        ({"data": Dataset(np.ones((2, 4)), np.full((1, 4), 2.0))}, "a label is 2.0"),
    ],
)
def test_settings_that_are_refused(given_settings: dict[str, object], message: str) -> None:
    plain: dict[str, object] = {
        "data": CIRCLES.train,
        "steps": 1,
        "every": 1,
        "optimizer": GradientDescent(),
        "loss": "binary-cross-entropy",
    }
    network = initialize((2, 10, 5, 1), ("relu", "relu", "sigmoid"), "he", course_source())
    with pytest.raises(EngineError, match=message):
        train(network, **{**plain, **given_settings})  # type: ignore[arg-type]


def short(**given_settings: object) -> Scenario:
    plain = {"title": "short", "data": "course-circles", "hidden": [4], "steps": 5, "weights": "he"}
    return Scenario.from_mapping("short", {"record_every": 1, **plain, **given_settings})


@pytest.mark.parametrize(
    "given_settings",
    [
        {"optimizer": "adam", "weight_decay": 0.1},
        {"optimizer": "momentum", "momentum": 0.5},
        {"batch": 32},
        {"dropout": 0.2},
        {"fixed_order": True},
        {"batch": 32, "seed": 1},
    ],
)
def test_a_scenario_says_how_to_train(given_settings: dict[str, object]) -> None:
    plain = [snapshot.cost for snapshot in snapshots(short(), 5)]
    told = [snapshot.cost for snapshot in snapshots(short(**given_settings), 5)]
    assert told == [snapshot.cost for snapshot in snapshots(short(**given_settings), 5)]
    assert told[0] == pytest.approx(plain[0], rel=1e-14)
    assert (told[1] != pytest.approx(plain[1], rel=1e-12)) == (given_settings != {"fixed_order": True})


@pytest.mark.parametrize(
    ("given_settings", "message"),
    [
        ({"optimizer": "sgd"}, "optimizer is sgd"),
        ({"optimizer": "adam", "momentum": 0.9}, "a setting of adam is momentum"),
        ({"learning_rate": "fast"}, "learning_rate is fast"),
        ({"weight_decay": 1e9}, "weight_decay is 1000000000.0"),
        ({"batch": 0}, "batch is 0"),
        ({"batch": 2.5}, "batch is 2.5"),
        ({"dropout": 1}, "dropout is 1"),
        ({"seed": -1}, "seed is -1"),
        ({"fixed_order": 1}, "fixed_order is 1; allowed: true or false"),
    ],
)
def test_a_scenario_that_is_refused(given_settings: dict[str, object], message: str) -> None:
    with pytest.raises(EngineError, match=message):
        short(**given_settings)
