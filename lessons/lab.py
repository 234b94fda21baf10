"""The lab's settings: a few choices for each, which together describe a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.ledger import ledger_table
from engine.measures import TWIN_TOLERANCE, Moment, moved_by_layer
from engine.scenario import Scenario, ledger_at
from engine.symmetry import distinct_units
from engine.tables import Column, Table

STEPS = 200_000
TASK = "Try this: from all zero, change one setting so that some weight moves."


@dataclass(frozen=True)
class Setting:
    """Something to choose.

    Attributes:
        key: Its name; weights have one for each layer, `weights 1` and so on.
        label: What it is called on the screen.
        choices: What can be chosen; the first of a new lab is in `FIRST`.

    """

    key: str
    label: str
    choices: tuple[str, ...]


LAYERS = ("none", "10", "10, 5", "10, 10, 5")
WEIGHTS = ("zeros", "constant 0.1", "constant 0.5", "normal 0.01", "normal 1", "normal 10", "he", "xavier")
SETTINGS = (
    Setting("data", "data", ("course-circles", "circles", "blobs", "xor", "spiral")),
    Setting("labels", "labels", ("balanced", "30 flipped")),
    Setting("hidden", "hidden units", LAYERS),
    Setting(
        "activation",
        "activation",
        ("relu", "leaky-relu", "tanh", "sigmoid", "softplus", "identity", "elu", "gelu", "silu"),
    ),
    Setting("biases", "biases", ("zeros", "constant 1", "normal 1")),
    Setting("batch", "batch", ("all", "30", "1")),
    Setting("optimizer", "optimiser", ("gradient-descent", "momentum", "adam")),
    Setting("learning_rate", "learning rate", ("0.001", "0.01", "0.1", "0.5", "1")),
    Setting("dropout", "dropout", ("0", "0.2")),
)
FIRST = {
    "data": "course-circles",
    "labels": "balanced",
    "hidden": "10, 5",
    "activation": "relu",
    "weights": "zeros",
    "biases": "zeros",
    "batch": "all",
    "optimizer": "gradient-descent",
    "learning_rate": "0.01",
    "dropout": "0",
}


def widths(chosen: Mapping[str, str]) -> tuple[int, ...]:
    """Return the widths of the hidden layers that are chosen."""
    text = chosen.get("hidden", FIRST["hidden"])
    return () if text == "none" else tuple(int(width) for width in text.split(","))


def settings(chosen: Mapping[str, str]) -> tuple[Setting, ...]:
    """Return what there is to choose: with a setting for the weights of each layer that is chosen."""
    at = [setting.key for setting in SETTINGS].index("biases")
    layers = len(widths(chosen)) + 1
    weights = tuple(
        Setting(f"weights {layer}", f"weights of layer {layer}", WEIGHTS) for layer in range(1, layers + 1)
    )
    found = (*SETTINGS[:at], *weights, *SETTINGS[at:])
    return found if layers > 1 else tuple(each for each in found if each.key not in ("activation", "dropout"))


def choice(chosen: Mapping[str, str], setting: Setting) -> str:
    """Return what is chosen for a setting."""
    return chosen.get(setting.key, FIRST[setting.key.split()[0]])


def scenario_of(chosen: Mapping[str, str]) -> Scenario:
    """Return the scenario that choices describe; what is not chosen is as in a new lab."""
    now = {setting.key: choice(chosen, setting) for setting in settings(chosen)}
    hidden = widths(chosen)
    data: dict[str, Any] = {"name": now["data"]}
    if now["labels"] != "balanced":
        data["flip"] = int(now["labels"].split()[0])
    return Scenario(
        "lab",
        "The lab",
        data,
        hidden,
        activation=now.get("activation", FIRST["activation"]),
        weights=[now[f"weights {layer}"] for layer in range(1, len(hidden) + 2)],
        biases=now["biases"],
        batch=None if now["batch"] == "all" else int(now["batch"]),
        optimizer=now["optimizer"],
        learning_rate=float(now["learning_rate"]),
        dropout=float(now.get("dropout", "0")),
        fixed_order=True,
        steps=STEPS,
    )


def ledger_table_of(scenario: Scenario, moment: Moment) -> Table:
    """Return the ledger of the weights at a moment of a run, with what has moved and which units differ."""
    network = moment.network
    entries = ledger_at(scenario, network, moment.data)
    table = ledger_table(tuple(entry for entry in entries if entry.parameter == "W")).without("parameter")
    found = distinct_units(network, TWIN_TOLERANCE)
    table = table.plus(Column("moved", "moved", ""), moved_by_layer(moment.start, network), "cause")
    twins = [f"{units} of {width}" for units, width in zip(found, network.sizes[1:], strict=True)]
    return table.plus(Column("units", "distinct", ""), twins, "cause")
