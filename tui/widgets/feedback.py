"""Where a prediction meets what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from lessons.layout import Line, Resolve, lay_out, resolved, wrap
from lessons.model import Choice, Question, Span
from tui.session import Answer
from tui.widgets.lines import MUTED, Lines, content


class FeedbackView(Lines):
    """What the learner predicted, whether it was right, and why.

    Args:
        question: The question that asked for the prediction.
        find: Returns what the learner did with it, or None.
        later: Show only what was predicted.
        resolve: Turns the expression of a value into its number.

    """

    DEFAULT_CSS = """
    FeedbackView {
        padding: 0 0 0 1;
        border-left: outer $panel;
    }
    """

    def __init__(
        self, question: Question, find: Callable[[], Answer | None], later: bool, resolve: Resolve
    ) -> None:
        super().__init__()
        self.question = question
        self.find = find
        self.later = later
        self.resolve = resolve

    def lines(self, width: int) -> Sequence[Content]:
        """Return the prediction and, unless it is for later, what to say to it."""
        answer = self.find()
        choice = self.question.choice(answer.choice) if answer and answer.choice else None
        sure = f" ({answer.confidence})" if answer and answer.confidence else ""
        if choice is None:
            shown = [Content.styled("You made no prediction here. ← goes back to it.", MUTED)]
            return shown if self.later else [*shown, *self._told(self.question.right, "The answer: ", width)]
        if self.later:
            return self._said(choice, f"Your prediction{sure}: ", width)
        if choice.right:
            return [
                *self._said(choice, f"✓ Right. You predicted{sure}: ", width, "$text-success"),
                *self._reason(choice, width),
            ]
        return [
            *self._said(choice, f"✗ Not so. You predicted{sure}: ", width, "$text-error"),
            *self._reason(choice, width),
            *self._told(self.question.right, "✓ Right is: ", width),
        ]

    def _said(self, choice: Choice, before: str, width: int, style: str = "") -> list[Content]:
        spans = (Span(before), *resolved(choice.spans, self.resolve))
        return [content([line], f"bold {style}".strip()) for line in wrap(spans, width)]

    def _told(self, choice: Choice, before: str, width: int) -> list[Content]:
        return [*self._said(choice, before, width, "$text-success"), *self._reason(choice, width)]

    def _reason(self, choice: Choice, width: int) -> list[Content]:
        lines: list[Line] = lay_out(choice.feedback, width, self.resolve)
        return [content([line]) for line in lines]
