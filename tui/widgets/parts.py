"""From a part of a page to the widget that shows it."""

from __future__ import annotations

from textual.widget import Widget

from lessons.errors import LessonError
from lessons.model import Assembly, Blank, Feedback, Live, Part, Prose, Question, Screen
from tui.widgets.context import Context
from tui.widgets.feedback import FeedbackView
from tui.widgets.prose import Prose as ProseView
from tui.widgets.question import QuestionView


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
