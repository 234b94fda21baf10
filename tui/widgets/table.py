"""The engine's tables as lines of a widget."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from engine.tables import Table
from tui.widgets.lines import MUTED

CellStyle = Callable[[int, str], str]
"""Returns the style of a cell from the number of its row and the key of its column."""


def table_content(table: Table, style: CellStyle, width: int, gap: int = 3) -> list[Content]:
    """Return a table as lines: a heading, then a line a row; numbers to the right, text to the left.

    Args:
        table: The engine's table.
        style: The style of each cell.
        width: Cells that there are; a table that needs more moves its columns closer.
        gap: Cells between two columns, where there is room.

    """
    texts = table.texts()
    widths = [
        max(len(column.heading), *(len(row[index]) for row in texts))
        for index, column in enumerate(table.columns)
    ]
    between = len(widths) - 1
    if between:
        gap = max(1, min(gap, (width - sum(widths)) // between))

    def line(cells: tuple[str, ...], styles: list[str]) -> Content:
        drawn: list[tuple[str, str]] = []
        for index, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            text = cell.ljust(widths[index]) if column.form == "" else cell.rjust(widths[index])
            drawn += [(" " * gap if index else "", ""), (text, styles[index])]
        return Content.assemble(*(piece for piece in drawn if piece[0]))

    headings = tuple(column.heading for column in table.columns)
    return [
        line(headings, [MUTED] * len(headings)),
        *(
            line(row, [style(number, column.key) for column in table.columns])
            for number, row in enumerate(texts)
        ),
    ]
