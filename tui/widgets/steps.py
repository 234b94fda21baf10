"""A worked calculation: Enter reveals its next line, ↑ ↓ go back to the notes of the others."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.parts.steps import Steps
from tui.messages import PartDone
from tui.widgets.lines import MUTED, Lines, content

CURSOR, NONE = "▸ ", "  "


class StepsView(Lines, can_focus=True):
    """The lines revealed so far; below, the note of the line on which the cursor stands.

    Args:
        part: The calculation.
        resolve: Turns the expression of a value into its number.

    """

    BINDINGS = [
        Binding("enter,space", "reveal", "next line", id="steps.reveal"),
        Binding("up,k", "move(-1)", "line", key_display="↑↓", id="steps.up"),
        Binding("down,j", "move(1)", "line", show=False, id="steps.down"),
    ]

    known: reactive[int] = reactive(1, layout=True)
    row: reactive[int] = reactive(0, layout=True)

    def __init__(self, part: Steps, resolve: Resolve) -> None:
        super().__init__()
        self.part = part
        self.resolve = resolve

    @property
    def left(self) -> int:
        """How many lines are still hidden."""
        return len(self.part.steps) - self.known

    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines, the note, and what Enter does; as many at any time, so that nothing jumps."""
        drawn: list[Content] = []
        hidden: list[Content] = []
        for row, step in enumerate(self.part.steps):
            mark = CURSOR if row == self.row else NONE
            laid_out = wrap(resolved(step.spans, self.resolve), width, first=mark)
            here = row == self.row and self.has_focus
            if row < self.known:
                drawn += [content([line], "bold" if here else "") for line in laid_out]
            else:
                hidden += [Content("")] * len(laid_out)
        notes = [lay_out(step.note, width - len(NONE), self.resolve) for step in self.part.steps]
        note = [content([line]).pad_left(len(NONE)) for line in notes[self.row]]
        room = max(len(each) for each in notes)
        note += [Content("")] * (room - len(note))
        return [*drawn, Content(""), *note, self._says(), *hidden]

    def _says(self) -> Content:
        if not self.has_focus:
            return Content.styled("Tab comes here.", MUTED)
        if self.left:
            return Content.assemble(
                ("Enter", "bold $text-accent"),
                (f"  next line ({self.known} of {len(self.part.steps)})", MUTED),
            )
        return Content.styled("That is all. ↑ ↓ show what was said to a line.", MUTED)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the next line only while there is one, and other lines once there are some."""
        if action == "reveal":
            return self.left > 0
        return self.known > 1 if action == "move" else True

    def action_reveal(self) -> None:
        """Show the next line."""
        self.known += 1
        self.row = self.known - 1
        self.refresh_bindings()
        if not self.left:
            self.post_message(PartDone(self))

    def action_move(self, by: int) -> None:
        """Go to another line that is shown."""
        self.row = (self.row + by) % self.known

    def on_focus(self) -> None:
        """Say where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """Say where the keys go."""
        self.refresh()
