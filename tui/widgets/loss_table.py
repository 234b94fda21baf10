"""The heart of the course: the loss for both labels at a p that the learner moves."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from engine.loss_table import loss_table
from tui.widgets.lines import MUTED, Lines
from tui.widgets.table import table_content

LOWEST, HIGHEST, MIDDLE = 1, 99, 50


class LossTableView(Lines, can_focus=True):
    """A slider for p, and the engine's loss table below it.

    Args:
        start: The first p, from 0.01 to 0.99.

    """

    BINDINGS = [
        Binding("up,k,plus", "move(1)", "move p", key_display="↑↓", id="loss.up"),
        Binding("down,j,minus", "move(-1)", "move p", show=False, id="loss.down"),
        Binding("pageup", "move(10)", "p + 0.1", show=False, id="loss.more"),
        Binding("pagedown", "move(-10)", "p - 0.1", show=False, id="loss.less"),
        Binding("0", "middle", "p = 0.5", id="loss.middle"),
    ]

    # In hundredths, so that going up and down again comes back to the same number.
    hundredths: reactive[int] = reactive(MIDDLE)

    def __init__(self, start: float) -> None:
        super().__init__()
        self.set_reactive(LossTableView.hundredths, round(start * 100))

    @property
    def p(self) -> float:
        """The p that the table shows."""
        return self.hundredths / 100

    def lines(self, width: int) -> Sequence[Content]:
        """Return the slider, the table, and what the losses have to do with each other."""
        table = loss_table(self.p)
        keys = [column.key for column in table.columns]
        losses = [float(row[keys.index("loss")]) for row in table.rows]
        equal = losses[0] == losses[1]

        def style(row: int, key: str) -> str:
            if key == "loss":
                return "bold $text-success" if equal else "bold"
            if key in ("dloss_dp", "delta"):
                return "$text-secondary" if row else "$text-warning"
            return ""

        if equal:
            said = "The two losses are equal."
        else:
            larger = 0 if losses[0] > losses[1] else 1
            said = f"The loss for y = {larger} is larger."
        return [
            self._slider(min(width, 76)),
            Content(""),
            *table_content(table.without("p"), style),
            Content.styled(said, MUTED),
        ]

    def _slider(self, width: int) -> Content:
        track = width - 20
        at = round((self.hundredths - LOWEST) / (HIGHEST - LOWEST) * (track - 1))
        return Content.assemble(
            ("p ", "bold"),
            (f"{self.p:.2f}", "bold $text-accent"),
            (f"   {LOWEST / 100:.2f} {'─' * at}", MUTED),
            ("●", "bold $text-accent"),
            (f"{'─' * (track - 1 - at)} {HIGHEST / 100:.2f}", MUTED),
        )

    def action_move(self, by: int) -> None:
        """Move p by so many hundredths, within its range."""
        self.hundredths = min(HIGHEST, max(LOWEST, self.hundredths + by))

    def action_middle(self) -> None:
        """Put p back to one half."""
        self.hundredths = MIDDLE
