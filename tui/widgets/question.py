"""A question: something to predict, or to say after looking."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.events import Click, Key
from textual.reactive import reactive

from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.model import Choice, Question
from tui.messages import Answered, PartDone
from tui.session import CONFIDENCES, Answer
from tui.widgets.lines import MUTED, Lines, content

CURSOR, RIGHT, WRONG, NONE = "▸ ", "✓ ", "✗ ", "  "


class QuestionView(Lines, can_focus=True):
    """A question with its choices; after the answer, the choice made and, if it is no prediction, why.

    Args:
        question: The question.
        answer: What the learner did with it, or None.
        resolve: Turns the expression of a value into its number.

    """

    DEFAULT_CSS = """
    QuestionView {
        padding: 0 0 0 1;
        border-left: outer $panel;
        &:focus { border-left: outer $accent; }
    }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", "Choose", key_display="↑↓", id="question.up"),
        Binding("down,j", "move(1)", "Choose", show=False, id="question.down"),
        Binding("enter,space", "choose", "Take it", id="question.choose"),
        Binding("a", "reveal", "Answer", tooltip="Show the answer", id="question.reveal"),
    ]

    cursor: reactive[int] = reactive(0, layout=True)
    chosen: reactive[Choice | None] = reactive(None, layout=True)
    answer: reactive[Answer | None] = reactive(None, layout=True)

    def __init__(self, question: Question, answer: Answer | None, resolve: Resolve) -> None:
        super().__init__()
        self.question = question
        self.resolve = resolve
        self.set_reactive(QuestionView.answer, answer)
        self._rows: list[int | None] = []

    @property
    def open(self) -> bool:
        """Whether it can still be answered."""
        if self.answer is None:
            return True
        return self.question.kind == "predict" and self.answer.choice is None

    @property
    def options(self) -> int:
        """How many lines the cursor can stand on."""
        return len(CONFIDENCES) if self.chosen else len(self.question.choices)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the question in its present state."""
        shown = [content([line], "bold") for line in lay_out(self.question.prompt, width, self.resolve)]
        rows: list[int | None] = [None] * len(shown)

        def add(line: Content, row: int | None = None) -> None:
            shown.append(line)
            rows.append(row)

        def add_choice(choice: Choice, mark: str, style: str, row: int | None = None) -> None:
            for line in wrap(resolved(choice.spans, self.resolve), width, first=mark):
                add(content([line], style), row)

        if self.open and self.chosen is None:
            for row, choice in enumerate(self.question.choices):
                here = row == self.cursor
                mark = f"{CURSOR if here else NONE}{row + 1}  "
                add_choice(choice, mark, "bold $text-accent" if here and self.has_focus else "", row)
        elif self.open and self.chosen is not None:
            add_choice(self.chosen, NONE, "")
            add(Content.styled("How sure are you?", "bold"))
            for row, words in enumerate(CONFIDENCES):
                here = row == self.cursor
                style = "bold $text-accent" if here and self.has_focus else ""
                add(Content.styled(f"{CURSOR if here else NONE}{row + 1}  {words}", style), row)
        else:
            mine = self.question.choice(self.answer.choice) if self.answer and self.answer.choice else None
            if self.question.kind == "predict":
                if mine is not None:
                    add_choice(mine, CURSOR, "bold")
                add(Content.styled(self._kept(), MUTED))
            else:
                if mine is not None and not mine.right:
                    add_choice(mine, WRONG, "$text-error")
                    self._add_feedback(mine, width, add)
                add_choice(self.question.right, RIGHT, "bold $text-success")
                self._add_feedback(self.question.right, width, add)
        self._rows = rows
        return shown

    def _add_feedback(self, choice: Choice, width: int, add) -> None:  # type: ignore[no-untyped-def]
        for line in lay_out(choice.feedback, width - 2, self.resolve):
            add(content([line]).pad_left(2))

    def _kept(self) -> str:
        sure = self.answer.confidence if self.answer else "not sure"
        return f"Your prediction is kept ({sure}). → goes on."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action in ("move", "choose"):
            return self.open
        if action == "reveal":
            return self.open and self.question.kind == "observe"
        return True

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = (self.cursor + by) % self.options

    def action_choose(self) -> None:
        """Take the line on which the cursor stands."""
        if self.chosen is not None:
            self._commit(Answer(self.chosen.slug, CONFIDENCES[self.cursor]))
        elif self.question.kind == "predict":
            self.chosen = self.question.choices[self.cursor]
            self.cursor = 1
        else:
            self._commit(Answer(self.question.choices[self.cursor].slug))

    def action_reveal(self) -> None:
        """Show the answer without choosing one."""
        self._commit(Answer(None))

    def _commit(self, answer: Answer) -> None:
        self.chosen = None
        self.answer = answer
        self.refresh_bindings()
        self.post_message(Answered(self.question.slug, answer))
        self.post_message(PartDone(self))

    def on_key(self, event: Key) -> None:
        """A digit goes to the line of that number; Esc goes back from the confidence to the choices."""
        if event.character and event.character.isdecimal() and self.open:
            number = int(event.character)
            if 1 <= number <= self.options:
                self.cursor = number - 1
                event.stop()
        elif event.key == "escape" and self.chosen is not None:
            self.cursor = self.question.choices.index(self.chosen)
            self.chosen = None
            event.stop()

    def on_click(self, event: Click) -> None:
        """A click on a line takes it."""
        row = self._rows[event.y] if 0 <= event.y < len(self._rows) else None
        if self.open and row is not None:
            self.cursor = row
            self.action_choose()
