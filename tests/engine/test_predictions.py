from __future__ import annotations

import numpy as np

from engine.datasets import Dataset
from engine.network import Network
from engine.predictions import accuracy, predictions


def test_one_half_is_not_above_one_half() -> None:
    network = Network.of([([[1.0]], [0.0], "sigmoid")])
    assert predictions(network, np.array([[-1.0, 0.0, 1e-9]])).tolist() == [[0.0, 0.0, 1.0]]


def test_softmax_predicts_the_most_probable_class_and_the_first_of_equals() -> None:
    network = Network.of([([[1.0], [0.0], [-1.0]], [0.0, 0.0, 0.0], "softmax")])
    found = predictions(network, np.array([[1.0, 0.0, -1.0]]))
    assert found.tolist() == [[1.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]


def test_an_example_counts_when_all_its_outputs_are_right() -> None:
    network = Network.of([([[1.0], [-1.0]], [0.0, 0.0], "sigmoid")])
    data = Dataset(np.array([[1.0, 1.0, -1.0, -1.0]]), np.array([[1.0, 1.0, 0.0, 1.0], [0.0, 1.0, 1.0, 1.0]]))
    assert accuracy(network, data) == 0.5
