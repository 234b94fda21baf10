"""From a part of a page to the widget that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.widget import Widget

from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Feedback, LedgerTable, LossTable, Part, Prose, Question, Run, Screen
from lessons.values import UnknownValueError, value
from tui.session import Answer
from tui.widgets.feedback import FeedbackView
from tui.widgets.prose import Prose as ProseView
from tui.widgets.question import QuestionView


@dataclass(frozen=True)
class Context:
    """What parts need to know beyond themselves.

    Attributes:
        course: The course.
        answer: Returns what the learner did with a question of a screen, or None.
        keep: Writes down an answer to a question of a screen, and returns it as it was kept.

    """

    course: Course
    answer: Callable[[str, str], Answer | None]
    keep: Callable[[str, str, Answer], Answer]

    def resolve(self, expression: str) -> str:
        """Return the number that an expression of the prose stands for, or what is wrong with it."""
        try:
            return value(self.course, expression)
        except (UnknownValueError, LessonError) as error:
            return f"[{error}]"


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
                screen.slug, part, context.answer(screen.slug, slug), context.resolve, context.keep
            )
        case Feedback(asked_by, slug, later):
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
            )
        case Run(name):
            from lessons.scenarios import watchable
            from tui.widgets.run import RunView

            return RunView(watchable(context.course, name))
        case LossTable(start):
            from tui.widgets.loss_table import LossTableView

            return LossTableView(start)
        case LedgerTable(name):
            from engine.scenario import first_ledger
            from lessons.scenarios import scenario
            from tui.widgets.ledger import LedgerView

            return LedgerView(first_ledger(scenario(context.course, name)))
