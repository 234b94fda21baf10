"""What a learner has done so far: plain data, and how two windows' accounts of it become one."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace

FORMAT = 1
MOST_HINTS = MOST_PAGES = 1_000
CONFIDENCES = ("a guess", "fairly sure", "certain")


@dataclass(frozen=True)
class Answer:
    """What a learner did with a question.

    Attributes:
        choice: Slug of the chosen answer; None if they skipped the question or looked at its answer.
        confidence: One of `CONFIDENCES`, or None where it was not asked or not given.
        looked: Whether they looked at the answer instead of choosing one.
        late: Whether they answered after they had gone on without an answer.

    """

    choice: str | None
    confidence: str | None = None
    looked: bool = False
    late: bool = False


@dataclass
class Progress:
    """A learner's progress through one course; every key is a slug, never an index.

    Attributes:
        course: Slug of the course.
        screen: Slug of the screen that is open, or "" at the very beginning.
        page: The page of that screen, from 0.
        answers: By "screen/question".
        finished: Screens whose last page was reached.
        fresh: Keys of the answers about which the learner has not been asked again at a later start.
        hints: How many hints were taken, by "screen/question".

    """

    course: str
    screen: str = ""
    page: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)
    hints: dict[str, int] = field(default_factory=dict)

    def answer(self, screen: str, question: str) -> Answer | None:
        """Return the answer to a question, or None if it was never met."""
        return self.answers.get(f"{screen}/{question}")

    def hints_taken(self, screen: str, question: str) -> int:
        """Return how many hints of a question have been taken."""
        return self.hints.get(f"{screen}/{question}", 0)

    def copy(self) -> Progress:
        """Return progress of its own with the same content."""
        return replace(
            self,
            answers=dict(self.answers),
            finished=set(self.finished),
            fresh=set(self.fresh),
            hints=dict(self.hints),
        )

    def without(self, screens: Collection[str]) -> Progress:
        """Return what is left when nothing of some screens is remembered."""

        def stays(key: str) -> bool:
            return key.partition("/")[0] not in screens

        return replace(
            self,
            answers={key: answer for key, answer in self.answers.items() if stays(key)},
            finished={slug for slug in self.finished if stays(slug)},
            fresh={key for key in self.fresh if stays(key)},
            hints={key: count for key, count in self.hints.items() if stays(key)},
        )

    def to_json(self) -> str:
        """Return the progress as JSON text."""
        return json.dumps(
            {
                "format": FORMAT,
                "course": self.course,
                "screen": self.screen,
                "page": self.page,
                "answers": {key: asdict(answer) for key, answer in sorted(self.answers.items())},
                "finished": sorted(self.finished),
                "fresh": sorted(self.fresh),
                "hints": dict(sorted(self.hints.items())),
            },
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str, course: str) -> Progress:
        """Return the progress that a text holds.

        Raises:
            ValueError: it is not the progress of this course in this format.

        """
        try:
            data = json.loads(text)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("course") != course:
            raise ValueError("not the progress of this course")
        screen, page = data.get("screen"), data.get("page")
        answers, finished = data.get("answers"), data.get("finished")
        if not isinstance(screen, str) or type(page) is not int or not 0 <= page <= MOST_PAGES:
            raise ValueError("no place")
        if not isinstance(answers, dict) or not isinstance(finished, list):
            raise ValueError("no answers")
        # A file from before there were fresh answers: nobody has been asked about any of them.
        fresh = data.get("fresh", list(answers))
        if not isinstance(fresh, list):
            raise ValueError("no list of fresh answers")
        if not all(isinstance(slug, str) for slug in (*finished, *fresh)):
            raise ValueError("a finished screen, or a fresh answer, is no text")
        hints = data.get("hints", {})
        if not isinstance(hints, dict) or not all(
            type(count) is int and 0 <= count <= MOST_HINTS for count in hints.values()
        ):
            raise ValueError("hints are counted")
        return cls(
            course,
            screen,
            page,
            {key: _answer(value) for key, value in answers.items()},
            set(finished),
            set(fresh),
            hints,
        )


def _answer(value: object) -> Answer:
    if not isinstance(value, dict):
        raise ValueError("an answer is no table")
    choice, confidence = value.get("choice"), value.get("confidence")
    if not (choice is None or isinstance(choice, str)):
        raise ValueError("a choice is no text")
    if confidence not in (None, *CONFIDENCES):
        raise ValueError("an unknown confidence")
    looked, late = value.get("looked", False), value.get("late", False)
    if not isinstance(looked, bool) or not isinstance(late, bool):
        raise ValueError("looked and late are true or false")
    return Answer(choice, confidence, looked, late)


def merged(there: Progress | None, known: Progress, mine: Progress) -> Progress:
    """Return what is to be kept when this window adds to what is there now.

    Only what this window changed is added, so that what another window answered stays, and what was reset
    elsewhere does not come back. An answer replaces another window's; nothing but an answer does. The place
    is the last writer's.

    Args:
        there: What is kept now; None if that is lost, so that all that this window knows is needed.
        known: What was kept when this window last looked.
        mine: What this window knows now.

    """
    if there is None:
        return mine.copy()
    both = there.copy()
    both.screen, both.page = mine.screen, mine.page
    for key, answer in mine.answers.items():
        before, now = known.answers.get(key), there.answers.get(key)
        by_another = now is not None and now != before and now.choice is not None
        if answer != before and not (by_another and answer.choice is None):
            both.answers[key] = answer
    for key, count in mine.hints.items():
        if count != known.hints.get(key):
            both.hints[key] = max(count, there.hints.get(key, 0))
    both.finished |= mine.finished - known.finished
    both.fresh -= known.fresh - mine.fresh
    both.fresh |= mine.fresh - known.fresh
    return both
