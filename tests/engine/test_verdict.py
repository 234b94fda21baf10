from __future__ import annotations

import math

import numpy as np
import pytest

from engine.errors import EngineError
from engine.losses import SQUARED_ERROR
from engine.network import Network
from engine.scenario import Scenario
from engine.verdict import both_labels, first_steps, live_weights, start_of

LN2 = 0.6931471805599453


def exercise(**settings: object) -> Scenario:
    described = {"title": "t", "data": "course-circles", "hidden": [10, 5], "steps": 5, "record_every": 1}
    return Scenario.from_mapping("t", {**described, **settings})


ZEROS = exercise()
ZERO_OUTPUT = exercise(weights=["he", "he", "zeros"])
OUTPUT_BIAS = exercise(biases=["zeros", "zeros", "constant 1"])
HE = exercise(weights="he")


def test_the_losses_of_two_points_worked_by_hand() -> None:
    # z = x, so p = 1/2 at x = 0 and p = 3/4 at x = ln 3: the losses are −ln(1 − p) and −ln p.
    network = Network.of([([[1.0]], [0.0], "sigmoid")])
    found = both_labels(network, np.array([[0.0, math.log(3.0)]]))
    assert found.if_zero == pytest.approx([math.log(2), math.log(4)])
    assert found.if_one == pytest.approx([math.log(2), math.log(4 / 3)])
    assert (found.differing, found.same, found.everywhere) == (1, False, None)


def test_another_loss() -> None:
    network = Network.of([([[0.0]], [0.5], "identity")])
    found = both_labels(network, np.array([[1.0, 2.0]]), SQUARED_ERROR)
    assert found.same
    assert found.everywhere == (0.25, 0.25)


def test_two_outputs_have_no_two_losses() -> None:
    network = Network.of([([[0.0], [0.0]], [0.0, 0.0], "identity")])
    with pytest.raises(EngineError, match="outputs is 2; allowed: one"):
        both_labels(network, np.array([[1.0]]), SQUARED_ERROR)


def test_the_four_starts() -> None:
    assert start_of(ZEROS).everywhere == (LN2, LN2)
    assert start_of(ZERO_OUTPUT).everywhere == (LN2, LN2)
    assert start_of(OUTPUT_BIAS).everywhere == pytest.approx(
        (1 + math.log1p(math.exp(-1)), math.log1p(math.exp(-1)))
    )
    assert [start_of(each).same for each in (ZEROS, ZERO_OUTPUT, OUTPUT_BIAS, HE)] == [
        True,
        True,
        False,
        False,
    ]
    assert start_of(HE).everywhere is None
    assert start_of(HE).differing == 300
    assert [live_weights(each) > 0 for each in (ZEROS, ZERO_OUTPUT, OUTPUT_BIAS, HE)] == [
        False,
        True,
        False,
        True,
    ]


def test_the_first_steps_as_people_read_them() -> None:
    rows = first_steps({"zeros": ZEROS, "bias": OUTPUT_BIAS}).texts()
    assert rows == (
        ("zeros", "0.693147", "0.693147", "yes", "0 of 75 weights"),
        ("bias", "1.313262", "0.313262", "no", "0 of 75 weights"),
    )
    ((_, if_zero, *_),) = first_steps({"he": HE}).texts()
    low, high = if_zero.split(" to ")
    assert float(low) < float(high)
