"""Sentences with gaps that the learner fills, checked when the last gap is full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget

from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.model import JOINT, Assembly, Choice, Span
from tui.messages import PartDone
from tui.session import Answer
from tui.widgets.lines import MUTED, Lines, content, prompt

CURSOR, RIGHT, WRONG, NONE = "▸ ", "✓ ", "✗ ", "  "
Row = tuple[Content, int | None]
"""A line, and the number of the option that it belongs to, from 0, or None."""


class AssemblyView(Lines, can_focus=True):
    """Sentences to put together: a gap at a time, then every piece judged; a wrong one can be chosen anew.

    Args:
        asked_on: Slug of the screen that asks.
        assembly: The sentences.
        answer: What the learner did with them, or None.
        resolve: Turns the expression of a value into its number.
        keep: Writes an answer down and returns it as it was kept.

    """

    BINDINGS = [
        Binding("up,k", "move(-1)", "choose", key_display="↑↓", id="assembly.up"),
        Binding("down,j", "move(1)", "choose", show=False, id="assembly.down"),
        Binding("enter,space", "choose", "take", id="assembly.choose"),
        Binding("backspace,escape", "undo", "gap before", key_display="Backspace", id="assembly.undo"),
        Binding("a", "look", "answer", tooltip="The whole right explanation", id="assembly.look"),
        *(
            Binding(str(number), f"go_to({number})", show=False, id=f"assembly.{number}")
            for number in range(1, 10)
        ),
    ]

    gap: reactive[int | None] = reactive(0, layout=True)
    """The gap that is being filled, or None once all are judged."""
    cursor: reactive[int | None] = reactive(None, layout=True)
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
        self._rows: list[int | None] = []

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
        rows: list[Row] = [*((line, None) for line in asked), *below]
        self._rows = [row for _, row in rows]
        return [line for line, _ in rows]

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
        yield Content.styled(f"{number}↑ ↓ or a number, then Enter.{back}", MUTED), None

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
            yield (
                Content.styled("↑ ↓ a wrong piece, Enter: choose it anew. a: the whole answer.", MUTED),
                None,
            )

    def _told(self, width: int) -> Iterator[Row]:
        """Yield the whole right explanation."""
        for at, choice in enumerate(self.question.right):
            yield from ((line, None) for line in self._sentence(at, choice, NONE + RIGHT, "", width))
        yield Content.styled("  This is the whole answer.", MUTED), None

    def _sentence(self, at: int, choice: Choice | None, mark: str, style: str, width: int) -> list[Content]:
        said = choice.spans if choice else (Span("…"),)
        spans = resolved((*self.question.gaps[at].before, Span(" "), *said), self.resolve)
        return [content([line], style) for line in wrap(spans, width, first=mark)]

    def on_focus(self) -> None:
        """Show how to choose."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh(layout=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action in ("move", "choose", "go_to"):
            return self.options > 0
        if action == "undo":
            return not self.looked and self.gap is not None and (self.gap > 0 or all(self.taken))
        if action == "look":
            return not self.looked and (self.gap is not None or bool(self.wrong))
        return True

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        first = 0 if by > 0 else self.options - 1
        self._go(first if self.cursor is None else (self.cursor + by) % self.options)

    def action_go_to(self, number: int) -> None:
        """Put the cursor on the option of that number, from 1, if there is one."""
        if number <= self.options:
            self._go(number - 1)

    def _go(self, row: int) -> None:
        self.cursor = row
        self.call_after_refresh(self._bring_into_view, row)

    def _bring_into_view(self, row: int) -> None:
        if row in self._rows and isinstance(self.parent, Widget):
            line = self.virtual_region.y + self._rows.index(row)
            self.parent.scroll_to_region(Region(0, line, 1, 1), animate=False)

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

    def action_look(self) -> None:
        """Show the whole right explanation."""
        if self.open:
            self.answer = self.keep(self.asked_on, self.question.slug, Answer(None, looked=True))
        self.looked = True
        self.refresh_bindings()
        self.post_message(PartDone(self))

    def leave(self) -> None:
        """Keep nothing of sentences that are not complete; they stay as they are until the app ends."""

    def on_click(self, event: Click) -> None:
        """Take the line that is clicked."""
        row = self._rows[event.y] if 0 <= event.y < len(self._rows) else None
        # The second click of a double click meant the line that the first one has taken.
        if row is not None and event.chain == 1:
            self.cursor = row
            self.action_choose()
