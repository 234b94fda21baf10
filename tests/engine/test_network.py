from __future__ import annotations

import numpy as np
import pytest

from engine.activations import SIGMOID
from engine.errors import EngineError
from engine.network import Layer, Network


def test_sizes_and_weight_count_of_the_course_network() -> None:
    network = Network.of(
        [
            (np.zeros((10, 2)), np.zeros((10, 1)), "relu"),
            (np.zeros((5, 10)), np.zeros(5), "relu"),
            (np.zeros((1, 5)), np.zeros((1, 1)), "sigmoid"),
        ]
    )
    assert network.sizes == (2, 10, 5, 1)
    assert network.weight_count == 75


def test_plain_lists_and_flat_biases_make_the_same_network() -> None:
    network = Network.of([([[1.0, 2.0]], [3.0], "sigmoid")])
    assert network.layers[0].W.tolist() == [[1.0, 2.0]]
    assert network.layers[0].b.tolist() == [[3.0]]
    assert network.layers[0].activation is SIGMOID
    assert Network.of(network) is network


def test_arrays_of_a_layer_are_copies_that_cannot_be_written() -> None:
    W = np.ones((1, 2))
    layer = Layer(W, np.zeros((1, 1)), SIGMOID)
    W[0, 0] = 9.0
    assert layer.W[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        layer.W[0, 0] = 2.0


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "layers is empty; allowed: at least one layer"),
        ([([[1.0]], [[0.0]], "step")], "activation is step; allowed: .*relu"),
        ([([1.0], [[0.0]], "relu")], "the shape of W"),
        ([([[1.0]], [[0.0], [0.0]], "relu")], r"the shape of b is \(2, 1\); allowed: \(1, 1\)"),
        ([([[1.0]], [0.0, 1.0], "relu")], r"the shape of b is \(2, 1\); allowed: \(1, 1\)"),
        ([([[1.0]], [[0.0], [0.0, 1.0]], "relu")], "b is list; allowed: numbers"),
        ([([[np.nan]], [[0.0]], "relu")], "W is an array with NaN"),
        ([([[1.0]], [[np.inf]], "relu")], "b is an array with NaN or infinity"),
        (
            [([[1.0]], [[0.0]], "relu"), ([[1.0, 2.0]], [[0.0]], "relu")],
            r"the shape of W of layer 2 is \(1, 2\); allowed: \(any, 1\), as wide as layer 1",
        ),
        ([([[1.0]], [[0.0]])], "layer 1 is .*; allowed: W, b and the name of an activation"),
        (7, "layers is 7; allowed: a list"),
    ],
)
def test_what_is_no_network_is_an_error(layers: list[object], message: str) -> None:
    with pytest.raises(EngineError, match=message):
        Network.of(layers)  # type: ignore[arg-type]
