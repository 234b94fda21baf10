"""From a part of a page to the widget that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widget import Widget

from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Assembly, Blank, Feedback, Live, Part, Prose, Question, Screen
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

    """

    course: Course
    answer: Callable[[str, str], Answer | None]
    keep: Callable[[str, str, Answer], Answer]
    answers: Mapping[str, Answer]

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

    What is not text to read or a question is imported when the first of its kind is needed: the first page is
    on the screen sooner.

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
            )
        case Assembly(slug):
            from tui.widgets.assembly import AssemblyView

            return AssemblyView(
                screen.slug, part, context.answer(screen.slug, slug), context.resolve, context.keep
            )
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
        case Live():
            from tui.widgets.live import live_widget

            return live_widget(part, context)
    raise TypeError(f"no widget for {part}")
