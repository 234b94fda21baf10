"""Screens of pyte as plain values, to be compared."""

from __future__ import annotations

import pyte

Cell = tuple[object, ...]


def cells_of(screen: pyte.Screen) -> list[list[Cell]]:
    """Return every cell of a screen: its character, and how it looks, as far as that can be seen."""
    return [[_cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def _cell(cell: pyte.screens.Char) -> Cell:
    lines = (cell.underscore, cell.strikethrough, cell.reverse)
    if cell.data == " " and not any(lines):
        return (" ", cell.bg)
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, *lines)
