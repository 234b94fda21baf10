"""Every part of a screen in words."""

from __future__ import annotations

from lessons.course import Course
from lessons.model import Assembly, Blank, Feedback, Paragraph, Part, Prose, Question
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
from tui.telling import asking, networks
from tui.telling.told import Example, Figures, Told, said

REVIEW = (
    "Here the app shows every prediction that was wrong though you were certain or fairly sure of it, "
    "beside the right choice and its reason."
)


def told(course: Course, part: Part) -> list[Told]:
    """Return what a part says before anybody has touched it; questions without their answers."""

    def resolve(expression: str) -> str:
        return value(course, expression)

    match part:
        case Prose(blocks):
            found = (asking.with_numbers(block, resolve) for block in blocks)
            return [block for block in found if block != Paragraph(())]
        case Question():
            return asking.question(part, resolve)
        case Blank():
            return asking.blank(part, resolve)
        case Assembly():
            return asking.assembly(part, resolve)
        case Steps():
            return asking.steps(part, resolve)
        case Feedback():
            return []
        case Review():
            return [said(REVIEW)]
        case Run(name):
            return [Example("", f"run {name}")]
        case Trials(variants) | Race(variants):
            return [Example(each.label, f"run {each.scenario}") for each in variants]
        case LossTable(start):
            from engine.loss_table import loss_table

            return [Figures(loss_table(start))]
        case LossCurves(start):
            from engine.loss_table import push_table

            return [Figures(push_table(start))]
        case Activations():
            from engine.from_zero import activations_table
            from lessons.scenarios import scenarios_of

            return [Figures(activations_table(*scenarios_of(course, part)))]
        case LedgerTable():
            return networks.ledgers(course, part)
        case Nudges():
            return networks.nudges(course, part)
        case Editor():
            return networks.editor(course, part)
        case Switchboard():
            return networks.switchboard(course, part)
        case WidthOne():
            return networks.width_one(course, part)
        case Verdict():
            return networks.verdict(course, part)
        case Published():
            return _published(course, part)
    raise TypeError(f"no words for {part}")


def _published(course: Course, part: Published) -> list[Told]:
    from engine.digits import comparison
    from lessons.published import published

    found: list[Told] = []
    for each in part.variants:
        figures = published(course, each.scenario)
        table = comparison(figures.every, figures.cost, {})
        for key in ("here", "agree", "difference"):
            table = table.without(key)
        found += [
            Example(f"{each.label}:", f"run {each.scenario}"),
            Figures(table),
            said(f"accuracy, train {figures.train:g}, test {figures.test:g}"),
        ]
    return found
