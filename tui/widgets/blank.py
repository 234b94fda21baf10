"""A number to work out by hand, and to type in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.binding import Binding
from textual.content import Content
from textual.events import Paste
from textual.reactive import reactive

from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.model import Blank, Span
from lessons.numbers import CHARACTERS, LONGEST, typed_number
from tui.messages import PartDone
from tui.session import Answer
from tui.widgets.lines import MUTED, Lines, content, fill
from tui.widgets.typed import Typing


class BlankView(Typing, Lines, can_focus=True):
    """A line to type a number in, judged against the engine's; after the right one, how one gets there.

    Args:
        asked_on: Slug of the screen that asks.
        blank: What is asked.
        answer: What the learner did with it, or None.
        truth: The number that is right.
        resolve: Turns the expression of a value into its number, as text.
        keep: Writes an answer down and returns it as it was kept.
        hints: How many hints were taken before.
        keep_hint: Writes down how many have been taken.

    """

    BINDINGS = [
        Binding("enter", "judge", "check", id="blank.judge"),
        Binding("backspace,delete", "rub_out", "delete", key_display="⌫", show=False, id="blank.rub_out"),
        Binding("a", "help", "hint, answer", tooltip="A hint; after the last, the answer", id="blank.help"),
    ]

    typed: reactive[str] = reactive("", layout=True)
    answer: reactive[Answer | None] = reactive(None, layout=True)
    hints: reactive[int] = reactive(0, layout=True)

    def __init__(
        self,
        asked_on: str,
        blank: Blank,
        answer: Answer | None,
        truth: float,
        resolve: Resolve,
        keep: Callable[[str, str, Answer], Answer],
        *,
        hints: int = 0,
        keep_hint: Callable[[str, str, int], None] | None = None,
    ) -> None:
        super().__init__()
        self.asked_on = asked_on
        self.question = blank
        self.truth = truth
        self.resolve = resolve
        self.keep = keep
        self.keep_hint = keep_hint
        self.set_reactive(BlankView.answer, answer)
        self.set_reactive(BlankView.hints, min(hints, len(self.question.hints)))
        self.set_reactive(BlankView.typed, (answer.choice or "")[:LONGEST] if answer else "")
        self.unread = False

    @property
    def right(self) -> bool:
        """Whether the number that was kept is the right one."""
        return self.answer is not None and self._is_right(self.answer.choice or "")

    @property
    def open(self) -> bool:
        """Whether another number can be typed."""
        return not self.right and not (self.answer is not None and self.answer.looked)

    def _is_right(self, text: str) -> bool:
        number = typed_number(text)
        return number is not None and abs(number - self.truth) <= self.question.tolerance

    @property
    def judged(self) -> bool:
        """Whether what stands in the field is what was last judged."""
        return self.answer is not None and bool(self.typed) and self.answer.choice == self.typed

    def lines(self, width: int) -> Sequence[Content]:
        """Return what is asked, the field, and what there is to say."""
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Content]:
        yield from (content([line], "bold") for line in lay_out(self.question.prompt, width, self.resolve))
        if not self.open:
            yield self._found()
            for line in lay_out(self.question.reason, width - 2, self.resolve):
                yield content([line]).pad_left(2)
            return
        cursor = "_" if self.has_focus else " "
        style = "bold $text-accent" if self.has_focus else ""
        field = Content.styled(f"[ {self.typed + cursor:<{LONGEST + 1}} ]", style)
        yield from fill(
            [Content.styled("▸ " if self.has_focus else "  ", style) + field, self._says()], width
        )
        for hint in self.question.hints[: self.hints]:
            said = (Span("Hint: ", "strong"), *resolved(hint, self.resolve))
            yield from (content([line]) for line in wrap(said, width))

    def _found(self) -> Content:
        exact = self.resolve(self.question.answer)
        if not self.right:
            return Content.assemble(("The answer: ", MUTED), (exact, "bold $text-success"))
        typed = self.answer.choice if self.answer and self.answer.choice else ""
        more = "" if typed.replace("-", "−") == exact else f"   (computed: {exact})"
        return Content.assemble((f"✓ {typed}", "bold $text-success"), (more, MUTED))

    def _says(self) -> Content:
        if self.unread:
            return Content.styled(" ✗ not a number; write −0.5 or −1/2", "$text-error")
        if self.judged:
            number = typed_number(self.typed)
            mirrored = number is not None and abs(number + self.truth) <= self.question.tolerance
            why = "the size is right: mind the sign" if mirrored else "not yet: try again, or a: a hint"
            return Content.styled(f" ✗ {why}", "$text-error")
        if self.has_focus:
            return Content.styled(" a number, then Enter. a: a hint", MUTED)
        return Content.styled(" Tab comes here.", MUTED)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to type and to look only while it is open."""
        return self.open if action in ("judge", "rub_out", "help") else True

    def take(self, character: str) -> bool:
        """Take what belongs to a number; all else means what it always does."""
        if not self.open or character not in CHARACTERS:
            return False
        self._type(character)
        return True

    def on_paste(self, event: Paste) -> None:
        """Take a number that is pasted."""
        event.stop()
        if self.open:
            self._type("".join(char for char in event.text if char in CHARACTERS))

    def _type(self, text: str) -> None:
        # After a number was judged, the next key begins another one.
        before = "" if self.judged else self.typed
        self.unread = False
        self.typed = (before + text)[:LONGEST]

    def action_rub_out(self) -> None:
        """Take the last character away."""
        self.unread = False
        self.typed = self.typed[:-1]

    def action_judge(self) -> None:
        """Judge the number that was typed."""
        if not self.typed or self.judged:
            return
        if typed_number(self.typed) is None:
            self.unread = True
            self.refresh()
            return
        self._commit(Answer(self.typed))

    def action_help(self) -> None:
        """Show the next hint, and after the last one the answer with its reason."""
        if self.hints < len(self.question.hints):
            self.hints += 1
            if self.keep_hint:
                self.keep_hint(self.asked_on, self.question.slug, self.hints)
            self.bring_end_into_view()
        else:
            self._commit(Answer(None, looked=True))

    def leave(self) -> None:
        """Keep nothing: a number that was not judged is not yet an answer."""

    def _commit(self, answer: Answer) -> None:
        # Written down before the screen says so: whoever reads "✓" may pull the plug.
        self.answer = self.keep(self.asked_on, self.question.slug, answer)
        self.refresh_bindings()
        if not self.open:
            self.post_message(PartDone(self))

    def on_focus(self) -> None:
        """Show where to type."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh(layout=True)
