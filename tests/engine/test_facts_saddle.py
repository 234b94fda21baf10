"""The shape of the cost at all-zero weights, and the same question for other outputs and losses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.arrays import Array
from engine.data_settings import dataset
from engine.datasets import Dataset, course_circles
from engine.gradient_check import central_differences
from engine.initializers import course_source, initialize
from engine.optimizers import GradientDescent
from engine.trace import backward, cost, forward
from engine.training import train
from tests.engine.descent import descended

CIRCLES = course_circles().train
BLOBS = dataset({"name": "blobs", "seed": 2}).train
UNBALANCED = dataset({"name": "course-circles", "flip": 30}).train
ZEROS = initialize([2, 10, 5, 1], ["relu", "relu", "sigmoid"], "zeros", course_source())


@pytest.mark.parametrize("classes", [2, 3, 5, 10])
def test_softmax_from_zero(classes: int) -> None:
    data = dataset({"name": "blobs", "classes": classes}, one_hot=True).train
    net = initialize([2, 4, classes], ["relu", "softmax"], "zeros", course_source())
    gradients = backward(forward(net, data.x), data.y, "softmax-cross-entropy")
    np.testing.assert_allclose(gradients.losses, math.log(classes), rtol=1e-15)
    np.testing.assert_allclose(gradients.delta[1], 1 / classes - data.y, rtol=0, atol=4e-16)
    assert not any(dW.any() for dW in gradients.dW)


def test_softmax_biases_learn_the_frequencies() -> None:
    y = np.repeat(np.eye(3), [6, 3, 1], axis=1)
    x = np.random.default_rng(0).normal(size=(2, 10))
    net = initialize([2, 4, 3], ["relu", "softmax"], "zeros", course_source())
    for _ in range(300):
        net = descended(backward(forward(net, x), y, "softmax-cross-entropy"), 2.0)
    np.testing.assert_allclose(forward(net, x).output, np.tile([[0.6], [0.3], [0.1]], 10), atol=1e-7)
    assert cost(net, x, y, "softmax-cross-entropy") == pytest.approx(0.897946, abs=5e-7)


def second_derivatives(sizes: list[int], data: Dataset, h: float = 1e-3) -> Array:
    """Differences of central differences: the Hessian of the cost at all-zero weights, tanh hidden units."""
    names = [*["tanh"] * (len(sizes) - 2), "sigmoid"]
    net = initialize(sizes, names, "zeros", course_source())
    flat = np.concatenate([array.ravel() for layer in net.layers for array in (layer.W, layer.b)])

    def gradient(theta: Array) -> Array:
        layers, start = [], 0
        for layer in net.layers:
            W = theta[start : start + layer.W.size].reshape(layer.W.shape)
            b = theta[start + layer.W.size : start + layer.W.size + layer.b.size]
            start += layer.W.size + layer.b.size
            layers.append((W, b, layer.activation))
        found = backward(forward(layers, data.x), data.y)
        pairs = zip(found.dW, found.db, strict=True)
        return np.concatenate([array.ravel() for pair in pairs for array in pair])

    steps = np.eye(flat.size) * h
    return np.array([(gradient(flat + step) - gradient(flat - step)) / (2 * h) for step in steps])


def test_zero_is_a_saddle_for_two_layers_and_a_degenerate_one_for_three() -> None:
    slope = float(np.linalg.norm(((0.5 - CIRCLES.y) * CIRCLES.x).mean(axis=1)))
    assert slope == pytest.approx(0.00275, abs=5e-6)
    two = np.sort(np.linalg.eigvalsh(second_derivatives([2, 3, 1], CIRCLES)))
    np.testing.assert_allclose(two[:3], -slope, rtol=1e-3)
    np.testing.assert_allclose(two[-4:], [slope, slope, slope, 0.25], rtol=1e-3)
    np.testing.assert_allclose(two[3:-4], 0.0, atol=1e-8)
    three = np.sort(np.linalg.eigvalsh(second_derivatives([2, 3, 2, 1], CIRCLES)))
    np.testing.assert_allclose(three[:-1], 0.0, atol=1e-6)
    assert three[-1] == pytest.approx(0.25, rel=1e-6)


def steps_to_escape(sizes: list[int], noise: float, seed: int) -> int:
    """Updates until the cost is below 0.6, from weights that are noise around zero."""
    names = [*["tanh"] * (len(sizes) - 2), "sigmoid"]
    net = initialize(sizes, names, f"normal {noise}", np.random.default_rng(seed))
    run = train(net, BLOBS, steps=5_000, every=1, optimizer=GradientDescent(0.05))
    return next(each.step for each in run if each.cost < 0.6)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_escape_from_the_saddle_takes_as_much_longer_for_every_factor_of_the_noise(seed: int) -> None:
    steps = [steps_to_escape([2, 10, 1], noise, seed) for noise in (1e-2, 1e-4, 1e-6, 1e-8, 1e-12)]
    first, *more = np.diff(steps)
    assert more == pytest.approx([first, first, 2 * first], abs=3)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_escape_from_the_degenerate_saddle_takes_twice_as_long_for_half_the_noise(seed: int) -> None:
    steps = [steps_to_escape([2, 10, 5, 1], noise, seed) for noise in (0.1, 0.05, 0.025, 0.0125)]
    longer = np.diff(steps)
    assert longer[1:] / longer[:-1] == pytest.approx(2.0, abs=0.1)


def test_differences_agree_that_nothing_but_the_output_bias_moves() -> None:
    numeric = central_differences(ZEROS, UNBALANCED.x, UNBALANCED.y)
    assert not any(dW.any() for dW in numeric.dW)
    assert numeric.db[2][0, 0] == pytest.approx(0.1, abs=1e-9)


def test_squared_error_gives_one_quarter_for_both_labels_and_the_same_conclusion() -> None:
    gradients = backward(forward(ZEROS, CIRCLES.x), CIRCLES.y, "squared-error")
    assert set(gradients.losses.flat) == {0.25}
    assert not any(dW.any() for dW in gradients.dW)
