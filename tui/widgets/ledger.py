"""Who zeroed the gradient: the ledger of a scenario's first step."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from engine.ledger import Entry, ledger_table
from lessons.layout import wrap
from lessons.model import Span
from lessons.wording import explain, power
from tui.widgets.lines import Lines, content
from tui.widgets.table import table_content

FACTORS = ("max_abs_delta", "max_abs_input", "max_abs_gradient")


class LedgerView(Lines, can_focus=True):
    """A line a layer: δ, a_prev, dW and the computed cause; below, the cause of the chosen line in words.

    Args:
        entries: The ledger; its entries for W are shown.

    """

    BINDINGS = [
        Binding("up,k", "move(-1)", "layer", key_display="↑↓", id="ledger.up"),
        Binding("down,j", "move(1)", "layer", show=False, id="ledger.down"),
    ]

    row: reactive[int] = reactive(0, layout=True)

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = tuple(entry for entry in entries if entry.parameter == "W")
        self.set_reactive(LedgerView.row, len(self.entries) - 1)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the table and the chosen line's causes."""
        table = ledger_table(self.entries).without("parameter")
        keys = [column.key for column in table.columns]

        def style(row: int, key: str) -> str:
            zero = key in FACTORS and table.rows[row][keys.index(key)] == 0
            emphasis = "bold $text-error" if zero else ""
            return f"{emphasis} reverse".strip() if row == self.row and key == "layer" else emphasis

        drawn = table_content(table, style)
        marked = [
            Content.styled("▸ " if number == self.row + 1 else "  ", "bold $text-accent") + line
            for number, line in enumerate(drawn)
        ]
        entry = self.entries[self.row]
        said = [Content.styled(f"  {power('dW', entry.layer)}, layer {entry.layer}:", "bold")]
        for sentence in explain(entry):
            said += [content([line]) for line in wrap((Span(sentence),), width, first="  • ")]
        # Every line's causes take the room of the longest, so that nothing below jumps.
        longest = max(len(each.causes) for each in self.entries)
        said += [Content("")] * (longest - len(entry.causes))
        return [*marked, Content(""), *said]

    def action_move(self, by: int) -> None:
        """Choose another line."""
        self.row = (self.row + by) % len(self.entries)
