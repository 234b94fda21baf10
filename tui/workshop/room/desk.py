"""What the instructor looks at: the room beside the course, what is selected, names or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Question
from lessons.values import UnknownValueError, value
from tui.workshop.room.model import Room
from tui.workshop.room.stuck import stuck
from tui.workshop.room.values import Learner


@dataclass
class Desk:
    """The room as the instructor sees it.

    Attributes:
        course: The course.
        clock: Returns the seconds since 1970.
        room: The room.
        selected: Slug of the screen selected.
        which: Which of its questions is selected, from 0.
        hidden: Whether names are hidden.
        revealed: Questions, as "screen/question", whose right answer is shown.
        trouble: What is wrong with the way to the server, in a sentence, or "".

    """

    course: Course
    clock: Callable[[], float]
    room: Room = field(default_factory=Room)
    selected: str = ""
    which: int = 0
    hidden: bool = False
    revealed: set[str] = field(default_factory=set)
    trouble: str = ""
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.selected = self.selected or self.course.order[0]

    def number_learners(self) -> None:
        """Give everyone new a number, in the order in which they came; nobody's number changes."""
        for key in self.room.learners:
            self._numbers.setdefault(key, len(self._numbers) + 1)

    def name(self, learner: Learner) -> str:
        """Return what a learner is called here."""
        return f"Learner {self._numbers[learner.key]}" if self.hidden else learner.name

    def name_of(self, key: str) -> str:
        """Return what the learner of a key is called here, also where only their vote is known."""
        if learner := self.room.learners.get(key):
            return self.name(learner)
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return f"Learner {number}" if self.hidden else key

    def order(self, learner: Learner) -> tuple[str, int]:
        """Return what learners are sorted by: their names, or numbers where names are hidden."""
        return "" if self.hidden else learner.name.casefold(), self._numbers[learner.key]

    def number(self, screen: str) -> str:
        """Return the number of a screen: that of its lesson, a point, and its own in the lesson."""
        if screen not in self.course.order:
            return ""
        lesson = self.course.lesson_of(screen)
        return f"{self.course.lessons.index(lesson) + 1}.{lesson.screens.index(screen) + 1}"

    def title(self, screen: str) -> str:
        """Return the title of a screen, or its slug if it cannot be read."""
        try:
            return self.course.screen(screen).title if screen in self.course.order else screen
        except LessonError:
            return screen

    def called(self, screen: str) -> str:
        """Return number and title of a screen."""
        return f"{self.number(screen)} {self.title(screen)}".strip()

    def asked(self) -> list[Question]:
        """Return the questions of the selected screen, predictions first."""
        try:
            questions = self.course.screen(self.selected).questions()
        except LessonError:
            return []
        return sorted(questions, key=lambda question: question.kind != "predict")

    def question_of(self, key: str) -> Question | None:
        """Return the question with choices of a key, or None if the course has none."""
        screen, _, question = key.partition("/")
        try:
            return self.course.question(screen, question)
        except LessonError:
            return None

    @property
    def question(self) -> Question | None:
        """The question selected, or None where the screen has none."""
        asked = self.asked()
        return asked[min(self.which, len(asked) - 1)] if asked else None

    @property
    def key(self) -> str:
        """The key of the question selected, or ""."""
        return f"{self.selected}/{self.question.slug}" if self.question else ""

    def select(self, screen: str, question: str) -> None:
        """Select a question, if the course has it."""
        if screen in self.course.order:
            self.selected = screen
            slugs = [each.slug for each in self.asked()]
            self.which = slugs.index(question) if question in slugs else 0

    def go_where_most_are(self) -> None:
        """Select the screen that has the most learners, and its first question."""
        counts = Counter(screen for each in self.room.here if (screen := self.where(each)))
        if counts:
            self.selected, self.which = counts.most_common(1)[0][0], 0

    def where(self, learner: Learner) -> str:
        """Return the screen of a learner; the first one for who is at the very beginning."""
        return learner.screen if learner.screen in self.course.order else self.course.order[0]

    def stuck(self) -> list[Learner]:
        """Return who is stuck, the longest first."""
        return stuck(self.room, self.clock(), self.course.order[-1])

    def resolve(self, expression: str) -> str:
        """Return the number that an expression of the prose stands for, or what is wrong with it."""
        try:
            return value(self.course, expression)
        except (UnknownValueError, LessonError) as error:
            return f"[{error}]"


def minutes(seconds: float) -> str:
    """Return a time as it is shown: whole minutes, so that it seldom changes."""
    return f"{seconds // 60:.0f} min" if seconds >= 60 else "<1 min"
