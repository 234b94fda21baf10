"""Live parts whose numbers are there at once: gradients, ledgers, changes of single weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.course import Course
from lessons.parts.editor import Editor
from lessons.parts.ledger import LedgerTable
from lessons.parts.nudges import Nudges
from lessons.parts.switchboard import Switchboard
from lessons.parts.verdict import Verdict
from lessons.parts.width_one import WidthOne
from lessons.scenarios import scenarios_of
from tui.telling.told import Example, Figures, Told, said

if TYPE_CHECKING:
    from engine.scenario import Scenario


def ledgers(course: Course, part: LedgerTable) -> list[Told]:
    """Tell the ledger of each variant before the first step, and with `steps` what moves in the next ones."""
    from engine.ledger import ledger, ledger_table
    from engine.scenario import batches, gradients_at
    from engine.signals import signals
    from lessons.drawing import in_words

    told: list[Told] = []
    for each, found in zip(part.variants, scenarios_of(course, part), strict=True):
        gradients = gradients_at(found, found.network(found.split()), next(batches(found)))
        caption = f"{each.label}:" if each.label else ""
        told += [said(line) for line in in_words(signals(gradients))] if part.drawing else []
        told.append(Figures(ledger_table(ledger(gradients)), caption))
        told += _first_steps(found) if part.steps else []
    return told


def _first_steps(scenario: Scenario) -> list[Told]:
    """Tell how many weights of each layer have moved, after each of as many steps as there are layers."""
    from engine.measures import moved_by_layer
    from engine.scenario import snapshots
    from engine.tables import power

    stream = snapshots(scenario, 1)
    start = next(stream).network
    told: list[Told] = []
    for _, snapshot in zip(start.layers, stream, strict=False):
        moved = enumerate(moved_by_layer(start, snapshot.network), start=1)
        numbers = ", ".join(f"{power('W', layer)} {text}" for layer, text in moved)
        told.append(said(f"After step {snapshot.step}, weights moved: {numbers}"))
    return told


def nudges(course: Course, part: Nudges) -> list[Told]:
    """Tell what each single weight, pair and path does to the cost when it is moved."""
    from engine.nudges import nudge_table, nudgings

    (found,) = scenarios_of(course, part)
    data = found.split()
    network = found.network(data)
    return [
        Figures(
            nudge_table(list(nudgings(network, data.train, size, found.loss))),
            f"Weights moved by {size:g}, up or down:",
        )
        for size in (part.by, part.by / 2)
    ]


def editor(course: Course, part: Editor) -> list[Told]:
    """Tell the gradients of the network to wake up, and how many of its numbers would do it alone."""
    from engine.ledger import ledger_table
    from engine.scenario import first_ledger
    from engine.wake import numbers, waking_alone

    (described,) = scenarios_of(course, part)
    split = described.split()
    network = described.network(split)
    alone = waking_alone(
        network,
        split.train,
        1.0,
        learning_rate=described.learning_rate,
        steps=described.steps,
        loss=described.loss,
    )
    sizes = "-".join(str(size) for size in network.sizes)
    return [
        Figures(
            ledger_table(first_ledger(described)),
            f"A network of the sizes {sizes}, with these gradients:",
        ),
        said(
            f"Of its {len(numbers(network))} numbers, each changed to 1 alone, "
            f"{len(alone)} let a weight move."
        ),
    ]


def switchboard(course: Course, part: Switchboard) -> list[Told]:
    """Tell what each combination of layers that are zero does."""
    from engine.switches import switch_table

    return [
        Figures(switch_table(found, part.name), f"{each.label}:")
        for each, found in zip(part.variants, scenarios_of(course, part), strict=True)
    ]


def width_one(course: Course, part: WidthOne) -> list[Told]:
    """Tell how each network compares with its equivalent one unit wide."""
    from engine.side_by_side import width_one_table

    labels = [each.label or each.scenario for each in part.variants]
    return [Figures(width_one_table(labels, scenarios_of(course, part)))]


def verdict(course: Course, part: Verdict) -> list[Told]:
    """Tell the first steps of each start."""
    from engine.verdict import first_steps

    labels = (each.label for each in part.variants)
    table = first_steps(dict(zip(labels, scenarios_of(course, part), strict=True)))
    return [Figures(table), *(Example("", f"run {each.scenario}") for each in part.variants)]
