"""The same table by Textual's DataTable; → draws the next one."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable

from tests.benchmarks.terminal_peers.figures import numbers


class Tables(App[None]):
    BINDINGS = [("right", "draw", "")]
    frame = 0

    def compose(self) -> ComposeResult:
        self.table = DataTable[str](show_cursor=False)
        self.columns = self.table.add_columns(*(f"c{column}" for column in range(10)))
        self.rows = [self.table.add_row(*(f"{x:+.3f}" for x in row)) for row in numbers(0)]
        yield self.table

    def action_draw(self) -> None:
        self.frame += 1
        for row, values in zip(self.rows, numbers(self.frame), strict=True):
            for column, value in zip(self.columns, values, strict=True):
                self.table.update_cell(row, column, f"{value:+.3f}")


Tables().run()
