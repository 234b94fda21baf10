"""A scenario: a plain description of a network, its data and its training, and running it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.activations import Activation, activation, relu
from engine.arrays import real_number, whole_number
from engine.data_settings import DataSettings, data_settings
from engine.datasets import Dataset, Split
from engine.errors import EngineError, suggestion
from engine.initializers import Rules, bias_rules_for, initialize, random_source, rules_for
from engine.ledger import Entry, ledger
from engine.losses import loss_named
from engine.network import Network
from engine.optimizers import GradientDescent, optimizer
from engine.outcome import Outcome as Outcome
from engine.predictions import accuracy
from engine.run import batch_order
from engine.symmetry import distinct_units
from engine.trace import Gradients, backward, forward
from engine.training import MAX_STEPS, Snapshot, train, weights_moved

MAX_WIDTH = 512
MAX_LAYERS = 8
MAX_NUMBERS = 1e7
"""Examples × units: a pass keeps a few arrays of that many float64, together less than a gigabyte."""
MAX_WORK = 5e10
"""Steps × examples × weights: a hundred times the well-known exercise, so that no course hangs the app."""


@dataclass(frozen=True)
class Scenario:
    """A run, described.

    Attributes:
        name: Its name, by which lessons and the command line know it.
        title: What it is, in a few words.
        data: Name of the data set, or a table of `DataSettings`.
        hidden: Units of each hidden layer, the first layer first; empty for logistic regression.
        activation: Name of the activation of the hidden layers, or a list of one for each.
        output: Name of the activation of the output layer; softmax labels even two classes one-hot.
        weights: The rule for the first weights (see `engine.initializers`), or a list of one for each layer.
        biases: The same for the first biases.
        random: "course" for the random numbers of the well-known exercise, or a whole number as a seed.
        loss: Name of the loss.
        relu_slope_at_zero: ReLU′(0), a convention, from 0 to 1.
        fixed_order: Make every sum in one fixed order, so that equal units stay equal to the bit; slower.
        optimizer: Name of the optimiser.
        learning_rate: α.
        momentum: β of the optimiser "momentum"; None for its own default, and for the others.
        weight_decay: λ, decoupled; 0 for none.
        batch: Examples an update; None for all of them.
        dropout: The probability with which a hidden unit is dropped; 0 for none.
        seed: Seed of the order of mini-batches and of dropout's masks.
        steps: How many updates.
        record_every: The cost is recorded before every update whose number, from 0, this divides.

    Raises:
        EngineError: a setting that is unknown or out of range, or a loss that needs another output.

    """

    name: str
    title: str
    data: str | Mapping[str, object] | DataSettings
    hidden: tuple[int, ...]
    activation: str | Sequence[str] = "relu"
    output: str = "sigmoid"
    weights: Rules = "zeros"
    biases: str | Sequence[str] = "zeros"
    random: str | int = "course"
    loss: str = "binary-cross-entropy"
    relu_slope_at_zero: float = 0.0
    fixed_order: bool = False
    optimizer: str = "gradient-descent"
    learning_rate: float = 0.01
    momentum: float | None = None
    weight_decay: float = 0.0
    batch: int | None = None
    dropout: float = 0.0
    seed: int = 0
    steps: int = 15_000
    record_every: int = 1_000

    def __post_init__(self) -> None:
        if not isinstance(self.hidden, list | tuple) or len(self.hidden) >= MAX_LAYERS:
            raise EngineError("hidden", self.hidden, f"a list of at most {MAX_LAYERS - 1} widths")
        for width in self.hidden:
            whole_number("a width in hidden", width, 1, MAX_WIDTH)
        for key in ("hidden", "activation", "weights", "biases"):
            if isinstance(getattr(self, key), list):
                object.__setattr__(self, key, tuple(getattr(self, key)))
        if not isinstance(self.title, str) or not self.title or not self.title.isprintable():
            raise EngineError("title", self.title, "a few words")
        object.__setattr__(self, "data", data_settings(self.data))
        self.activations()
        layers = len(self.hidden) + 1
        rules_for("weights", self.weights, layers)
        bias_rules_for(self.biases, layers)
        random_source(self.random)
        loss = loss_named(self.loss)
        if loss.output not in (None, self.output):
            raise EngineError("output", self.output, f"{loss.output}, for the loss {loss.name}")
        if not isinstance(self.fixed_order, bool):
            raise EngineError("fixed_order", self.fixed_order, "true or false")
        self.update_rule()
        if self.batch is not None:
            whole_number("batch", self.batch, 1, MAX_STEPS)
        real_number("dropout", self.dropout, 0.0, 0.99)
        whole_number("seed", self.seed, 0, 2**32 - 1)
        whole_number("steps", self.steps, 1, MAX_STEPS)
        whole_number("record_every", self.record_every, 1, self.steps)
        self._bound_work()

    def _bound_work(self) -> None:
        data = data_settings(self.data)
        widths = (2, *self.hidden, data.classes or 1)
        weights = sum(below * above for below, above in pairwise(widths))
        examples = data.size or 300
        work = self.steps * weights * min(examples, self.batch or examples)
        numbers = examples * sum(widths)
        if numbers > MAX_NUMBERS:
            raise EngineError(
                "examples × units", f"{numbers:.1e}", f"at most {MAX_NUMBERS:.0e}: fewer points or units"
            )
        if work > MAX_WORK:
            raise EngineError(
                "steps × examples × weights",
                f"{work:.1e}",
                f"at most {MAX_WORK:.0e}: fewer steps or points, or narrower layers",
            )

    @classmethod
    def from_mapping(cls, name: str, settings: Mapping[str, object]) -> Scenario:
        """Return a scenario from plain settings, as a TOML table gives them.

        Raises:
            EngineError: a setting that is missing, unknown or out of range.

        """
        known = set(cls.__dataclass_fields__) - {"name"}
        for key in settings:
            if key not in known:
                raise EngineError("a setting", key, suggestion(key, known))
        for key in ("title", "data", "hidden"):
            if key not in settings:
                raise EngineError(key, "missing", "every scenario has a title, data and hidden")
        return cls(name, **settings)  # type: ignore[arg-type]

    def activations(self) -> tuple[Activation, ...]:
        """Return the activation of every layer, the output's last, with this scenario's ReLU′(0)."""
        names = (self.activation,) * len(self.hidden) if isinstance(self.activation, str) else self.activation
        if not isinstance(names, tuple) or len(names) != len(self.hidden):
            raise EngineError(
                "activation", names, f"a name, or a list of {len(self.hidden)}, one a hidden layer"
            )
        if "softmax" in names:
            raise EngineError("activation", "softmax", "softmax for the output alone")
        found = tuple(activation(name) for name in (*names, self.output))
        chosen = relu(self.relu_slope_at_zero)
        return tuple(chosen if each.name == chosen.name else each for each in found)

    def split(self) -> Split:
        """Return the training and the test data."""
        return data_settings(self.data).split(one_hot=self.output == "softmax")

    def network(self, data: Split) -> Network:
        """Return the network before its first step."""
        sizes = (data.train.x.shape[0], *self.hidden, data.train.y.shape[0])
        return initialize(sizes, self.activations(), self.weights, random_source(self.random), self.biases)

    def update_rule(self) -> GradientDescent:
        """Return the optimiser."""
        momentum = {} if self.momentum is None else {"momentum": self.momentum}
        return optimizer(
            self.optimizer, learning_rate=self.learning_rate, weight_decay=self.weight_decay, **momentum
        )


def gradients_at(scenario: Scenario, network: Network, data: Dataset) -> Gradients:
    """Return the gradients of a scenario's network at any step, over the data that are given."""
    trace = forward(network, data.x, fixed_order=scenario.fixed_order)
    return backward(trace, data.y, scenario.loss)


def ledger_at(scenario: Scenario, network: Network, data: Dataset) -> tuple[Entry, ...]:
    """Return the ledger of a scenario's network at any step, over the data that are given."""
    return ledger(gradients_at(scenario, network, data))


def batches(scenario: Scenario) -> Iterator[Dataset]:
    """Yield the examples that each step of a scenario's run takes, for ever, as its run takes them.

    Dropout draws from the same random numbers as the order of the batches, and what it drops is no matter of
    examples: with it, as without mini-batches, each step is given the whole training set.
    """
    data = scenario.split().train
    size = data.size if scenario.batch is None or scenario.dropout > 0 else min(scenario.batch, data.size)
    for columns in batch_order(size, data.size, np.random.default_rng(scenario.seed)):
        yield data if size == data.size else Dataset(data.x[:, columns], data.y[:, columns])


def first_ledger(scenario: Scenario) -> tuple[Entry, ...]:
    """Return the ledger of a scenario's first step, without training."""
    data = scenario.split()
    return ledger_at(scenario, scenario.network(data), data.train)


def snapshots(scenario: Scenario, every: int, *, curve: bool = False) -> Generator[Snapshot, None, None]:
    """Run a scenario and yield a snapshot every so many steps, with a curve on request, as `train` does."""
    data = scenario.split()
    return train(
        scenario.network(data),
        data.train,
        steps=scenario.steps,
        every=every,
        optimizer=scenario.update_rule(),
        loss=scenario.loss,
        batch=scenario.batch,
        dropout=scenario.dropout,
        random=np.random.default_rng(scenario.seed),
        curve=curve,
        fixed_order=scenario.fixed_order,
    )


def run(scenario: Scenario) -> Outcome:
    """Run a scenario to its end.

    Raises:
        EngineError: settings that do not fit each other, such as more labels to flip than there are.
        OverflowedError: the numbers left the range of float64.

    """
    data = scenario.split()
    start = scenario.network(data)
    cost = []
    end = start
    for snapshot in snapshots(scenario, scenario.record_every):
        if snapshot.step < scenario.steps:
            cost.append((snapshot.step, snapshot.cost))
        end = snapshot.network
    return Outcome(
        scenario=scenario,
        steps=scenario.steps,
        cost=tuple(cost),
        accuracy={"train": accuracy(end, data.train), "test": accuracy(end, data.test)},
        weights_moved=weights_moved(start, end),
        weights_total=start.weight_count,
        ledger=first_ledger(scenario),
        distinct_units=distinct_units(end),
        network=end,
    )
