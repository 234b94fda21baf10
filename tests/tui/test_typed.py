from __future__ import annotations

import pytest

from tui.widgets import typed


@pytest.mark.parametrize(
    ("text", "digit", "found"),
    [("", 3, "3"), ("0", 3, "3"), ("-0", 3, "-3"), ("3", 4, "3"), ("0.", 4, "0.4"), ("-0.25", 7, "-0.25")],
)
def test_digits(text: str, digit: int, found: str) -> None:
    assert typed.with_digit(text, digit) == found


@pytest.mark.parametrize(
    ("text", "found"), [("", "0."), ("3", "3."), ("3.", "3."), ("-1.2", "-1.2"), ("-", "-.")]
)
def test_the_point(text: str, found: str) -> None:
    assert typed.with_point(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("", 0.0), ("-", 0.0), ("-.", 0.0), ("3.", 3.0), ("-0", 0.0), ("-0.25", -0.25)]
)
def test_values(text: str, found: float) -> None:
    assert typed.value(text) == found
    assert typed.value(typed.with_other_sign(text)) == -found
