"""Where a prediction meets what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.binding import Binding
from textual.content import Content

from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.model import Choice, Question, Span
from tui.session import Answer
from tui.telling.met import on_prediction
from tui.widgets.lines import MUTED, Lines, content

MARKS = {None: "", True: "✓ ", False: "✗ "}
STYLES = {None: "$text-success", True: "$text-success", False: "$text-error"}


class FeedbackView(Lines):
    """What the learner predicted, whether it was right, and why.

    Args:
        question: The question that asked for the prediction.
        find: Returns what the learner did with it, or None.
        later: Show only what was predicted.
        elsewhere: Whether it was asked on another screen, so that it has to be said again.
        resolve: Turns the expression of a value into its number.
        wait: Show it only when the learner has looked, or asks for it.

    """

    BINDINGS = [Binding("enter,space", "tell", "tell me", id="feedback.tell")]

    DEFAULT_CSS = """
    FeedbackView {
        padding: 0 0 0 1;
        border-left: solid $foreground-muted;
    }
    """

    def __init__(
        self,
        question: Question,
        find: Callable[[], Answer | None],
        *,
        later: bool,
        elsewhere: bool,
        resolve: Resolve,
        wait: bool = False,
    ) -> None:
        super().__init__()
        self.can_focus = self.waits = wait
        self.question = question
        self.find = find
        self.later = later
        self.elsewhere = elsewhere
        self.resolve = resolve

    def lines(self, width: int) -> Sequence[Content]:
        """Return the prediction and, unless it is for later, what to say to it."""
        if self.waits:
            does = (
                "Enter: your prediction, and why." if self.has_focus else "Look first. Then Tab comes here."
            )
            return [Content.styled(does, MUTED)]
        return list(self._lines(width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to tell what has not been told."""
        return self.waits if action == "tell" else True

    def action_tell(self) -> None:
        """Show what to say to the prediction."""
        self.waits = False
        self.refresh_bindings()
        self.refresh(layout=True)

    def on_focus(self) -> None:
        """Say what Enter does."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Say how to come here."""
        self.refresh(layout=True)

    def _lines(self, width: int) -> Iterator[Content]:
        if self.elsewhere:
            for line in lay_out(self.question.prompt, width, self.resolve):
                yield content([line], MUTED)
        for each in on_prediction(self.question, self.find(), later=self.later):
            style = "" if self.later else STYLES[each.right]
            if each.choice is None:
                yield Content.styled(each.says, MUTED)
            elif each.reason:
                yield from self._told(f"{MARKS[each.right]}{each.says} ", each.choice, width, style)
            else:
                yield from self._choice(f"{MARKS[each.right]}{each.says} ", each.choice, width, style)

    def _told(self, before: str, choice: Choice, width: int, style: str) -> Iterator[Content]:
        yield from self._choice(before, choice, width, style)
        yield from (content([line]) for line in lay_out(choice.feedback, width, self.resolve))

    def _choice(self, before: str, choice: Choice, width: int, style: str) -> list[Content]:
        spans = (Span(before), *resolved(choice.spans, self.resolve))
        return [content([line], f"bold {style}".strip()) for line in wrap(spans, width)]
