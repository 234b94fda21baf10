"""How a question is split: by choice and confidence, before and after, and who changed their mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lessons.model import Question
from tui.progress import CONFIDENCES, Answer
from tui.workshop.room.model import Room

SURENESS = (*reversed(CONFIDENCES), None)
"""How sure one can be, the surest first; None where it was not said."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Source:
    """One time that a question was answered.

    Attributes:
        name: What it was: "lesson", "first vote", …
        given: By learner's key.
        open: Whether answers are still taken by a vote.

    """

    name: str
    given: Mapping[str, Answer]
    open: bool = False


@dataclass(frozen=True)
class Split:
    """How answers divide.

    Attributes:
        counts: By choice, then by sureness (of `SURENESS`), how many.
        looked: How many looked at the answer instead.
        skipped: How many went on without an answer.
        other: How many chose what is no choice of the question: the course has changed since.

    """

    counts: Mapping[str, Mapping[str | None, int]]
    looked: int = 0
    skipped: int = 0
    other: int = 0

    @property
    def chosen(self) -> int:
        """How many chose one of the choices."""
        return sum(map(self.of, self.counts))

    def of(self, choice: str) -> int:
        """Return how many chose a choice."""
        return sum(self.counts[choice].values())

    def percent(self, choice: str) -> int:
        """Return how many of a hundred who chose took a choice; 0 where nobody chose."""
        return round(100 * self.of(choice) / self.chosen) if self.chosen else 0


def split(given: Mapping[str, Answer], question: Question) -> Split:
    """Return how the answers to a question divide; each of them is counted once."""
    counts = {choice.slug: dict.fromkeys(SURENESS, 0) for choice in question.choices}
    looked = skipped = other = 0
    for answer in given.values():
        if answer.choice in counts:
            counts[answer.choice][answer.confidence] += 1
        elif answer.choice is not None:
            other += 1
        elif answer.looked:
            looked += 1
        else:
            skipped += 1
    return Split(counts, looked, skipped, other)


def shift(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Counter[tuple[str, str]]:
    """Return from which choice to which they went, of those who chose both times."""
    return Counter(
        (first.choice, then.choice)
        for key, first in before.items()
        if first.choice is not None and (then := after.get(key)) is not None and then.choice is not None
    )


def sources(room: Room, screen: str, question: str) -> list[Source]:
    """Return every time that a question was answered: in the lesson, then the rounds of its last vote."""
    key = f"{screen}/{question}"
    lesson = {each.key: each.answers[key] for each in room.learners.values() if key in each.answers}
    found = [Source("lesson", lesson)]
    vote = room.vote_on(screen, question)
    for at, turn in enumerate(vote.rounds if vote else ()):
        name = f"{ORDINALS[at]} vote" if at < len(ORDINALS) else f"vote {at + 1}"
        found.append(Source(name, turn.given, turn.open))
    return found


def before_and_after(every: Sequence[Source]) -> list[Source]:
    """Return the two of them to be compared, or the only one.

    The first vote with the last; where there was one vote alone, what was answered in the lesson with it.
    """
    lesson, *votes = every
    if len(votes) > 1:
        return [votes[0], votes[-1]]
    if votes and any(answer.choice is not None for answer in lesson.given.values()):
        return [lesson, votes[0]]
    return votes or [lesson]
