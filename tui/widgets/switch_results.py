"""What a switchboard has found so far, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.measures import MEASURES, TWIN_TOLERANCE, Moment
from engine.tables import Column, Table
from engine.training import weights_moved
from lessons.parts.switchboard import Switchboard

KEPT = 6
"""How many results stay on the screen."""
GUESSES = {None: "·", True: "stuck", False: "moves"}


@dataclass(frozen=True)
class Setting:
    """What is run: which layers are zero, and with which hidden units."""

    zeroed: frozenset[int]
    variant: int


@dataclass
class Result:
    """What was guessed about a setting, and what came of it.

    Attributes:
        guess: Whether it is stuck, as guessed, or None.
        alive: The layers whose weights have a gradient at the first step.
        moment: The last moment of its run so far.

    """

    guess: bool | None
    alive: tuple[int, ...]
    moment: Moment | None = None


def results_table(
    part: Switchboard, layers: range, results: Mapping[Setting, Result], *, short: bool = False
) -> Table:
    """Return the latest results, the newest last: a row a setting.

    Args:
        part: Names the weights and the kinds of units.
        layers: The numbers of the layers that have a switch.
        results: What has been found, the newest last.
        short: Whether to shorten the headings, where there is little room.

    """

    def switches(cell: Callable[[int], str]) -> str:
        return " ".join(f"{cell(layer):<{len(part.name)}}" for layer in layers)

    def row(setting: Setting, result: Result) -> tuple[str, ...]:
        moment, alive = result.moment, " ".join(str(layer) for layer in result.alive) or "none"
        mark = "" if result.guess is None else " ✓" if result.guess != bool(result.alive) else " ✗"
        moved = accuracy = "·"
        if moment:
            count = weights_moved(moment.start, moment.network, TWIN_TOLERANCE)
            moved, accuracy = f"{count} of {moment.network.weight_count}", MEASURES["accuracy"].text(moment)
        return (
            switches(lambda layer: "0" if layer in setting.zeroed else part.name),
            part.variants[setting.variant].label,
            GUESSES[result.guess] + mark,
            alive,
            moved,
            accuracy,
        )

    columns = (
        Column("weights", switches(str), ""),
        Column("units", "units", ""),
        Column("guess", "guess", ""),
        Column("alive", "gradient" if short else "gradient in layer", ""),
        Column("moved", "moved" if short else "weights moved", ""),
        Column("accuracy", "accuracy", ""),
    )
    return Table(columns, tuple(row(*item) for item in list(results.items())[-KEPT:]))
