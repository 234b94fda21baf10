"""Options of which one is taken: the cursor, the number keys and the click that questions share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive

from tui.widgets.lines import Lines

Row: TypeAlias = tuple[Content, int | None]
"""A line, and the number of the option that it belongs to, from 0, or None."""


class Choosing(Lines, can_focus=True):
    """Lines, some of which belong to options; a subclass says how many there are and what taking one does."""

    BINDINGS = [
        Binding("up,k", "move(-1)", "choose", key_display="↑↓", id="choosing.up"),
        Binding("down,j", "move(1)", "choose", show=False, id="choosing.down"),
        Binding("enter,space", "choose", "take", id="choosing.choose"),
        *(
            Binding(str(number), f"go_to({number})", show=False, id=f"choosing.{number}")
            for number in range(1, 10)
        ),
    ]

    # Nothing is chosen at first, so that an Enter too many takes nothing.
    cursor: reactive[int | None] = reactive(None, layout=True)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[int | None] = []

    @property
    def options(self) -> int:
        """How many options the cursor can stand on; 0 where nothing can be taken."""
        raise NotImplementedError

    def action_choose(self) -> None:
        """Take the option on which the cursor stands, if it stands on one."""
        raise NotImplementedError

    def remembered(self, rows: Iterable[Row]) -> Sequence[Content]:
        """Return the lines of rows, and remember which line belongs to which option."""
        found = list(rows)
        self._rows = [row for _, row in found]
        return [line for line, _ in found]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        return self.options > 0 if action in ("move", "choose", "go_to") else True

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
        self.call_after_refresh(self._show_option, row)

    def _show_option(self, row: int) -> None:
        if row in self._rows:
            self.bring_into_view(self._rows.index(row))

    def on_focus(self) -> None:
        """Show how to choose."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh(layout=True)

    def on_click(self, event: Click) -> None:
        """Take the option that is clicked."""
        row = self._rows[event.y] if 0 <= event.y < len(self._rows) else None
        # The second click of a double click meant the line that the first one has taken.
        if self.options and row is not None and event.chain == 1:
            self.cursor = row
            self.action_choose()
