from __future__ import annotations

import numpy as np

from engine.datasets import course_circles
from engine.network import Network
from engine.signals import Signal, signals
from engine.trace import backward, forward

DATA = course_circles().train


def zeros(hidden: str) -> Network:
    return Network.of(
        [
            (np.zeros((3, 2)), np.zeros(3), hidden),
            (np.zeros((2, 3)), np.zeros(2), hidden),
            (np.zeros((1, 2)), np.zeros(1), "sigmoid"),
        ]
    )


def test_all_zero_relu() -> None:
    found = signals(backward(forward(zeros("relu"), DATA.x), DATA.y))
    assert found == (
        Signal(0, (True, True), (), W=False, dW=False),
        Signal(1, (False,) * 3, (False,) * 3, W=False, dW=False),
        Signal(2, (False,) * 2, (False,) * 2, W=False, dW=False),
        Signal(3, (True,), (True,), W=False, dW=False),
    )


def test_all_zero_sigmoid_says_something_and_its_errors_cancel_where_labels_are_balanced() -> None:
    trace = forward(zeros("sigmoid"), DATA.x)
    for y, moves in ((DATA.y, False), (np.zeros_like(DATA.y), True)):
        last = signals(backward(trace, y))[-1]
        assert (last.delta, last.dW) == ((True,), moves)
        below = signals(backward(trace, y))[-2]
        assert (below.a, below.delta, below.dW) == ((True, True), (False, False), False)


def test_single_units_are_told_apart() -> None:
    network = Network.of([([[1.0, 0.0], [0.0, 0.0]], [0.0, 0.0], "relu"), ([[1.0, 0.0]], [0.0], "sigmoid")])
    _, hidden, output = signals(backward(forward(network, [[2.0], [1.0]]), [[0.0]]))
    assert hidden == Signal(1, (True, False), (True, False), W=True, dW=True)
    assert output == Signal(2, (True,), (True,), W=True, dW=True)
