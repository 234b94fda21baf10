"""What the learner was sure of and wrong about, all of it in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from lessons.course import Course
from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.model import Choice, Span
from tui.answered import NONE_WRONG, Answered, sure_and_wrong
from tui.session import Answer
from tui.widgets.lines import MUTED, Lines, content, prompt


class ReviewView(Lines):
    """Every confident wrong prediction, in the order of the course: the question, both choices, the reason.

    Args:
        course: The course.
        answers: All answers so far, by "screen/question"; looked into anew whenever it is drawn.
        resolve: Turns the expression of a value into its number.

    """

    def __init__(self, course: Course, answers: Mapping[str, Answer], resolve: Resolve) -> None:
        super().__init__()
        self.course = course
        self.answers = answers
        self.resolve = resolve

    def found(self) -> list[Answered]:
        """Return the predictions to show."""
        return sure_and_wrong(self.course, self.answers)

    def lines(self, width: int) -> Sequence[Content]:
        """Return them all, or that there are none."""
        found = self.found()
        if not found:
            return [content([line]) for line in wrap((Span(NONE_WRONG),), width)]
        count = f"{len(found)} prediction{'s' if len(found) > 1 else ''} of this kind. ↑ ↓ scroll."
        return [Content.styled(count, MUTED), *(line for each in found for line in self._told(each, width))]

    def _told(self, each: Answered, width: int) -> Iterator[Content]:
        yield Content("")
        yield Content.styled(self.course.screen(each.screen).title, MUTED)
        yield from prompt(each.question.prompt, width, self.resolve)
        sure = f"✗ You were {each.answer.confidence}: "
        yield from self._choice(sure, each.choice, width, "$text-error")
        yield from self._choice("✓ Right is: ", each.question.right, width, "bold $text-success")
        yield from (content([line]) for line in lay_out(each.question.right.feedback, width, self.resolve))

    def _choice(self, before: str, choice: Choice, width: int, style: str) -> list[Content]:
        spans = (Span(before), *resolved(choice.spans, self.resolve))
        return [content([line], style) for line in wrap(spans, width, rest="  ")]
