"""The engine's tables as lines of a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap

from textual.content import Content

from engine.tables import Table
from lessons.ascii import shown_table
from tui.widgets.lines import MUTED

INDENT = "  "
CellStyle = Callable[[int, str], str]
"""Returns the style of a cell from the number of its row and the key of its column."""


def table_content(table: Table, style: CellStyle, width: int, gap: int = 3) -> list[Content]:
    """Return a table as lines: a heading, then a line a row; numbers to the right, text to the left.

    Args:
        table: The engine's table.
        style: The style of each cell.
        width: Cells that there are; a table that needs more moves its columns closer, breaks its headings,
            then the text of its last column, and as the last resort gives the first a line of its own.
        gap: Cells between two columns, where there is room.

    """
    heading, rows = table_rows(table, style, width, gap)
    return [*heading, *(line for row in rows for line in row)]


def table_rows(
    table: Table, style: CellStyle, width: int, gap: int = 3
) -> tuple[list[Content], list[list[Content]]]:
    """Return the lines of the heading, and those of each row, as `table_content` does."""
    table = shown_table(table)
    texts = table.texts()
    columns = range(len(table.columns))
    cells = [max((len(row[at]) for row in texts), default=0) for at in columns]
    headings = [[column.heading] for column in table.columns]
    between = len(cells) - 1

    def widths() -> list[int]:
        return [max(cells[at], *map(len, headings[at])) for at in columns]

    if sum(widths()) + between > width:
        headings = [broken(heading[0], cell) for heading, cell in zip(headings, cells, strict=True)]
    spare = width - sum(widths())
    if spare < between and between and table.columns[-1].form == "":
        cells[-1] = max(1, cells[-1] - between + spare)
        spare = between
    wide = widths()
    own = spare < between and len(wide) > 1 and table.columns[0].form == ""
    if own:
        spare += wide[0] - len(INDENT)
        wide[0] = len(INDENT)
    gap = max(1, min(gap, spare // between)) if between else 0

    def lines(broken_cells: Sequence[Sequence[str]], styles: Sequence[str]) -> list[Content]:
        drawn = []
        for number in range(max(map(len, broken_cells))):
            pieces: list[tuple[str, str]] = []
            for at, column in enumerate(table.columns):
                cell = broken_cells[at][number] if number < len(broken_cells[at]) else ""
                text = cell.ljust(wide[at]) if column.form == "" else cell.rjust(wide[at])
                pieces += [(" " * gap if at else "", ""), (text, styles[at])]
            drawn.append(Content.assemble(*(piece for piece in pieces if piece[0])))
        return drawn

    def row_lines(number: int, row: Sequence[str]) -> list[Content]:
        styles = [style(number, column.key) for column in table.columns]
        name = [Content.styled(row[0], styles[0])] if own else []
        first = [INDENT if own else row[0]]
        last = wrap(row[-1], wide[-1]) or [""]
        return [*name, *lines([first, *([cell] for cell in row[1:-1]), last], styles)]

    if own:
        headings[0] = [INDENT]
    rows = [row_lines(number, row) for number, row in enumerate(texts)]
    return lines(headings, [MUTED] * len(wide)), rows


def broken(heading: str, width: int) -> list[str]:
    """Return a heading as lines no wider than its column's cells, or than its longest word."""
    return wrap(heading, max(width, *map(len, heading.split()))) if heading else [""]
