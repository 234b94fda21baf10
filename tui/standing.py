"""How far a learner is, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Asked, Assembly, Blank, Question
from lessons.numbers import typed_number
from tui.progress import Answer, Progress
from tui.recall import told_predictions

Result: TypeAlias = Literal["right", "wrong", "predicted", "changed", "looked", "skipped", "open"]
"""A prediction of which the learner has not been told is "predicted": saying more would give it away. An
answer that the course no longer has is "changed"."""


@dataclass(frozen=True)
class QuestionStanding:
    """What a learner did with a question.

    Attributes:
        slug: Its name.
        result: What came of it.
        answer: The answer, or None.
        hints: How many hints were taken.

    """

    slug: str
    result: Result
    answer: Answer | None
    hints: int


@dataclass(frozen=True)
class ScreenStanding:
    """What a learner did on a screen.

    Attributes:
        slug: Its name.
        title: Its heading, or its name if it cannot be read.
        finished: Whether its last page was reached.
        questions: What it asks, in order.

    """

    slug: str
    title: str
    finished: bool
    questions: tuple[QuestionStanding, ...]


def standing(course: Course, progress: Progress) -> dict[str, ScreenStanding]:
    """Return how far a learner is on each screen of a course, in its order."""
    told = told_predictions(course, progress)
    return {slug: _screen(course, slug, progress, told) for slug in course.order}


def _screen(course: Course, slug: str, progress: Progress, told: set[str]) -> ScreenStanding:
    finished = slug in progress.finished
    try:
        screen = course.screen(slug)
    except LessonError:
        return ScreenStanding(slug, slug, finished, ())
    return ScreenStanding(
        slug,
        screen.title,
        finished,
        tuple(
            QuestionStanding(
                part.slug,
                _result(course, part, progress.answer(slug, part.slug), f"{slug}/{part.slug}" in told),
                progress.answer(slug, part.slug),
                progress.hints_taken(slug, part.slug),
            )
            for part in screen.asked()
        ),
    )


def _result(course: Course, asked: Asked, answer: Answer | None, told: bool) -> Result:
    if answer is None:
        return "open"
    if answer.choice is None:
        return "looked" if answer.looked else "skipped"
    right: bool | None
    match asked:
        case Question():
            choice = asked.choice(answer.choice)
            right = choice.right if choice else None
            if choice and asked.kind == "predict" and not told:
                return "predicted"
        case Blank():
            right = _near(course, asked, answer.choice)
        case Assembly():
            taken = asked.taken(answer.choice)
            right = taken == asked.right if taken else None
    return "changed" if right is None else "right" if right else "wrong"


def _near(course: Course, blank: Blank, typed: str) -> bool | None:
    from lessons.values import UnknownValueError, number

    found = typed_number(typed)
    try:
        return None if found is None else abs(found - number(course, blank.answer)) <= blank.tolerance
    except (LessonError, UnknownValueError):
        return None
