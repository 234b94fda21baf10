from __future__ import annotations

import math

import numpy as np
import pytest

from engine.errors import EngineError
from engine.loss_table import loss_curves, loss_table, push, push_table


def test_the_curves_are_the_textbook_formulas() -> None:
    p = [0.01, 0.25, 0.5, 0.75, 0.99]
    if_zero, if_one = loss_curves(p)
    assert if_zero == pytest.approx([-math.log1p(-each) for each in p], rel=1e-12)
    assert if_one == pytest.approx([-math.log(each) for each in p], rel=1e-12)
    assert if_zero[2] == if_one[2]


def test_the_curves_go_through_the_table() -> None:
    for p in (0.01, 0.31, 0.5, 0.99):
        assert loss_curves([p])[:, 0].tolist() == [row["loss"] for row in loss_table(p).records()]


def test_a_step_pushes_z_toward_the_label_of_the_example() -> None:
    for p in (0.01, 0.5, 0.99):
        if_zero, if_one = push_table(p).records()
        assert if_zero["push"] == "down ↓ toward label 0"
        assert if_one["push"] == "up ↑ toward label 1"
        for row, label in ((if_zero, 0.0), (if_one, 1.0)):
            # One step on z itself, from the formula: z ← z − α·δ brings σ(z) nearer to the label.
            z = math.log(p / (1 - p)) - 0.1 * float(row["delta"])
            assert abs(1 / (1 + math.exp(-z)) - label) < abs(p - label)
    assert push(0.0) == "not at all"


@pytest.mark.parametrize("p", [[0.0, 0.5], [1.0], [np.nan], [], 0.5, ["a"]])
def test_what_are_no_probabilities_is_an_error(p: object) -> None:
    with pytest.raises(EngineError, match="allowed: "):
        loss_curves(p)  # type: ignore[arg-type]
