"""Everything that the course asks, numbered, with the place where its answer stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lessons.course import Course
from lessons.model import Asked, Feedback, Part, Question, Spans
from lessons.parts.editor import Editor

Task: TypeAlias = Asked | Editor


@dataclass(frozen=True)
class Posed:
    """A task of the course.

    Attributes:
        task: What is asked.
        screen: Slug of the screen that asks.
        number: Its number, as "2.3": the third of lesson 2.
        answered: Slug of the lesson at whose end the answer stands: where the course tells it, so that a
            question that comes back much later is not answered before.

    """

    task: Task
    screen: str
    number: str
    answered: str

    @property
    def question_key(self) -> str:
        """The key of its heading."""
        return f"question {self.number}"

    @property
    def answer_key(self) -> str:
        """The key of its answer's heading."""
        return f"answer {self.number}"

    @property
    def hints(self) -> tuple[Spans, ...]:
        """What helps."""
        return getattr(self.task, "hints", ())


def posed(course: Course) -> list[Posed]:
    """Return everything that a course asks, in order.

    Raises:
        LessonError: a screen cannot be read.

    """
    told: dict[tuple[str, str], str] = {}
    for lesson in course.lessons:
        for slug in lesson.screens:
            for part in _parts(course, slug):
                if isinstance(part, Feedback) and not part.later:
                    told.setdefault((part.screen, part.question), lesson.slug)
    found = []
    for number, lesson in enumerate(course.lessons, start=1):
        tasks = [
            (slug, part)
            for slug in lesson.screens
            for part in _parts(course, slug)
            if isinstance(part, Asked | Editor)
        ]
        for count, (slug, task) in enumerate(tasks, start=1):
            asked = (slug, task.slug) if isinstance(task, Question) else ("", "")
            found.append(Posed(task, slug, f"{number}.{count}", told.get(asked, lesson.slug)))
    return found


def _parts(course: Course, slug: str) -> list[Part]:
    return [part for page in course.screen(slug).pages for part in page.parts]
