"""Which questions of the course a learner has answered, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Choice, Question
from tui.session import CONFIDENCES, Answer

SURE = CONFIDENCES[1:]
NONE_WRONG = (
    "There is none: you were never sure of something wrong. That is fine. "
    "Predictions that you called a guess, and those that you skipped, are not listed here."
)


@dataclass(frozen=True)
class Answered:
    """A question that was answered with one of its choices.

    Attributes:
        screen: Slug of the screen that asked.
        question: The question.
        choice: The learner's choice.
        answer: How they made it.

    """

    screen: str
    question: Question
    choice: Choice
    answer: Answer

    @property
    def key(self) -> str:
        """Its key in a progress file."""
        return f"{self.screen}/{self.question.slug}"

    @property
    def sure_and_wrong(self) -> bool:
        """Whether the learner was at least fairly sure of a wrong choice."""
        return not self.choice.right and self.answer.confidence in SURE


def sure_and_wrong(course: Course, answers: Mapping[str, Answer]) -> list[Answered]:
    """Return every prediction that was wrong though the learner was sure, in the order of the course."""
    keys = {key for key, answer in answers.items() if answer.confidence in SURE}
    return [each for each in answered(course, answers, keys) if each.sure_and_wrong]


def answered(course: Course, answers: Mapping[str, Answer], keys: Collection[str]) -> Iterator[Answered]:
    """Yield those of some questions that were answered with a choice, in the order of the course.

    Only the screens that asked them are read; a screen that cannot be read, or has changed, is passed over.

    Args:
        course: The course.
        answers: All answers, by "screen/question".
        keys: Which of them are wanted.

    """
    screens = {key.partition("/")[0] for key in keys}
    for slug in course.order:
        if slug not in screens:
            continue
        try:
            questions = course.screen(slug).questions()
        except LessonError:
            continue
        for question in questions:
            key = f"{slug}/{question.slug}"
            answer = answers.get(key)
            if key in keys and answer is not None and answer.choice is not None:
                choice = question.choice(answer.choice)
                if choice is not None:
                    yield Answered(slug, question, choice, answer)
