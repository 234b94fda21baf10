from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.loss_table import loss_table

probabilities = st.floats(0.001, 0.999)


def test_at_one_half_the_losses_are_equal_and_the_slopes_opposite() -> None:
    if_zero, if_one = loss_table(0.5).records()
    assert if_zero == {"y": 0, "p": 0.5, "loss": 0.6931471805599453, "dloss_dp": 2.0, "delta": 0.5}
    assert if_one == {"y": 1, "p": 0.5, "loss": 0.6931471805599453, "dloss_dp": -2.0, "delta": -0.5}


@given(probabilities)
def test_every_row_is_the_textbook_formula(p: float) -> None:
    if_zero, if_one = loss_table(p).records()
    assert if_one["loss"] == pytest.approx(-math.log(p), rel=1e-12)
    assert if_zero["loss"] == pytest.approx(-math.log1p(-p), rel=1e-12)
    assert if_one["dloss_dp"] == pytest.approx(-1 / p, rel=1e-12)
    assert if_zero["dloss_dp"] == pytest.approx(1 / (1 - p), rel=1e-12)
    assert if_one["delta"] == pytest.approx(p - 1, rel=1e-12)
    assert if_zero["delta"] == pytest.approx(p, rel=1e-12)


@given(probabilities)
def test_the_losses_agree_at_one_half_alone(p: float) -> None:
    if_zero, if_one = loss_table(p).records()
    if p < 0.5:
        assert if_zero["loss"] < if_one["loss"]  # type: ignore[operator]
    if p > 0.5:
        assert if_zero["loss"] > if_one["loss"]  # type: ignore[operator]


@given(probabilities)
def test_swapping_the_labels_mirrors_the_table(p: float) -> None:
    here, mirrored = loss_table(p).records(), loss_table(1.0 - p).records()
    assert here[0]["loss"] == pytest.approx(mirrored[1]["loss"], rel=1e-9)
    assert here[0]["delta"] == pytest.approx(-mirrored[1]["delta"], rel=1e-9)  # type: ignore[operator]


def test_as_people_read_it() -> None:
    assert loss_table(0.5).texts() == (
        ("0", "0.50", "0.693147", "+2.0000", "+0.50"),
        ("1", "0.50", "0.693147", "−2.0000", "−0.50"),
    )


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, np.nan, np.inf, "0.5", None])
def test_what_is_no_probability_is_an_error(p: float) -> None:
    with pytest.raises(EngineError, match=r"p is .*; allowed: a number from 0.001 to 0.999"):
        loss_table(p)
