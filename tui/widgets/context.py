"""What the parts of a page need to know beyond themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessons.course import Course
from lessons.errors import LessonError
from lessons.values import UnknownValueError, value
from tui.session import Answer

if TYPE_CHECKING:
    from engine.scenario import Scenario
    from lessons.model import Live


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
