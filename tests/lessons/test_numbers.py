from __future__ import annotations

import pytest

from lessons.numbers import typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("-0.5", -0.5),
        ("−0,5", -0.5),
        ("+2", 2.0),
        ("-1/2", -0.5),
        ("1/−2", -0.5),
        ("5e-1", 0.5),
        ("5E−1", 0.5),
        (" 3 ", 3.0),
        ("0/4", 0.0),
    ],
)
def test_what_is_a_number(text: str, number: float) -> None:
    assert typed_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "-", "1/0", "1/2/3", "1.2.3", "1,000.5", "e", "1e", "--1", "1e999", "nan", "½", "1 2", "x"]
)
def test_what_is_none(text: str) -> None:
    assert typed_number(text) is None
