from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.activations import ACTIVATIONS, Activation, relu
from engine.arrays import Array
from engine.data_settings import dataset
from engine.datasets import Dataset
from engine.initializers import course_source, initialize
from engine.losses import LOSSES, Loss
from engine.network import Network
from engine.optimizers import Adam, GradientDescent, Momentum
from engine.predictions import accuracy
from engine.symmetry import distinct_units
from engine.trace import backward, forward
from engine.training import train, weights_moved

CIRCLES = dataset("course-circles")
FEWER_ONES = (
    np.flatnonzero(CIRCLES.train.y[0] == 0).tolist() + np.flatnonzero(CIRCLES.train.y[0]).tolist()[:50]
)
UNBALANCED = Dataset(CIRCLES.train.x[:, FEWER_ONES], CIRCLES.train.y[:, FEWER_ONES])
RULES = [GradientDescent(0.05), Momentum(0.02), Adam(0.01), Momentum(0.02, weight_decay=0.5), Adam(0.01, 0.1)]
ELEMENTWISE = [relu(0.5), *(g for g in ACTIVATIONS.values() if g.name != "softmax")]


def flat(layers: list[tuple[Array, Array]]) -> Array:
    return np.concatenate([np.hstack(pair).ravel() for pair in layers])


def parameters(network: Network) -> Array:
    return flat([(layer.W, layer.b) for layer in network.layers])


def is_weight(network: Network) -> NDArray[np.bool_]:
    weights = flat([(np.ones_like(layer.W), np.zeros_like(layer.b)) for layer in network.layers])
    return weights.astype(np.bool_)


def step_by_trace(rule: GradientDescent) -> Callable[[Network, Dataset, str | Loss], Network]:
    """Return a function that makes one step at a time from the gradients that `trace` finds."""
    operations = None
    theta = g = np.empty(0)

    def step(network: Network, data: Dataset, loss: str | Loss) -> Network:
        nonlocal operations, theta, g
        found = backward(forward(network, data.x), data.y, loss)
        if operations is None:
            theta = parameters(network)
            g = np.empty_like(theta)
            operations = rule.operations(theta, g, is_weight(network), np.zeros((rule.means, theta.size)))
        g[:] = flat(list(zip(found.dW, found.db, strict=True)))
        for operation in operations:
            operation()
        layers, start = [], 0
        for layer in network.layers:
            rows, columns = layer.W.shape
            block = theta[start : start + rows * (columns + 1)].reshape(rows, columns + 1)
            layers.append((block[:, :-1], block[:, -1:], layer.activation))
            start += block.size
        return Network.of(layers)

    return step


@st.composite
def problems(draw: st.DrawFn) -> tuple[Network, Dataset, Loss]:
    loss = LOSSES[draw(st.sampled_from(sorted(LOSSES)))]
    outputs = draw(st.integers(2 if loss.output == "softmax" else 1, 3))
    hidden = draw(st.lists(st.integers(1, 6), max_size=3))
    activations: list[str | Activation] = [draw(st.sampled_from(ELEMENTWISE)) for _ in hidden]
    activations.append(loss.output or draw(st.sampled_from(ELEMENTWISE)))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes, m = [draw(st.integers(1, 4)), *hidden, outputs], draw(st.integers(1, 12))
    network = Network.of(
        [
            (random.standard_normal((n, below)) * 0.5, random.standard_normal(n) * 0.5, g)
            for below, n, g in zip(sizes, sizes[1:], activations, strict=False)
        ]
    )
    labels = np.eye(outputs + 1)[:, random.integers(0, outputs + (loss.output != "softmax"), m)][:outputs]
    return network, Dataset(random.standard_normal((sizes[0], m)), labels), loss


@settings(max_examples=150)
@given(problems(), st.sampled_from(RULES), st.booleans(), st.booleans())
def test_every_step_agrees_with_the_trace(
    problem: tuple[Network, Dataset, Loss], rule: GradientDescent, fixed_order: bool, curve: bool
) -> None:
    network, data, loss = problem
    step = step_by_trace(rule)
    run = train(
        network, data, steps=4, every=1, optimizer=rule, loss=loss, fixed_order=fixed_order, curve=curve
    )
    for snapshot in run:
        cost = backward(forward(network, data.x), data.y, loss).cost
        assert snapshot.cost == pytest.approx(cost, rel=1e-9, abs=1e-12)
        np.testing.assert_allclose(parameters(snapshot.network), parameters(network), rtol=1e-8, atol=1e-10)
        network = step(network, data, loss)


@settings(max_examples=40)
@given(problems(), st.integers(1, 5), st.sampled_from(RULES))
def test_mini_batches_take_each_example_once_an_epoch(
    problem: tuple[Network, Dataset, Loss], batch: int, rule: GradientDescent
) -> None:
    network, data, loss = problem
    random, order = np.random.default_rng(7), np.arange(data.size)
    step = step_by_trace(rule)
    expected = network
    epochs, per_epoch = 2, -(-data.size // batch)
    for _ in range(epochs):
        if batch < data.size:
            random.shuffle(order)
        for start in range(0, data.size, batch):
            chosen = order[start : start + batch]
            expected = step(expected, Dataset(data.x[:, chosen], data.y[:, chosen]), loss)
    *_, last = train(
        network,
        data,
        steps=epochs * per_epoch,
        every=3,
        optimizer=rule,
        loss=loss,
        batch=batch,
        random=np.random.default_rng(7),
    )
    np.testing.assert_allclose(parameters(last.network), parameters(expected), rtol=1e-7, atol=1e-9)
    assert last.cost == pytest.approx(
        backward(forward(expected, data.x), data.y, loss).cost, rel=1e-7, abs=1e-9
    )


@pytest.mark.parametrize("g", ["relu", "tanh", "sigmoid", relu(0.5)], ids=["relu", "tanh", "sigmoid", "kink"])
def test_dropout_by_hand(g: str | Activation) -> None:
    network = initialize((2, 4, 3, 1), [g, g, "sigmoid"], "he", np.random.default_rng(0))
    x, y = CIRCLES.train.x[:, :8], CIRCLES.train.y[:, :8]
    random, rate = np.random.default_rng(5), 0.4
    (W1, W2, W3), slope = (layer.W for layer in network.layers), network.layers[0].activation
    masks = [(random.random((n, 8)) >= rate) / (1 - rate) for n in (4, 3)]
    z1 = W1 @ x
    a1 = slope.function(z1) * masks[0]
    z2 = W2 @ a1
    a2 = slope.function(z2) * masks[1]
    d3 = ACTIVATIONS["sigmoid"].function(W3 @ a2) - y
    d2 = (W3.T @ d3) * masks[1] * slope.derivative(z2)
    d1 = (W2.T @ d2) * masks[0] * slope.derivative(z1)
    expected = [W - 0.5 * d @ a.T / 8 for W, d, a in ((W1, d1, x), (W2, d2, a1), (W3, d3, a2))]
    *_, last = train(
        network,
        Dataset(x, y),
        steps=1,
        every=1,
        optimizer=GradientDescent(0.5),
        dropout=rate,
        random=np.random.default_rng(5),
    )
    for layer, W in zip(last.network.layers, expected, strict=True):
        np.testing.assert_allclose(layer.W, W, rtol=1e-12, atol=1e-15)
    assert last.cost == pytest.approx(backward(forward(last.network, x), y).cost, rel=1e-12)


def course_network(rule: str, g: str = "relu") -> Network:
    return initialize((2, 10, 5, 1), [g, g, "sigmoid"], rule, course_source())


def constant_network(width: int, second: int, g: str) -> Network:
    shapes = ((width, 2), (second, width), (1, second))
    return Network.of(
        [(np.full(s, 0.5), np.zeros(s[0]), a) for s, a in zip(shapes, (g, g, "sigmoid"), strict=True)]
    )


def test_the_zero_run_of_the_course_moves_nothing() -> None:
    start = course_network("zeros")
    for snapshot in train(
        start, CIRCLES.train, steps=15_000, every=5_000, optimizer=GradientDescent(), curve=True
    ):
        np.testing.assert_allclose(snapshot.costs, np.log(2), rtol=0, atol=1e-15)
        assert not parameters(snapshot.network).any()


def test_the_he_run_of_the_course() -> None:
    run = train(
        course_network("he"),
        CIRCLES.train,
        steps=15_000,
        every=7_000,
        optimizer=GradientDescent(),
        curve=True,
    )
    snapshots = list(run)
    assert [snapshot.step for snapshot in snapshots] == [0, 7_000, 14_000, 15_000]
    costs = np.concatenate([snapshot.costs for snapshot in snapshots])
    assert costs.shape == (15_001,)
    assert costs[0] == pytest.approx(0.8830537463419761, abs=1e-12)
    assert costs[14_000] == snapshots[2].cost == pytest.approx(0.07357895962677366, abs=1e-12)
    assert accuracy(snapshots[-1].network, CIRCLES.train) == pytest.approx(298 / 300)
    assert accuracy(snapshots[-1].network, CIRCLES.test) == pytest.approx(0.96)


@pytest.mark.parametrize("data", [CIRCLES.train, UNBALANCED], ids=["balanced", "unbalanced"])
@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize(("batch", "dropout"), [(None, 0.0), (32, 0.0), (1, 0.0), (None, 0.3), (32, 0.3)])
def test_nothing_moves_the_weights_of_an_all_zero_relu_network(
    data: Dataset, rule: GradientDescent, batch: int | None, dropout: float
) -> None:
    start = course_network("zeros")
    random = np.random.default_rng(0)
    *_, last = train(
        start, data, steps=60, every=60, optimizer=rule, batch=batch, dropout=dropout, random=random
    )
    assert weights_moved(start, last.network) == 0
    assert not any(layer.b.any() for layer in last.network.layers[:-1])


def test_a_zero_sigmoid_network_wakes_from_the_output_down() -> None:
    start = course_network("zeros", "sigmoid")
    moved = [
        [bool(layer.W.any()) for layer in snapshot.network.layers]
        for snapshot in train(start, UNBALANCED, steps=3, every=1, optimizer=GradientDescent(0.5))
    ]
    assert moved == [[False] * 3, [False, False, True], [False, True, True], [True] * 3]


@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize("batch", [None, 32, 1])
@pytest.mark.parametrize("g", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize(("width", "second"), [(10, 5), (7, 3), (33, 8)])
def test_in_a_fixed_order_twins_stay_twins(
    rule: GradientDescent, batch: int | None, g: str, width: int, second: int
) -> None:
    random = np.random.default_rng(0)
    *_, last = train(
        constant_network(width, second, g),
        CIRCLES.train,
        steps=60,
        every=60,
        optimizer=rule,
        batch=batch,
        random=random,
        fixed_order=True,
    )
    assert distinct_units(last.network) == (1, 1, 1)


def test_the_constant_run_stays_a_network_of_twins_to_its_end() -> None:
    *_, last = train(
        constant_network(10, 5, "relu"),
        CIRCLES.train,
        steps=15_000,
        every=15_000,
        optimizer=GradientDescent(),
        fixed_order=True,
    )
    assert distinct_units(last.network) == (1, 1, 1)
    assert last.cost == pytest.approx(0.647620, abs=1e-6)


def test_dropout_parts_twins() -> None:
    *_, last = train(
        constant_network(10, 5, "relu"),
        CIRCLES.train,
        steps=1,
        every=1,
        optimizer=GradientDescent(),
        dropout=0.5,
        random=np.random.default_rng(0),
        fixed_order=True,
    )
    assert distinct_units(last.network)[0] == 10


@pytest.mark.parametrize("batch", [None, 64])
def test_a_curve_has_the_cost_of_every_step_and_changes_no_step(batch: int | None) -> None:
    def run(every: int, curve: bool) -> list[tuple[int, float, Array, Array]]:
        random = np.random.default_rng(3)
        return [
            (snapshot.step, snapshot.cost, snapshot.costs, parameters(snapshot.network))
            for snapshot in train(
                course_network("he"),
                CIRCLES.train,
                steps=230,
                every=every,
                optimizer=Momentum(),
                batch=batch,
                random=random,
                curve=curve,
            )
        ]

    single, dense, sparse = run(1, False), run(100, True), run(100, False)
    assert [len(costs) for _, _, costs, _ in dense] == [1, 100, 100, 30]
    assert [len(costs) for _, _, costs, _ in sparse] == [1, 1, 1, 1]
    np.testing.assert_array_equal(
        np.concatenate([costs for _, _, costs, _ in dense]), [cost for _, cost, _, _ in single]
    )
    for step, cost, _, theta in sparse:
        assert cost == single[step][1]
        np.testing.assert_array_equal(theta, single[step][3])


def test_snapshots_stay_as_they_were_and_a_run_can_be_stopped() -> None:
    run = train(course_network("he"), CIRCLES.train, steps=1_000_000, every=1, optimizer=GradientDescent())
    first = next(run)
    kept = parameters(first.network)
    next(run)
    np.testing.assert_array_equal(parameters(first.network), kept)
    np.testing.assert_array_equal(kept, parameters(course_network("he")))
    with pytest.raises(ValueError, match="read-only"):
        first.costs[0] = 0.0
    run.close()
    assert next(run, None) is None


def test_runs_side_by_side_do_not_disturb_each_other() -> None:
    def fresh() -> list[float]:
        return [
            s.cost for s in train(course_network("he"), CIRCLES.train, steps=20, every=5, optimizer=Adam())
        ]

    one, other = (
        train(course_network("he"), CIRCLES.train, steps=20, every=5, optimizer=Adam()) for _ in range(2)
    )
    pairs = [(a.cost, b.cost) for a, b in zip(one, other, strict=True)]
    assert [a for a, _ in pairs] == [b for _, b in pairs] == fresh()


def test_a_run_of_no_steps_is_its_start() -> None:
    (only,) = train(course_network("he"), CIRCLES.train, steps=0, every=1, optimizer=GradientDescent())
    assert only.step == 0
    assert only.cost == backward(forward(only.network, CIRCLES.train.x), CIRCLES.train.y).cost


@pytest.mark.parametrize("batch", [None, 64])
def test_memory_does_not_grow_with_steps(batch: int | None) -> None:
    def peak(steps: int) -> int:
        run = train(
            course_network("he"),
            CIRCLES.train,
            steps=steps,
            every=50,
            optimizer=GradientDescent(),
            batch=batch,
            random=np.random.default_rng(0),
            curve=True,
        )
        tracemalloc.start()
        for _ in run:
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(100)
    assert peak(3_000) < peak(200) + 20_000
