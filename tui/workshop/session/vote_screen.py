"""A vote on the learner's screen: the question, a choice, and how sure; to be changed until it is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from lessons.layout import Resolve, wrap
from lessons.model import Question, Span
from tui.progress import Answer
from tui.screens.overlay import Overlay
from tui.widgets.choosing import Row
from tui.widgets.lines import MUTED, content
from tui.widgets.question import CURSOR, QuestionView
from tui.widgets.scrolling import Scrolling
from tui.workshop.session.ballot import SEEN

TITLES = ("Vote: your instructor asks everyone", "Second vote, after the discussion")
AGAIN = "Vote number {}, after more discussion"


def muted(text: str, width: int) -> Iterator[Content]:
    """Yield the lines of a remark."""
    return (content([line], MUTED) for line in wrap((Span(text),), width))


class VoteView(QuestionView):
    """The question as in the lesson, without hints or the answer.

    Args:
        question: The question.
        given: What the learner has given in this round, or None.
        on_answer: Takes each choice at once, and again with its confidence.
        resolve: Turns the expression of a value into its number.

    """

    BINDINGS = [
        Binding("enter,space", "choose", "take", id="vote.choose"),
        Binding("enter,space,c", "change", "change", id="vote.change"),
    ]

    changing: reactive[bool] = reactive(False, layout=True)

    def __init__(
        self, question: Question, given: Answer | None, on_answer: Callable[[Answer], None], resolve: Resolve
    ) -> None:
        def keep(screen: str, slug: str, answer: Answer) -> Answer:
            on_answer(answer)
            return answer

        # A vote asks how sure they are, whatever the question is in the lesson.
        asked = replace(question, kind="predict", hints=())
        known = given if given and given.choice and asked.choice(given.choice) else None
        super().__init__("", asked, known, resolve, keep)
        self.on_answer = on_answer

    @property
    def open(self) -> bool:
        """Whether the cursor is on the choices."""
        return self.changing or super().open

    def _below(self, width: int) -> Iterator[Row]:
        yield from super()._below(width)
        yield from ((line, None) for line in muted(SEEN, width))

    def _how(self) -> str:
        # No bar of keys is under a vote; whoever stops after a number has not voted.
        return super()._how() if self.cursor is None else "Enter takes it."

    def _answered(self, width: int) -> Iterator[Content]:
        mine = self.question.choice(self.answer.choice) if self.answer and self.answer.choice else None
        assert self.answer is not None
        assert mine is not None
        yield from self._choice(mine, CURSOR, "bold", width)
        sure = f" ({self.answer.confidence})" if self.answer.confidence else ""
        yield from muted(f"Your vote is in{sure}. Enter changes it, until the vote is closed.", width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to change what was given, and nothing that gives the answer away."""
        if action in ("hint", "answer"):
            return False
        return not self.open if action == "change" else super().check_action(action, parameters)

    def action_change(self) -> None:
        """Go back to the choices, to the one that was made; it counts until there is another."""
        assert self.answer is not None
        mine = self.question.choice(self.answer.choice or "")
        self.cursor = self.question.choices.index(mine) if mine else None
        self.changing = True
        self.refresh_bindings()

    def action_choose(self) -> None:
        """Take the line on which the cursor stands; a choice counts before its confidence is said."""
        before = self.chosen
        super().action_choose()
        if before is None and self.chosen is not None:
            self.on_answer(Answer(self.chosen.slug))

    def _commit(self, answer: Answer) -> None:
        self.changing = False
        super()._commit(answer)


class VoteScreen(Overlay[None]):
    """A vote, on top of the lesson. Whoever opened it closes it when the vote is closed; Esc does so before.

    Args:
        question: The question.
        number_of_round: Which time it is asked, from 1.
        given: What the learner has given in this round, or None.
        on_answer: Takes each choice at once, and again with its confidence.
        resolve: Turns the expression of a value into its number.

    """

    DEFAULT_CSS = """
    VoteScreen {
        align: center middle;
        Scrolling {
            width: 78; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1; scrollbar-size-vertical: 1;
            border-title-color: $text-accent; border-subtitle-color: $foreground-muted;
        }
        VoteView { margin: 0; }
    }
    """

    def __init__(
        self,
        question: Question,
        number_of_round: int,
        given: Answer | None,
        on_answer: Callable[[Answer], None],
        resolve: Resolve,
    ) -> None:
        super().__init__()
        self.title_said = (
            TITLES[number_of_round - 1] if number_of_round <= len(TITLES) else AGAIN.format(number_of_round)
        )
        self.view = VoteView(question, given, on_answer, resolve)

    def compose(self) -> ComposeResult:
        """Ask."""
        with Scrolling(can_focus=False) as box:
            box.border_title = self.title_said
            box.border_subtitle = "Esc: back to the lesson   q quits"
            yield self.view

    def on_mount(self) -> None:
        """Let the keys go to the question."""
        self.view.focus()
