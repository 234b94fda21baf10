from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arrays import frozen_array, max_abs, real_number, whole_number
from engine.errors import EngineError


def test_frozen_array_is_a_read_only_float64_copy() -> None:
    source = np.array([[1, 2]])
    frozen = frozen_array("x", source, (1, None))
    source[0, 0] = 7
    assert frozen.dtype == np.float64
    assert frozen[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        frozen[0, 0] = 3.0


@pytest.mark.parametrize(
    ("value", "shape", "message"),
    [
        ([[1.0, np.nan]], (1, 2), "x is an array with NaN or infinity; allowed: finite numbers"),
        ([[np.inf]], (1, 1), "NaN or infinity"),
        ([[10**400]], (1, 1), "x is list; allowed: numbers"),
        ([[1j]], (1, 1), "x is list; allowed: numbers"),
        ([["5"]], (1, 1), "x is list; allowed: numbers"),
        ([[1.0, 2.0]], (2, 1), r"the shape of x is \(1, 2\); allowed: \(2, 1\)"),
        ([1.0], (None, None), r"the shape of x is \(1,\); allowed: \(any, any\)"),
        (np.zeros((0, 3)), (None, 3), r"\(0, 3\); allowed: \(any, 3\)"),
        ("text", (None,), "x is str; allowed: numbers"),
        ([[1.0], [1.0, 2.0]], (None, None), "x is list; allowed: numbers"),
    ],
)
def test_frozen_array_refuses(value: object, shape: tuple[int | None, ...], message: str) -> None:
    with pytest.raises(EngineError, match=message):
        frozen_array("x", value, shape)  # type: ignore[arg-type]


def test_max_abs_looks_at_both_signs() -> None:
    assert max_abs(np.array([[1.0, -3.0], [2.0, 0.0]])) == 3.0


@given(st.integers(-50, 50))
def test_whole_number_is_itself_or_an_error(value: int) -> None:
    if 0 <= value <= 9:
        assert whole_number("n", value, 0, 9) == value
    else:
        with pytest.raises(EngineError, match=f"n is {value}; allowed: a whole number from 0 to 9"):
            whole_number("n", value, 0, 9)


@pytest.mark.parametrize("value", [True, 1.0, "1", None, np.nan])
def test_whole_number_refuses_what_is_no_integer(value: object) -> None:
    with pytest.raises(EngineError, match=r"n is .*; allowed: a whole number from 0 to 9"):
        whole_number("n", value, 0, 9)


@pytest.mark.parametrize("value", [True, "1", None, np.nan, np.inf, -np.inf, -0.5, 1.5])
def test_real_number_refuses(value: object) -> None:
    with pytest.raises(EngineError, match=r"rate is .*; allowed: a number from 0 to 1"):
        real_number("rate", value, 0.0, 1.0)


@pytest.mark.parametrize("value", [0, 1, 0.25, np.float64(0.5)])
def test_real_number_returns_a_float(value: float) -> None:
    number = real_number("rate", value, 0.0, 1.0)
    assert type(number) is float
    assert number == value
