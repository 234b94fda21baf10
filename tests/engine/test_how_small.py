"""How the size of the first differences decides what becomes of them."""

from __future__ import annotations

import pytest

from engine.measures import MEASURES, Moment
from engine.scenario import Scenario, snapshots


def last_moment(scenario: Scenario, every: int) -> Moment:
    split = scenario.split()
    curve = []
    for snapshot in snapshots(scenario, every):
        curve.append((snapshot.step, snapshot.cost))
        network = snapshot.network
    return Moment(split.train, scenario.network(split), network, snapshot.step, tuple(curve), True)


def plateau(hidden: tuple[int, ...], size: float, steps: int) -> int:
    scenario = Scenario(
        "noise",
        "noise",
        {"name": "blobs", "seed": 2},
        hidden,
        activation="tanh",
        weights=f"zeros + noise {size}",
        learning_rate=0.05,
        steps=steps,
        record_every=steps,
    )
    left = last_moment(scenario, 1).left_plateau
    assert left is not None
    return left


def test_two_layers_leave_the_plateau_in_a_time_like_the_logarithm() -> None:
    first, second, third = (plateau((10,), size, 1_000) for size in (1e-4, 1e-8, 1e-12))
    assert third - second == pytest.approx(second - first, rel=0.05)


def test_three_layers_leave_it_in_a_time_like_one_over_the_noise() -> None:
    first, second, third = (plateau((10, 5), size, 2_500) for size in (0.02, 0.01, 0.005))
    assert second / first == pytest.approx(2, rel=0.25)
    assert third / second == pytest.approx(2, rel=0.15)


def test_how_much_differences_have_grown() -> None:
    scenario = Scenario(
        "twins",
        "twins",
        "course-circles",
        (10, 5),
        weights="constant 0.5 + noise 1e-2",
        steps=200,
        record_every=200,
    )
    assert MEASURES["growth"].text(last_moment(scenario, 200)).startswith("× 1")
    same = Scenario(
        "s", "s", "course-circles", (3,), weights="constant 0.5", fixed_order=True, steps=2, record_every=1
    )
    assert MEASURES["growth"].text(last_moment(same, 1)) == "none at the start"
