from __future__ import annotations

import numpy as np

from engine.network import Network
from engine.signals import Signal, signals
from engine.trace import backward, forward
from lessons.drawing import drawing, in_words

ZERO_RELU = (
    Signal(0, (True, True), (), W=False, dW=False),
    Signal(1, (False,) * 10, (False,) * 10, W=False, dW=False),
    Signal(2, (False,) * 5, (False,) * 5, W=True, dW=False),
    Signal(3, (True,), (True,), W=True, dW=True),
)


def text(found: tuple[Signal, ...], width: int = 72) -> list[str]:
    return ["".join(piece for piece, _ in line).rstrip() for line in drawing(found, width)]


def test_units_weights_and_products() -> None:
    assert text(ZERO_RELU) == [
        "    x            layer 1              layer 2           layer 3",
        "a   ●● ·W¹ = 0·· ○○○○○○○○○○ ─W² ≠ 0─▶ ○○○○○   ─W³ ≠ 0─▶ ●",
        "δ                ○○○○○○○○○○ ◀─W² ≠ 0─ ○○○○○   ◀─W³ ≠ 0─ ●",
        "dW      dW¹ = 0              dW² = 0           dW³ ≠ 0",
    ]


def test_what_is_zero_is_marked() -> None:
    _, a, delta, products = drawing(ZERO_RELU, 72)
    assert {piece for piece, zero in a if zero} == {"○", "·W¹ = 0··"}
    assert {piece for piece, zero in delta if zero} == {"○"}
    assert {piece for piece, zero in products if zero} == {"dW¹ = 0", "dW² = 0"}


def test_wide_layers_are_counted() -> None:
    wide = (ZERO_RELU[0], Signal(1, (True,) * 3 + (False,) * 30, (False,) * 33, W=True, dW=False))
    assert "● 3 of 33" in text(wide)[1]
    assert "○ 0 of 33" in text(wide)[2]


def test_where_there_is_no_room_it_is_said_in_words() -> None:
    narrow = text(ZERO_RELU, 60)
    assert max(len(line) for line in narrow) <= 60
    assert " ".join(" ".join(narrow).split()) == " ".join(in_words(ZERO_RELU))
    assert [line[:2] for line in narrow] == ["x ", "La", "  ", "La", "  ", "La", "  "]
    assert in_words(ZERO_RELU) == [
        "x is not zero.",
        "Layer 1: W¹ = 0; a¹ not zero in 0 of 10; δ¹ not zero in 0 of 10; dW¹ = 0.",
        "Layer 2: W² ≠ 0; a² not zero in 0 of 5; δ² not zero in 0 of 5; dW² = 0.",
        "Layer 3: W³ ≠ 0; a³ not zero in 1 of 1; δ³ not zero in 1 of 1; dW³ ≠ 0.",
    ]


def test_logistic_regression_has_no_way_back() -> None:
    network = Network.of([(np.ones((1, 2)), [0.0], "sigmoid")])
    found = signals(backward(forward(network, [[1.0], [0.0]]), [[1.0]]))
    assert text(found)[1:] == [
        "a   ●○ ─W¹ ≠ 0─▶ ●",
        "δ                ●",
        "dW      dW¹ ≠ 0",
    ]
