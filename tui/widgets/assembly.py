"""Sentences with gaps that the learner fills, checked when the last gap is full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.model import JOINT, Assembly, Choice, Span
from tui.messages import PartDone
from tui.session import Answer
from tui.widgets.choosing import Choosing, Row
from tui.widgets.lines import MUTED, content, prompt

CURSOR, RIGHT, WRONG, NONE = "▸ ", "✓ ", "✗ ", "  "


class AssemblyView(Choosing):
    """Sentences to put together: a gap at a time, then every piece judged; a wrong one can be chosen anew.

    Args:
        asked_on: Slug of the screen that asks.
        assembly: The sentences.
        answer: What the learner did with them, or None.
        resolve: Turns the expression of a value into its number.
        keep: Writes an answer down and returns it as it was kept.

    """

    BINDINGS = [
        Binding("backspace", "undo", "gap before", key_display="Backspace", id="assembly.undo"),
        Binding("escape", "close", "leave it", show=False, id="assembly.close"),
        Binding("a", "look", "answer", tooltip="The whole right explanation", id="assembly.look"),
    ]

    gap: reactive[int | None] = reactive(0, layout=True)
    """The gap that is being filled, or None once all are judged."""
    looked: reactive[bool] = reactive(False, layout=True)

    def __init__(
        self,
        asked_on: str,
        assembly: Assembly,
        answer: Answer | None,
        resolve: Resolve,
        keep: Callable[[str, str, Answer], Answer],
    ) -> None:
        super().__init__()
        self.asked_on = asked_on
        self.question = assembly
        self.resolve = resolve
        self.keep = keep
        self.answer = answer
        self.taken: list[Choice | None] = [None] * len(assembly.gaps)
        before = assembly.taken(answer.choice) if answer and answer.choice else None
        if before is not None:
            self.taken = list(before)
            self.set_reactive(AssemblyView.gap, None)
        elif answer is not None and answer.looked:
            self.set_reactive(AssemblyView.looked, True)

    @property
    def open(self) -> bool:
        """Whether it was neither put together nor looked at."""
        return self.answer is None or (self.answer.choice is None and not self.answer.looked)

    @property
    def wrong(self) -> list[int]:
        """The gaps whose piece does not hold, once all are judged."""
        if self.gap is not None:
            return []
        return [at for at, choice in enumerate(self.taken) if choice is not None and not choice.right]

    @property
    def options(self) -> int:
        """How many lines the cursor can stand on."""
        if self.looked:
            return 0
        return len(self.wrong) if self.gap is None else len(self.question.gaps[self.gap].choices)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the sentences in their present state, and remember which line belongs to which option."""
        asked = prompt(self.question.prompt, width, self.resolve)
        if self.looked:
            below = self._told(width)
        else:
            below = self._judged(width) if self.gap is None else self._filling(width)
        return self.remembered([*((line, None) for line in asked), *below])

    def _filling(self, width: int) -> Iterator[Row]:
        """Yield the sentences so far, the present one, and what may fill it."""
        assert self.gap is not None
        again = all(self.taken)
        for at, choice in enumerate(self.taken):
            if choice is not None and (at < self.gap or (again and at > self.gap)):
                mark = (RIGHT if choice.right else WRONG) if again else NONE
                yield from ((line, None) for line in self._sentence(at, choice, mark, "", width))
            elif at == self.gap:
                yield from ((line, None) for line in self._sentence(at, None, CURSOR, "bold", width))
                for row, each in enumerate(self.question.gaps[at].choices):
                    here = row == self.cursor
                    mark = f"  {CURSOR if here else NONE}{row + 1}  "
                    style = "bold $text-accent" if here and self.has_focus else ""
                    said = wrap(resolved(each.spans, self.resolve), width, first=mark)
                    yield from ((content([line], style), row) for line in said)
        if not self.has_focus:
            return
        number = f"Gap {self.gap + 1} of {len(self.taken)}. "
        back = " Backspace: the gap before." if self.gap and not again else ""
        yield from self._muted(f"{number}↑ ↓ or a number, then Enter.{back}", width)

    def _judged(self, width: int) -> Iterator[Row]:
        """Yield every sentence with its mark, and why the wrong ones do not hold."""
        wrong = self.wrong
        for at, choice in enumerate(self.taken):
            assert choice is not None
            if choice.right:
                rows = self._sentence(at, choice, NONE + RIGHT, "", width)
                yield from ((line, None) for line in rows)
                continue
            row = wrong.index(at)
            here = row == self.cursor and self.has_focus
            style = "bold $text-error" if here else "$text-error"
            mark = (CURSOR if here else NONE) + WRONG
            yield from ((line, row) for line in self._sentence(at, choice, mark, style, width))
            for line in lay_out(choice.feedback, width - 6, self.resolve):
                yield content([line]).pad_left(6), row
        if not wrong:
            yield Content.styled("  Every piece holds. → goes on.", MUTED), None
        elif self.has_focus:
            yield from self._muted("↑ ↓ a wrong piece, Enter: choose it anew. a: the whole answer.", width)

    def _told(self, width: int) -> Iterator[Row]:
        """Yield the whole right explanation."""
        for at, choice in enumerate(self.question.right):
            yield from ((line, None) for line in self._sentence(at, choice, NONE + RIGHT, "", width))
        yield Content.styled("  This is the whole answer.", MUTED), None

    def _muted(self, text: str, width: int) -> Iterator[Row]:
        yield from ((content([line], MUTED), None) for line in wrap((Span(text),), width))

    def _sentence(self, at: int, choice: Choice | None, mark: str, style: str, width: int) -> list[Content]:
        said = choice.spans if choice else (Span("…"),)
        spans = resolved((*self.question.gaps[at].before, Span(" "), *said), self.resolve)
        return [content([line], style) for line in wrap(spans, width, first=mark)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "undo":
            return not self.looked and self.gap is not None and (self.gap > 0 or all(self.taken))
        if action == "close":
            return self.gap is not None and all(self.taken)
        if action == "look":
            return not self.looked and (self.gap is not None or bool(self.wrong))
        return super().check_action(action, parameters)

    def action_choose(self) -> None:
        """Take the piece at the cursor and go on to the next gap; or open a wrong piece again."""
        if self.cursor is None:
            return
        if self.gap is None:
            self._open(self.wrong[self.cursor])
            return
        again = all(self.taken)
        self.taken[self.gap] = self.question.gaps[self.gap].choices[self.cursor]
        if not again and self.gap + 1 < len(self.taken):
            self._open(self.gap + 1)
        else:
            self._judge()

    def _open(self, gap: int) -> None:
        self.gap = gap
        self.cursor = None
        self.refresh_bindings()

    def _judge(self) -> None:
        slugs = JOINT.join(choice.slug for choice in self.taken if choice is not None)
        # Written down before the screen says so: whoever reads it may pull the plug.
        self.answer = self.keep(self.asked_on, self.question.slug, Answer(slugs))
        self.gap = None
        self.cursor = None
        self.refresh_bindings()
        self.post_message(PartDone(self))

    def action_undo(self) -> None:
        """Go back to the gap before, or leave a wrong piece as it is."""
        if all(self.taken):
            self.gap = None
            self.cursor = None
        elif self.gap:
            before = self.gap - 1
            chosen = self.taken[before]
            self._open(before)
            self.cursor = None if chosen is None else self.question.gaps[before].choices.index(chosen)
            self.taken[before] = None
        self.refresh_bindings()

    def action_close(self) -> None:
        """Leave a wrong piece as it is."""
        self.action_undo()

    def action_look(self) -> None:
        """Show the whole right explanation."""
        if self.open:
            self.answer = self.keep(self.asked_on, self.question.slug, Answer(None, looked=True))
        self.looked = True
        self.refresh_bindings()
        self.post_message(PartDone(self))

    def leave(self) -> None:
        """Keep nothing of sentences that are not complete; they stay as they are until the app ends."""
