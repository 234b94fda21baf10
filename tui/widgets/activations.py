"""Which weights leave zero first, for every activation: the engine's table."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from engine.from_zero import activations_table
from engine.scenario import Scenario
from tui.widgets.lines import Lines
from tui.widgets.table import table_content


class ActivationsView(Lines):
    """A line an activation, run from all zero for a few steps when the page is opened.

    Args:
        scenario: Whose network, data and optimiser are used.

    """

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self.table = activations_table(scenario)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the table; the activations that get away from zero stand out."""
        keys = [column.key for column in self.table.columns]
        moves = [row[keys.index("at_zero")] != 0 for row in self.table.rows]

        def style(row: int, key: str) -> str:
            return "bold $text-success" if moves[row] and key != "slope_at_zero" else ""

        return table_content(self.table, style, width, gap=2)
