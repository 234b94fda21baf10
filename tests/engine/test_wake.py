from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from engine.datasets import course_circles
from engine.errors import EngineError
from engine.initializers import course_source, initialize
from engine.ledger import Cause
from engine.network import Network
from engine.wake import Awakening, Number, numbers, wake, waking_alone, with_numbers
from tests.engine.descent import train_in_order

CIRCLES = course_circles().train
SLEEPING = initialize([2, 3, 2, 1], ["relu", "relu", "sigmoid"], "zeros", course_source())
STEPS, RATE = 10, 0.1


def tried(values: dict[Number, float]) -> Awakening:
    return wake(with_numbers(SLEEPING, values), CIRCLES, learning_rate=RATE, steps=STEPS)


def test_every_number_has_a_place() -> None:
    places = numbers(SLEEPING)
    assert len(places) == len(set(places)) == 20
    assert sum(place.input is None for place in places) == 6
    assert places[:7] == (
        *(Number(1, unit, given) for unit, given in product((1, 2, 3), (1, 2))),
        Number(1, 1, None),
    )
    changed = with_numbers(SLEEPING, {Number(2, 1, 3): 5.0, Number(3, 1, None): -1.0})
    assert changed.layers[1].W.tolist() == [[0, 0, 5.0], [0, 0, 0]]
    assert changed.layers[2].b.tolist() == [[-1.0]]


def test_asleep_as_it_is() -> None:
    found = tried({})
    assert (found.step, found.moved) == (None, frozenset())
    assert found.cost[0] == found.cost[1]


@pytest.mark.parametrize("value", [1.0, -1.0, 0.5, -0.5, 9.99, -9.99, 0.3])
def test_no_single_number_wakes_it(value: float) -> None:
    assert waking_alone(SLEEPING, CIRCLES, value, learning_rate=RATE, steps=STEPS) == ()


def test_a_network_in_which_one_number_is_enough() -> None:
    start = with_numbers(SLEEPING, {Number(2, 1, None): 1.0})
    found = waking_alone(start, CIRCLES, 1.0, learning_rate=RATE, steps=STEPS)
    assert Number(3, 1, 1) in found
    assert Number(3, 1, None) in found
    assert Number(3, 1, 2) not in found


@pytest.mark.parametrize(
    ("values", "step", "moved"),
    [
        ({Number(2, 1, None): 1.0, Number(3, 1, 1): 1.0}, 1, Number(3, 1, 1)),
        ({Number(2, 1, None): 1.0, Number(3, 1, None): 1.0}, 1, Number(3, 1, 1)),
        ({Number(1, 1, 1): 1.0, Number(2, 1, 1): 1.0}, 1, Number(3, 1, 1)),
    ],
)
def test_two_of_the_right_ones_do(values: dict[Number, float], step: int, moved: Number) -> None:
    found = tried(values)
    assert found.step == step
    assert moved in found.moved
    assert found.cost[1] < found.cost[0]


def test_two_of_the_wrong_ones_do_not() -> None:
    found = tried({Number(2, 1, None): 1.0, Number(3, 1, 2): 1.0})
    assert found.step is None
    assert [entry.layer for entry in found.first] == [1, 2, 3]
    assert found.first[2].causes == (Cause.CANCEL,)


def test_a_whole_path_moves_every_layer() -> None:
    found = tried({Number(1, 1, 1): 1.0, Number(2, 1, 1): 1.0, Number(3, 1, 1): 1.0})
    assert {place.layer for place in found.moved} == {1, 2, 3}


def moved_in_training(start: Network) -> set[Number]:
    *_, last = train_in_order(start, CIRCLES, steps=STEPS, every=STEPS, learning_rate=RATE)
    found = set()
    for layer, (old, new) in enumerate(zip(start.layers, last.network.layers, strict=True), start=1):
        for unit, given in np.argwhere(np.abs(old.W - new.W) > 1e-9):
            found.add(Number(layer, int(unit) + 1, int(given) + 1))
    return found


def test_what_moves_is_what_training_moves() -> None:
    random = np.random.default_rng(0)
    places = numbers(SLEEPING)
    for _ in range(40):
        chosen = random.choice(len(places), size=random.integers(2, 6), replace=False)
        values = {places[at]: float(random.choice([-2.0, -1.0, 0.5, 1.0])) for at in chosen}
        assert tried(values).moved == moved_in_training(with_numbers(SLEEPING, values)), values


def test_a_number_that_there_is_not() -> None:
    with pytest.raises(EngineError, match="a number is"):
        with_numbers(SLEEPING, {Number(4, 1, 1): 1.0})
