"""A question: something to predict, or to say after looking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.model import Choice, Question, Span
from tui.messages import PartDone
from tui.session import CONFIDENCES, Answer
from tui.widgets.choosing import Choosing, Row
from tui.widgets.lines import MUTED, content, prompt

CURSOR, RIGHT, WRONG, NONE = "▸ ", "✓ ", "✗ ", "  "


class QuestionView(Choosing):
    """A question with its choices; after the answer, the choice made and, if it is no prediction, why.

    Args:
        asked_on: Slug of the screen that asks.
        question: The question.
        answer: What the learner did with it, or None.
        resolve: Turns the expression of a value into its number.
        keep: Writes an answer down and returns it as it was kept.
        hints: How many hints were taken before.
        keep_hint: Writes down how many have been taken.

    """

    BINDINGS = [
        Binding("a", "hint", "hint", id="question.hint"),
        Binding("a", "answer", "answer", id="question.answer"),
        Binding("escape", "reconsider", "other choice", key_display="Esc", id="question.reconsider"),
    ]

    chosen: reactive[Choice | None] = reactive(None, layout=True)
    answer: reactive[Answer | None] = reactive(None, layout=True)
    hints: reactive[int] = reactive(0, layout=True)
    asked_for_answer: reactive[bool] = reactive(False, layout=True)

    def __init__(
        self,
        asked_on: str,
        question: Question,
        answer: Answer | None,
        resolve: Resolve,
        keep: Callable[[str, str, Answer], Answer],
        *,
        hints: int = 0,
        keep_hint: Callable[[str, str, int], None] | None = None,
    ) -> None:
        super().__init__()
        self.asked_on = asked_on
        self.question = question
        self.resolve = resolve
        self.keep = keep
        self.keep_hint = keep_hint
        self.set_reactive(QuestionView.answer, answer)
        self.set_reactive(QuestionView.hints, min(hints, len(self.question.hints)))

    @property
    def open(self) -> bool:
        """Whether it can still be answered."""
        return self.answer is None or (self.answer.choice is None and not self.answer.looked)

    @property
    def options(self) -> int:
        """How many lines the cursor can stand on."""
        if not self.open:
            return 0
        return len(CONFIDENCES) if self.chosen else len(self.question.choices)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the question in its present state, and remember which line belongs to which option."""
        asked = prompt(self.question.prompt, width, self.resolve)
        return self.remembered([*((line, None) for line in asked), *self._below(width)])

    def _below(self, width: int) -> Iterator[Row]:
        """Yield what stands below the prompt: lines, each with the number of its option from 0, or None."""
        if not self.open:
            yield from ((line, None) for line in self._answered(width))
            return
        if self.chosen is None:
            for row, choice in enumerate(self.question.choices):
                yield from ((line, row) for line in self._option(row, choice, width))
        else:
            yield from ((line, None) for line in self._choice(self.chosen, NONE, "", width))
            yield Content.styled("How sure are you?", "bold"), None
            for row, words in enumerate(CONFIDENCES):
                yield Content.styled(f"{self._mark(row)}{row + 1}  {words}", self._style(row)), row
        for hint in self.question.hints[: self.hints]:
            said = (Span("Hint: ", "strong"), *resolved(hint, self.resolve))
            yield from ((content([line]), None) for line in wrap(said, width))
        if self.asked_for_answer:
            yield Content.styled("A guess first teaches more. a again shows the answer.", MUTED), None
        elif how := self._how():
            yield Content.styled(how, MUTED), None

    def _how(self) -> str:
        """Return how to answer, as long as nothing says that it is under way."""
        if self.cursor is not None:
            return ""
        return "↑ ↓ or a number, then Enter" if self.has_focus else "Tab comes here."

    def _answered(self, width: int) -> Iterator[Content]:
        mine = self.question.choice(self.answer.choice) if self.answer and self.answer.choice else None
        if self.question.kind == "predict" and mine is not None:
            sure = f" ({self.answer.confidence})" if self.answer and self.answer.confidence else ""
            yield from self._choice(mine, CURSOR, "bold", width)
            yield Content.styled(f"Your prediction is kept{sure}. → goes on.", MUTED)
            return
        if mine is not None and not mine.right:
            yield from self._choice(mine, WRONG, "$text-error", width)
            yield from self._reason(mine, width)
        yield from self._choice(self.question.right, RIGHT, "bold $text-success", width)
        yield from self._reason(self.question.right, width)

    def _option(self, row: int, choice: Choice, width: int) -> list[Content]:
        return self._choice(choice, f"{self._mark(row)}{row + 1}  ", self._style(row), width)

    def _choice(self, choice: Choice, mark: str, style: str, width: int) -> list[Content]:
        said = resolved(choice.spans, self.resolve)
        return [content([line], style) for line in wrap(said, width, first=mark)]

    def _reason(self, choice: Choice, width: int) -> list[Content]:
        laid_out = lay_out(choice.feedback, width - len(NONE), self.resolve)
        return [content([line]).pad_left(len(NONE)) for line in laid_out]

    def _mark(self, row: int) -> str:
        return CURSOR if row == self.cursor else NONE

    def _style(self, row: int) -> str:
        return "bold $text-accent" if row == self.cursor and self.has_focus else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "reconsider":
            return self.chosen is not None
        if action == "hint":
            return self.open and self.hints < len(self.question.hints)
        if action == "answer":
            return self.open and self.hints == len(self.question.hints)
        return super().check_action(action, parameters)

    def action_choose(self) -> None:
        """Take the line on which the cursor stands."""
        if self.cursor is None:
            return
        if self.chosen is not None:
            self._commit(Answer(self.chosen.slug, CONFIDENCES[self.cursor]))
        elif self.question.kind == "predict":
            self.chosen = self.question.choices[self.cursor]
            self.cursor = None
            self.refresh_bindings()
            self.bring_end_into_view()
        else:
            self._commit(Answer(self.question.choices[self.cursor].slug))

    def action_reconsider(self) -> None:
        """Go back from the confidence to the choices."""
        if self.chosen is not None:
            at = self.question.choices.index(self.chosen)
            self.chosen = None
            self._go(at)
            self.refresh_bindings()

    def action_hint(self) -> None:
        """Show the next hint."""
        self.hints += 1
        if self.keep_hint:
            self.keep_hint(self.asked_on, self.question.slug, self.hints)
        self.refresh_bindings()
        self.bring_end_into_view()

    def action_answer(self) -> None:
        """Show the answer with its reason; instead of a prediction only when it is asked for twice."""
        if self.question.kind == "predict" and not self.asked_for_answer:
            self.asked_for_answer = True
            self.bring_end_into_view()
        else:
            self._commit(Answer(None, looked=True))

    def leave(self) -> None:
        """Keep a choice whose confidence was not said when the learner goes on."""
        if self.chosen is not None:
            self._commit(Answer(self.chosen.slug))

    def _commit(self, answer: Answer) -> None:
        # Written down before the screen says so: whoever reads "kept" may pull the plug.
        self.answer = self.keep(self.asked_on, self.question.slug, answer)
        self.chosen = None
        self.refresh_bindings()
        self.post_message(PartDone(self))
