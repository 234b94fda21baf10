"""The same training by others: what the engine's speed is compared with.

Each contestant takes a network, data and a number of steps, and trains on the full batch by gradient descent.
It returns the last cost that it computed.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from engine.arrays import Array
from engine.datasets import Dataset
from engine.network import Network
from engine.optimizers import GradientDescent
from engine.training import train

Contestant: TypeAlias = Callable[[Network, Dataset, int], float]
RATE = 0.01


def engine(every: int, curve: bool) -> Contestant:
    """Return this project's training, as the app and the plain printer call it."""

    def run(network: Network, data: Dataset, steps: int) -> float:
        rule = GradientDescent(RATE)
        cost = 0.0
        for snapshot in train(network, data, steps=steps, every=every, optimizer=rule, curve=curve):
            cost = snapshot.cost
        return cost

    return run


def _propagate(x: Array, parameters: dict[str, Array], depth: int) -> dict[str, Array]:
    cache = {"a0": x}
    for k in range(1, depth + 1):
        z = np.dot(parameters[f"W{k}"], cache[f"a{k - 1}"]) + parameters[f"b{k}"]
        cache[f"a{k}"] = np.maximum(0, z) if k < depth else 1 / (1 + np.exp(-z))
    return cache


def _gradients(
    cache: dict[str, Array], y: Array, parameters: dict[str, Array], depth: int
) -> dict[str, Array]:
    found = {}
    dz = 1.0 / y.shape[1] * (cache[f"a{depth}"] - y)
    for k in range(depth, 0, -1):
        found[f"W{k}"] = np.dot(dz, cache[f"a{k - 1}"].T)
        found[f"b{k}"] = np.sum(dz, axis=1, keepdims=True)
        if k > 1:
            da = np.dot(parameters[f"W{k}"].T, dz)
            dz = np.multiply(da, np.int64(cache[f"a{k - 1}"] > 0))
    return found


def notebook(network: Network, data: Dataset, steps: int) -> float:
    """Train as the notebook of the well-known exercise does, call by call, with the cost at every step."""
    depth = len(network.layers)
    parameters = {}
    for k, layer in enumerate(network.layers, start=1):
        parameters[f"W{k}"], parameters[f"b{k}"] = layer.W, layer.b
    cost = 0.0
    for _ in range(steps):
        cache = _propagate(data.x, parameters, depth)
        a = cache[f"a{depth}"]
        terms = np.multiply(-np.log(a), data.y) + np.multiply(-np.log(1 - a), 1 - data.y)
        cost = 1.0 / data.size * np.nansum(terms)
        found = _gradients(cache, data.y, parameters, depth)
        parameters = {name: value - RATE * found[name] for name, value in parameters.items()}
    return float(cost)


def pytorch() -> Contestant:
    """Return PyTorch's eager mode on one thread in float64, with its own SGD and its loss from logits."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)

    def run(network: Network, data: Dataset, steps: int) -> float:
        parts = []
        for layer in network.layers:
            linear = torch.nn.Linear(layer.W.shape[1], layer.W.shape[0], dtype=torch.float64)
            with torch.no_grad():
                linear.weight.copy_(torch.tensor(layer.W.copy()))
                linear.bias.copy_(torch.tensor(layer.b[:, 0].copy()))
            parts += [linear, torch.nn.ReLU()]
        model = torch.nn.Sequential(*parts[:-1])
        x, y = torch.tensor(data.x.T.copy()), torch.tensor(data.y.T.copy())
        rule, loss = torch.optim.SGD(model.parameters(), lr=RATE), torch.nn.BCEWithLogitsLoss()
        value = 0.0
        for _ in range(steps):
            rule.zero_grad()
            cost = loss(model(x), y)
            value = cost.item()
            cost.backward()
            rule.step()
        return float(value)

    return run


def scikit_learn() -> Contestant:
    """Return scikit-learn's MLP, full batch, no momentum, no penalty, from weights of its own."""
    neural_network = importlib.import_module("sklearn.neural_network")

    def run(network: Network, data: Dataset, steps: int) -> float:
        model = neural_network.MLPClassifier(
            network.sizes[1:-1],
            solver="sgd",
            alpha=0.0,
            batch_size=data.size,
            learning_rate_init=RATE,
            max_iter=steps,
            shuffle=False,
            tol=0.0,
            momentum=0.0,
            nesterovs_momentum=False,
            n_iter_no_change=steps + 1,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(data.x.T, data.y[0])
        return float(model.loss_)

    return run


def installed() -> dict[str, Contestant]:
    """Return the peers that are installed here."""
    found: dict[str, Contestant] = {}
    if importlib.util.find_spec("torch"):
        found["PyTorch eager"] = pytorch()
    if importlib.util.find_spec("sklearn"):
        found["scikit-learn MLP"] = scikit_learn()
    return found
