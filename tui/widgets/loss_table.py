"""The heart of the course: the loss for both labels at a p that the learner moves."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from engine.loss_table import loss_table
from tui.widgets.lines import MUTED
from tui.widgets.slider import Slider
from tui.widgets.table import table_content


class LossTableView(Slider):
    """A slider for p, and the engine's loss table below it."""

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
            self.track(min(width, 76)),
            Content(""),
            *table_content(table.without("p"), style, width),
            Content.styled(said, MUTED),
        ]
