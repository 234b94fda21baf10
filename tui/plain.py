"""Screens, tables and outcomes as plain text, for a pipe, a screen reader, or paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lessons.course import Course
from lessons.layout import lay_out, resolved, wrap
from lessons.model import Assembly, Blank, Feedback, Paragraph, Part, Prose, Question, Screen, Span
from lessons.parts.activations import Activations
from lessons.parts.editor import Editor
from lessons.parts.ledger import LedgerTable
from lessons.parts.loss_curves import LossCurves
from lessons.parts.loss_table import LossTable
from lessons.parts.nudges import Nudges
from lessons.parts.published import Published
from lessons.parts.race import Race
from lessons.parts.review import Review
from lessons.parts.run import Run
from lessons.parts.steps import Steps
from lessons.parts.switchboard import Switchboard
from lessons.parts.trials import Trials
from lessons.parts.verdict import Verdict
from lessons.parts.width_one import WidthOne
from lessons.values import value

if TYPE_CHECKING:
    from engine.scenario import Outcome, Scenario
    from engine.tables import Table

WIDTH = 76
WIDEST = 80
REVIEW = (
    "Here the app shows every prediction that was wrong though you were certain or fairly sure of it, "
    "beside the right choice and its reason."
)


def table_lines(table: Table) -> list[str]:
    """Return a table as aligned lines, numbers to the right, text to the left; a wide one row by row."""
    cells = [[column.heading for column in table.columns], *table.texts()]
    widths = [max(len(row[index]) for row in cells) for index in range(len(table.columns))]
    if sum(widths) + 2 * (len(widths) - 1) > WIDEST:
        return [line for row in cells[1:] for line in _row_lines(cells[0], row)]
    left = [column.form == "" for column in table.columns]
    return [
        "  ".join(
            cell.ljust(width) if to_left else cell.rjust(width)
            for cell, width, to_left in zip(row, widths, left, strict=True)
        ).rstrip()
        for row in cells
    ]


def _row_lines(headings: Sequence[str], row: Sequence[str]) -> list[str]:
    return [row[0], *(f"  {heading}: {cell}" for heading, cell in zip(headings[1:], row[1:], strict=True))]


def outcome_text(outcome: Outcome) -> str:
    """Return what came of a run, as a person reads it."""
    from engine.ledger import ledger_table

    scenario = outcome.scenario
    units = ", ".join(str(number) for number in outcome.distinct_units)
    return "\n".join(
        [
            f"{scenario.name}: {scenario.title}",
            f"{outcome.steps:,} steps, learning rate {scenario.learning_rate:g}",
            "",
            "Cost, before the update of that step",
            *table_lines(outcome.cost_table()),
            "",
            f"accuracy         train {outcome.accuracy['train']:.4f}, test {outcome.accuracy['test']:.4f}",
            f"weights moved    {outcome.weights_moved} of {outcome.weights_total}",
            f"distinct units   {units} (units of a layer that differ, layer 1 first)",
            "",
            "Gradients of the whole training set before the first step, and why",
            *table_lines(ledger_table(outcome.ledger)),
        ]
    )


def screen_text(course: Course, screen: Screen) -> str:
    """Return a screen as text, its questions without their answers."""
    lines = [screen.title, "=" * len(screen.title)]
    for number, page in enumerate(screen.pages):
        if number:
            lines += ["", "-" * 8]
        for part in page.parts:
            if shown := _part_lines(course, part):
                lines += ["", *shown]
    return "\n".join(lines)


def glossary_text(course: Course) -> str:
    """Return the glossary as text."""
    from lessons.glossary import load_glossary

    lines = ["Glossary", "========"]
    for entry in load_glossary(course):
        meaning = resolved(entry.meaning, lambda expression: value(course, expression))
        said = (Span(f"{entry.term}: "), *meaning, Span(f" ({entry.screen})"))
        lines += ["", *(line.text for line in wrap(said, WIDTH, rest="    "))]
    return "\n".join(lines)


def _part_lines(course: Course, part: Part) -> Sequence[str]:
    from lessons.scenarios import scenarios_of

    def resolve(expression: str) -> str:
        return value(course, expression)

    match part:
        case Prose(blocks):
            return [line.text for line in lay_out(blocks, WIDTH, resolve)]
        case Question(_, kind, prompt, choices):
            label = Paragraph((Span("Predict:" if kind == "predict" else "Say what you saw:", "strong"),))
            lines = [line.text for line in lay_out((label, *prompt), WIDTH, resolve)]
            for number, choice in enumerate(choices, start=1):
                wrapped = wrap(resolved(choice.spans, resolve), WIDTH, first=f"  {number}. ")
                lines += [line.text for line in wrapped]
            return lines
        case Blank(_, prompt):
            label = Paragraph((Span("Work out:", "strong"),))
            return [line.text for line in lay_out((label, *prompt), WIDTH, resolve)]
        case Steps(steps):
            lines = []
            for step in steps:
                lines += [line.text for line in wrap(resolved(step.spans, resolve), WIDTH)]
                lines += ["    " + line.text for line in lay_out(step.note, WIDTH - 4, resolve)]
            return lines
        case Nudges(_, by):
            from engine.nudges import nudge_table, nudgings

            (found,) = scenarios_of(course, part)
            data = found.split()
            network, lines = found.network(data), []
            for size in (by, by / 2):
                table = nudge_table(list(nudgings(network, data.train, size, found.loss)))
                lines += ["", f"Weights moved by {size:g}, up or down:", *table_lines(table)]
            return lines[1:]
        case Assembly(_, prompt, gaps):
            lines = [line.text for line in lay_out(prompt, WIDTH, resolve)]
            for number, gap in enumerate(gaps, start=1):
                before = (*resolved(gap.before, resolve), Span(" …"))
                lines += ["", *(line.text for line in wrap(before, WIDTH, first=f"Gap {number}: "))]
                for at, choice in enumerate(gap.choices, start=1):
                    said = resolved(choice.spans, resolve)
                    lines += [line.text for line in wrap(said, WIDTH, first=f"  {at}. ")]
            return lines
        case Review():
            return [line.text for line in wrap((Span(REVIEW),), WIDTH)]
        case Run(name):
            return [f"Run: initlesson run {name}"]
        case LossTable(start):
            from engine.loss_table import loss_table

            return table_lines(loss_table(start))
        case LossCurves(start):
            from engine.loss_table import push_table

            return table_lines(push_table(start))
        case LedgerTable():
            return _ledger_lines(course, part)
        case Published(variants):
            from engine.digits import comparison
            from lessons.published import published

            lines = []
            for each in variants:
                figures = published(course, each.scenario)
                table = comparison(figures.every, figures.cost, {})
                for key in ("here", "agree", "difference"):
                    table = table.without(key)
                lines += [f"{each.label}:  Run: initlesson run {each.scenario}", *table_lines(table)]
                lines += [f"accuracy, train {figures.train:g}, test {figures.test:g}"]
            return lines
        case Switchboard(variants, name):
            from engine.switches import switch_table

            lines = []
            for each, found in zip(variants, scenarios_of(course, part), strict=True):
                lines += [f"{each.label}:", *table_lines(switch_table(found, name))]
            return lines
        case Editor():
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
                f"A network of the sizes {sizes}, with these gradients:",
                *table_lines(ledger_table(first_ledger(described))),
                f"Of its {len(numbers(network))} numbers, each changed to 1 alone, "
                f"{len(alone)} let a weight move.",
            ]
        case Trials(variants) | Race(variants):
            width = max(len(each.label) for each in variants)
            return [f"{each.label:<{width}}  Run: initlesson run {each.scenario}" for each in variants]
        case Activations():
            from engine.from_zero import activations_table

            return table_lines(activations_table(*scenarios_of(course, part)))
        case WidthOne(variants):
            from engine.side_by_side import width_one_table

            labels = [each.label or each.scenario for each in variants]
            return table_lines(width_one_table(labels, scenarios_of(course, part)))
        case Verdict(variants):
            from engine.verdict import first_steps

            table = first_steps(
                dict(zip((each.label for each in variants), scenarios_of(course, part), strict=True))
            )
            runs = [f"Run: initlesson run {each.scenario}" for each in variants]
            return [*table_lines(table), "", *runs]
        case Feedback():
            return []
    raise TypeError(f"no plain text for {part}")


def _ledger_lines(course: Course, part: LedgerTable) -> list[str]:
    from engine.ledger import ledger, ledger_table
    from engine.scenario import batches, gradients_at
    from engine.signals import signals
    from lessons.drawing import in_words
    from lessons.scenarios import scenarios_of

    lines: list[str] = []
    for each, found in zip(part.variants, scenarios_of(course, part), strict=True):
        gradients = gradients_at(found, found.network(found.split()), next(batches(found)))
        lines += [f"{each.label}:"] if each.label else []
        for said in in_words(signals(gradients)) if part.drawing else []:
            lines += _wrapped(said)
        lines += table_lines(ledger_table(ledger(gradients)))
        lines += _steps_lines(found) if part.steps else []
    return lines


def _steps_lines(scenario: Scenario) -> list[str]:
    """Return how many weights of each layer have moved, after each of as many steps as there are layers."""
    from engine.measures import moved_by_layer
    from engine.scenario import snapshots
    from engine.tables import power

    stream = snapshots(scenario, 1)
    start = next(stream).network
    lines: list[str] = []
    for _, snapshot in zip(start.layers, stream, strict=False):
        moved = enumerate(moved_by_layer(start, snapshot.network), start=1)
        said = ", ".join(f"{power('W', layer)} {text}" for layer, text in moved)
        lines += _wrapped(f"After step {snapshot.step}, weights moved: {said}")
    return lines


def _wrapped(text: str) -> list[str]:
    return [line.text for line in wrap((Span(text),), WIDTH)]
