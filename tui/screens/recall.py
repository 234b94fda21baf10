"""A few questions of last time, asked again before the lesson goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from lessons.ascii import shown
from lessons.layout import Resolve
from lessons.model import plain
from tui.answered import Answered
from tui.messages import PartDone
from tui.screens.overlay import Overlay
from tui.session import Answer
from tui.widgets.question import QuestionView
from tui.widgets.scrolling import Scrolling

OFFER = """\
Welcome back. What you call to mind yourself, you keep longer than what you read again.

{what} from last time, before you go on? {it} nothing: your first answers stay as they are.

[b $text-accent]Enter[/]  take {them}
[b $text-accent]Esc[/]    not now: on with the lesson"""


class RecallScreen(Overlay[None]):
    """Offers the questions, asks them one after another, and tells at once whether the answer is right.

    Args:
        asked: The questions, with what was answered last time; at least one.
        resolve: Turns the expression of a value into its number.
        titles: The titles of the screens that asked, in the order of the questions.

    """

    DEFAULT_CSS = """
    RecallScreen {
        align: center middle;
        Scrolling {
            width: 78; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1; scrollbar-size-vertical: 1;
            border-title-color: $text-accent; border-subtitle-color: $foreground-muted;
        }
    }
    """
    BINDINGS = [Binding("enter", "go_on", "go on", id="recall.go_on")]

    def __init__(self, asked: Sequence[Answered], resolve: Resolve, titles: Sequence[str]) -> None:
        super().__init__()
        self.asked = tuple(asked)
        self.resolve = resolve
        self.titles = tuple(titles)
        self.at: int | None = None

    def compose(self) -> ComposeResult:
        """Begin with the offer."""
        one = len(self.asked) == 1
        with Scrolling() as box:
            box.border_title = "From last time"
            yield Static(
                OFFER.format(
                    what="One question" if one else f"{('Two', 'Three')[len(self.asked) - 2]} questions",
                    it="It changes" if one else "They change",
                    them="it" if one else "them",
                )
            )

    async def action_go_on(self) -> None:
        """Ask the next question, or go on with the lesson after the last."""
        question = self.question
        if question is not None and question.open:
            return
        following = 0 if self.at is None else self.at + 1
        if following == len(self.asked):
            self.dismiss(None)
            return
        self.at = following
        box = self.query_one(Scrolling)
        await box.remove_children()
        each = self.asked[following]
        # What was a prediction is told at once here.
        asked = QuestionView(each.screen, replace(each.question, kind="observe"), None, self.resolve, _forget)
        title = Content.styled(shown(f"Asked on: {self.titles[following]}"), "$foreground-muted")
        await box.mount(Static(title), asked, Static(id="after"))
        box.border_title = f"From last time, {following + 1} of {len(self.asked)}"
        self._say("Esc: on with the lesson")
        asked.focus()

    @property
    def question(self) -> QuestionView | None:
        """The question that is shown, or None during the offer."""
        return next(iter(self.query(QuestionView)), None)

    def on_part_done(self, message: PartDone) -> None:
        """Say what was answered last time, and which key goes on."""
        message.stop()
        assert self.at is not None
        each = self.asked[self.at]
        sure = f" ({each.answer.confidence})" if each.answer.confidence else ""
        following = "the next question" if self.at + 1 < len(self.asked) else "on with the lesson"
        self._say(f"Last time you said{sure}: {plain(each.choice.spans)}", f"Enter: {following}")

    def _say(self, *lines: str) -> None:
        *before, keys = lines
        self.query_one("#after", Static).update(
            Content("\n").join([*map(Content, map(shown, before)), Content.styled(keys, "bold $text-accent")])
        )


def _forget(screen: str, question: str, answer: Answer) -> Answer:
    """Keep nothing: the first answers are what the last lesson looks back on."""
    return answer
