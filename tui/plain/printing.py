"""Screens, the glossary and outcomes as plain text, for a pipe, a screen reader, or paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.course import Course
from lessons.layout import resolved, wrap
from lessons.model import Screen, Span
from lessons.values import value
from tui.telling.lines import WIDTH, lines, table_lines
from tui.telling.parts import told

if TYPE_CHECKING:
    from engine.scenario import Outcome


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
    shown = [screen.title, "=" * len(screen.title)]
    for number, page in enumerate(screen.pages):
        if number:
            shown += ["", "-" * 8]
        for part in page.parts:
            if said := lines(told(course, part)):
                shown += ["", *said]
    return "\n".join(shown)


def glossary_text(course: Course) -> str:
    """Return the glossary as text."""
    from lessons.glossary import load_glossary

    shown = ["Glossary", "========"]
    for entry in load_glossary(course):
        meaning = resolved(entry.meaning, lambda expression: value(course, expression))
        said = (Span(f"{entry.term}: "), *meaning, Span(f" ({entry.screen})"))
        shown += ["", *(line.text for line in wrap(said, WIDTH, rest="    "))]
    return "\n".join(shown)
