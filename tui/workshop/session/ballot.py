"""A vote as a learner's session knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Question
from tui.progress import Answer

SEEN = "The class sees how many chose what. Your instructor can see who did."
"""What a learner is told of a vote before they give theirs."""


@dataclass(frozen=True)
class Ballot:
    """A vote.

    Attributes:
        id: Its number.
        round: Which time it is asked, from 1.
        screen: Slug of the screen that asks.
        question: Slug of the question.
        open: Whether it can be answered.
        given: What the learner has answered in this round, or None.

    """

    id: int
    round: int
    screen: str
    question: str
    open: bool
    given: Answer | None = None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Ballot:
        """Return the vote of which the room tells."""
        given = said["given"]
        return cls(
            said["id"],
            said["round"],
            said["screen"],
            said["question"],
            said["open"],
            Answer(given["choice"], given["confidence"]) if given else None,
        )

    def filled(self, answer: Answer) -> Ballot:
        """Return the same vote with an answer."""
        return replace(self, given=answer)

    def vote(self) -> dict[str, Any]:
        """Return the line that tells the room of the answer."""
        assert self.given
        return {
            "vote": self.id,
            "round": self.round,
            "choice": self.given.choice,
            "confidence": self.given.confidence,
        }


def question_in(course: Course, screen: str, slug: str) -> Question | None:
    """Return a question of a course by its names, or None if there is none, or it cannot be read."""
    try:
        return course.question(screen, slug)
    except LessonError:
        return None
