from __future__ import annotations

import math

import pytest

from engine.digits import ABSENT, agreeing, comparison, written


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.25, "0.25"),
        (0.6931471805599453, "0.6931471805599453"),
        (1773.5859549373833, "1773.5859549373833"),
        (1.5e-7, "0.00000015"),
        (2e-16, "0.0000000000000002"),
        (1e20, "100000000000000000000"),
        (math.inf, "inf"),
    ],
)
def test_written_gives_the_same_number_again(number: float, text: str) -> None:
    assert written(number) == text
    assert float(written(number)) == number


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (0.6931471805599453, 0.6931471805599455, (17, 15)),
        (0.625, 0.623, (4, 2)),
        (0.0735, 0.0739, (5, 2)),
        (12.5, 125.0, (0, 0)),
        (0.5, 0.53, (3, 1)),
        (1.0, 2.0, (0, 0)),
        (math.inf, 2.0, (0, 0)),
    ],
)
def test_digits_that_agree(one: float, other: float, found: tuple[int, int]) -> None:
    assert agreeing(one, other) == found
    assert agreeing(other, one) == found


def test_a_comparison_as_far_as_a_run_has_come() -> None:
    table = comparison(100, [math.inf, 0.625, 0.5, 0.4], {0: 1773.5, 100: 0.623, 200: 0.5, 250: 0.45})
    assert table.texts() == (
        ("0", "inf", "1773.5", "none", ABSENT),
        ("100", "0.625", "0.623", "2", "−2e−03"),
        ("200", "0.5", "0.5", "all", "0"),
        ("300", "0.4", ABSENT, ABSENT, ABSENT),
    )
