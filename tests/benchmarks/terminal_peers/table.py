"""A table of 10×10 numbers as this project draws tables; → draws the next one."""

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.content import Content

from engine.tables import Column, Table
from tests.benchmarks.terminal_peers.figures import numbers
from tui.widgets.lines import Lines
from tui.widgets.table import table_content

COLUMNS = tuple(Column(str(column), f"c{column}", "+.3f") for column in range(10))


class Numbers(Lines):
    frame = 0

    def lines(self, width: int) -> Sequence[Content]:
        table = Table(COLUMNS, tuple(tuple(row) for row in numbers(self.frame)))
        return table_content(table, lambda row, key: "", width, 1)


class Tables(App[None]):
    BINDINGS = [("right", "draw", "")]

    def compose(self) -> ComposeResult:
        yield Numbers()

    def action_draw(self) -> None:
        table = self.query_one(Numbers)
        table.frame += 1
        table.refresh()


Tables().run()
