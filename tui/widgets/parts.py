"""From a part of a page to the widget that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widget import Widget

from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Assembly, Blank, Feedback, Live, Part, Prose, Question, Screen
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
from lessons.values import UnknownValueError, value
from tui.session import Answer
from tui.widgets.feedback import FeedbackView
from tui.widgets.prose import Prose as ProseView
from tui.widgets.question import QuestionView

if TYPE_CHECKING:
    from engine.scenario import Scenario


@dataclass(frozen=True)
class Context:
    """What parts need to know beyond themselves.

    Attributes:
        course: The course.
        answer: Returns what the learner did with a question of a screen, or None.
        keep: Writes down an answer to a question of a screen, and returns it as it was kept.
        answers: All answers of the course so far, by "screen/question".
        hints: Returns how many hints of a question of a screen have been taken.
        keep_hint: Writes that number down.

    """

    course: Course
    answer: Callable[[str, str], Answer | None]
    keep: Callable[[str, str, Answer], Answer]
    answers: Mapping[str, Answer]
    hints: Callable[[str, str], int]
    keep_hint: Callable[[str, str, int], None]

    def resolve(self, expression: str) -> str:
        """Return the number that an expression of the prose stands for, or what is wrong with it."""
        try:
            return value(self.course, expression)
        except (UnknownValueError, LessonError) as error:
            return f"[{error}]"

    def scenarios(self, part: Live) -> list[Scenario]:
        """Return the scenarios of a part, in order, as it can show them."""
        from lessons.scenarios import scenarios_of

        return scenarios_of(self.course, part)


def widget_for(part: Part, screen: Screen, context: Context) -> Widget:
    """Return a widget that shows a part.

    Widgets that show numbers bring numpy with them, so they are imported when the first of them is needed.

    Raises:
        LessonError: the part names a scenario or a question that the course does not have.

    """
    match part:
        case Prose(blocks):
            return ProseView(blocks, context.resolve)
        case Question(slug):
            return QuestionView(
                screen.slug,
                part,
                context.answer(screen.slug, slug),
                context.resolve,
                context.keep,
                hints=context.hints(screen.slug, slug),
                keep_hint=context.keep_hint,
            )
        case Blank(slug):
            from lessons.values import number
            from tui.widgets.blank import BlankView

            return BlankView(
                screen.slug,
                part,
                context.answer(screen.slug, slug),
                number(context.course, part.answer),
                context.resolve,
                context.keep,
                hints=context.hints(screen.slug, slug),
                keep_hint=context.keep_hint,
            )
        case Assembly(slug):
            from tui.widgets.assembly import AssemblyView

            return AssemblyView(
                screen.slug, part, context.answer(screen.slug, slug), context.resolve, context.keep
            )
        case Review():
            from tui.widgets.review import ReviewView

            return ReviewView(context.course, context.answers, context.resolve)
        case Feedback(asked_by, slug, later, wait):
            question = context.course.question(asked_by, slug)
            if question is None:
                raise LessonError(
                    context.course.path(screen.slug),
                    None,
                    f"no question {asked_by}/{slug} to give feedback on",
                )
            return FeedbackView(
                question,
                lambda: context.answer(asked_by, slug),
                later=later,
                elsewhere=asked_by != screen.slug,
                resolve=context.resolve,
                wait=wait,
            )
        case Run():
            from tui.widgets.run import RunView

            return RunView(part, *context.scenarios(part))
        case LossTable(start):
            from tui.widgets.loss_table import LossTableView

            return LossTableView(start)
        case LossCurves(start):
            from tui.widgets.loss_curves import LossCurvesView

            return LossCurvesView(start)
        case LedgerTable():
            from tui.widgets.ledger import LedgerView

            return LedgerView(part, context.scenarios(part))
        case Trials():
            from tui.widgets.trials import TrialsView

            return TrialsView(part, context.scenarios(part))
        case Verdict():
            from tui.widgets.verdict import VerdictView

            return VerdictView(part, context.scenarios(part))
        case Steps():
            from tui.widgets.steps import StepsView

            return StepsView(part, context.resolve)
        case Nudges():
            from tui.widgets.nudges import NudgesView

            return NudgesView(part, *context.scenarios(part))
        case Activations():
            from tui.widgets.activations import ActivationsView

            return ActivationsView(*context.scenarios(part))
        case WidthOne():
            from tui.widgets.width_one import WidthOneView

            return WidthOneView(part, context.scenarios(part))
        case Race():
            from tui.widgets.race import RaceView

            return RaceView(part, context.scenarios(part))
        case Published():
            from lessons.published import published
            from tui.widgets.published import PublishedView

            figures = [published(context.course, name) for name in part.scenarios]
            return PublishedView(part, context.scenarios(part), figures)
        case Switchboard():
            from tui.widgets.switchboard import SwitchboardView

            return SwitchboardView(part, context.scenarios(part))
        case Editor():
            from tui.widgets.editor import EditorView

            (small,) = context.scenarios(part)
            return EditorView(part, small, context.resolve)
    raise TypeError(f"no widget for {part}")
