"""What a room is made of: learners, votes, and the rounds of a vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.progress import Answer


@dataclass(frozen=True)
class Learner:
    """Somebody who has come.

    Attributes:
        key: Names the learner; the same key, the same learner.
        name: As it is shown.
        here: Whether they are here now.
        screen: Slug of their screen, or "" at the very beginning.
        page: The page of it, from 0.
        since: When they came to that screen, in seconds since 1970.
        answers: By "screen/question".
        finished: Screens whose last page they have reached.

    """

    key: str
    name: str
    here: bool
    screen: str
    page: int
    since: float
    answers: Mapping[str, Answer]
    finished: frozenset[str]


@dataclass
class Round:
    """One time that everybody is asked.

    Attributes:
        opened: When, in seconds since 1970.
        closed: When it was closed, or None while it is open.
        given: By learner's key, a choice with its confidence.

    """

    opened: float
    closed: float | None = None
    given: dict[str, Answer] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether votes are taken."""
        return self.closed is None


@dataclass
class Vote:
    """A question put to everybody, once or again after discussion.

    Attributes:
        id: Its number.
        screen: Slug of the screen that asks.
        question: Slug of the question.
        rounds: At least one; only the last one can be open.

    """

    id: int
    screen: str
    question: str
    rounds: list[Round]

    @property
    def open(self) -> bool:
        """Whether its last round is open."""
        return self.rounds[-1].open
