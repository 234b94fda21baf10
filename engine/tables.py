"""The table that the live widgets, the plain printer and `--json` all show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = str | int | float
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def power(symbol: str, layer: int) -> str:
    """Return a symbol with its layer as a superscript: dW³."""
    return symbol + str(layer).translate(SUPERSCRIPTS)


@dataclass(frozen=True)
class Column:
    """A column: the key for programs, the heading for people, and how a number is written (a format spec)."""

    key: str
    heading: str
    form: str

    def text(self, cell: Cell) -> str:
        """Return a cell as people read it, negative numbers with a true minus sign."""
        shown = format(cell, self.form)
        return shown if isinstance(cell, str) else shown.replace("-", "−")


@dataclass(frozen=True)
class Table:
    """Columns and rows of plain values."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the cells as people read them."""
        return tuple(
            tuple(column.text(cell) for column, cell in zip(self.columns, row, strict=True))
            for row in self.rows
        )

    def without(self, key: str) -> Table:
        """Return the same table without one column."""
        kept = [index for index, column in enumerate(self.columns) if column.key != key]
        return Table(
            tuple(self.columns[index] for index in kept),
            tuple(tuple(row[index] for index in kept) for row in self.rows),
        )

    def plus(self, column: Column, cells: Sequence[Cell], before: str) -> Table:
        """Return the same table with a column more, before the one of that key."""
        at = [each.key for each in self.columns].index(before)
        return Table(
            (*self.columns[:at], column, *self.columns[at:]),
            tuple((*row[:at], cell, *row[at:]) for row, cell in zip(self.rows, cells, strict=True)),
        )

    def records(self) -> list[dict[str, Cell]]:
        """Return a dictionary a row, as programs read it."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]
