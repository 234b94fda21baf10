"""A scenario: a plain description of a network, its data and its training, and what came of running it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.activations import activation
from engine.arrays import real_number, whole_number
from engine.datasets import Split, dataset
from engine.errors import EngineError, suggestion
from engine.initializers import Source, course_source, initialize, initializer
from engine.ledger import Entry, ledger
from engine.losses import loss_named
from engine.network import Network
from engine.optimizers import GradientDescent, optimizer
from engine.symmetry import distinct_units
from engine.tables import Cell, Column, Table
from engine.trace import backward, forward
from engine.training import MAX_STEPS, Snapshot, accuracy, train, weights_moved

MAX_WIDTH = 512
MAX_LAYERS = 8
RANDOM_SOURCES: dict[str, Callable[[], Source]] = {"course": course_source}


@dataclass(frozen=True)
class Scenario:
    """A run, described.

    Attributes:
        name: Its name, by which lessons and the command line know it.
        title: What it is, in a few words.
        data: Name of the data set.
        hidden: Units of each hidden layer, the first layer first; empty for logistic regression.
        activation: Name of the activation of the hidden layers.
        output: Name of the activation of the output layer.
        initializer: Name of the rule for the first weights; biases start at zero.
        random: Name of the source of random numbers.
        loss: Name of the loss.
        optimizer: Name of the optimiser.
        learning_rate: α.
        momentum: β of the optimiser "momentum"; None for its own default, and for the others.
        weight_decay: λ, decoupled; 0 for none.
        batch: Examples an update; None for all of them.
        dropout: The probability with which a hidden unit is dropped; 0 for none.
        seed: Seed of the order of mini-batches and of dropout's masks.
        fixed_order: Whether to sum in a fixed order, so that equal units stay equal to the bit.
        steps: How many updates.
        record_every: The cost is recorded before every update whose number, from 0, this divides.

    Raises:
        EngineError: a setting that is unknown or out of range.

    """

    name: str
    title: str
    data: str
    hidden: tuple[int, ...]
    activation: str = "relu"
    output: str = "sigmoid"
    initializer: str = "zeros"
    random: str = "course"
    loss: str = "binary-cross-entropy"
    optimizer: str = "gradient-descent"
    learning_rate: float = 0.01
    momentum: float | None = None
    weight_decay: float = 0.0
    batch: int | None = None
    dropout: float = 0.0
    seed: int = 0
    fixed_order: bool = False
    steps: int = 15_000
    record_every: int = 1_000

    def __post_init__(self) -> None:
        if not isinstance(self.hidden, list | tuple) or len(self.hidden) >= MAX_LAYERS:
            raise EngineError("hidden", self.hidden, f"a list of at most {MAX_LAYERS - 1} widths")
        widths = tuple(whole_number("a width in hidden", width, 1, MAX_WIDTH) for width in self.hidden)
        object.__setattr__(self, "hidden", widths)
        if not isinstance(self.title, str) or not self.title:
            raise EngineError("title", self.title, "a few words")
        activation(self.activation)
        activation(self.output)
        initializer(self.initializer)
        loss_named(self.loss)
        if self.random not in RANDOM_SOURCES:
            raise EngineError("random", self.random, suggestion(self.random, RANDOM_SOURCES))
        self.update_rule()
        if self.batch is not None:
            whole_number("batch", self.batch, 1, MAX_STEPS)
        real_number("dropout", self.dropout, 0.0, 0.99)
        whole_number("seed", self.seed, 0, 2**32 - 1)
        if not isinstance(self.fixed_order, bool):
            raise EngineError("fixed_order", self.fixed_order, "true or false")
        whole_number("steps", self.steps, 1, MAX_STEPS)
        whole_number("record_every", self.record_every, 1, self.steps)

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

    def split(self) -> Split:
        """Return the training and the test data."""
        return dataset(self.data)

    def network(self, data: Split) -> Network:
        """Return the network before its first step."""
        sizes = (data.train.x.shape[0], *self.hidden, data.train.y.shape[0])
        return initialize(
            sizes,
            [*[self.activation] * len(self.hidden), self.output],
            self.initializer,
            RANDOM_SOURCES[self.random](),
        )

    def update_rule(self) -> GradientDescent:
        """Return the optimiser."""
        momentum = {} if self.momentum is None else {"momentum": self.momentum}
        return optimizer(
            self.optimizer, learning_rate=self.learning_rate, weight_decay=self.weight_decay, **momentum
        )


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of a run.

    Attributes:
        scenario: The scenario.
        steps: How many updates were made.
        cost: (step, cost before that step's update), as often as the scenario records.
        accuracy: Share of right predictions after the last step: {"train": …, "test": …}.
        weights_moved: How many weights differ from where they started.
        weights_total: How many weights there are; biases do not count.
        ledger: The gradients of the first step and their causes.
        distinct_units: Distinct units a layer after the last step.
        network: The network after the last step.

    """

    scenario: Scenario
    steps: int
    cost: tuple[tuple[int, float], ...]
    accuracy: dict[str, float]
    weights_moved: int
    weights_total: int
    ledger: tuple[Entry, ...]
    distinct_units: tuple[int, ...]
    network: Network

    def record(self) -> dict[str, object]:
        """Return the outcome as plain values, as JSON has them."""
        entries = [{key: getattr(entry, key) for key in ENTRY_KEYS} for entry in self.ledger]
        return {
            "scenario": self.scenario.name,
            "steps": self.steps,
            "cost": [list(pair) for pair in self.cost],
            "accuracy": dict(self.accuracy),
            "weights_moved": self.weights_moved,
            "weights_total": self.weights_total,
            "ledger": entries,
            "distinct_units": list(self.distinct_units),
        }

    def cost_table(self) -> Table:
        """Return the recorded cost as a table."""
        columns = (Column("step", "step", "d"), Column("cost", "cost", ".16g"))
        rows: tuple[tuple[Cell, ...], ...] = self.cost
        return Table(columns, rows)


ENTRY_KEYS = ("layer", "parameter", "cause", "max_abs_gradient", "max_abs_delta", "max_abs_input")


def first_ledger(scenario: Scenario) -> tuple[Entry, ...]:
    """Return the ledger of a scenario's first step, without training."""
    data = scenario.split()
    trace = forward(scenario.network(data), data.train.x)
    return ledger(backward(trace, data.train.y, scenario.loss))


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
        EngineError: settings that do not fit each other, such as a loss that needs another output.
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
