"""What is told, as lines of text: no cursor, no boxes, no colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from engine.tables import Table
from lessons.ascii import shown_table
from lessons.layout import lay_out, wrap
from lessons.model import Bullets, Math, Quote, Span, Spans
from tui.telling.told import Example, Figures, Numbered, Told

WIDTH = 76
WIDEST = 76


def wrapped(text: str, first: str = "") -> list[str]:
    """Return a text as lines."""
    return [line.text for line in wrap((Span(text),), WIDTH, first)]


def table_lines(table: Table) -> list[str]:
    """Return a table as aligned lines, numbers to the right, text to the left; a wide one row by row."""
    table = shown_table(table)
    cells = [[column.heading for column in table.columns], *table.texts()]
    widths = [max(len(row[index]) for row in cells) for index in range(len(table.columns))]
    if sum(widths) + 2 * (len(widths) - 1) > WIDEST:
        return [line for row in cells[1:] for line in _row_lines(cells[0], row)]
    left = [column.form == "" for column in table.columns]
    return [
        "  ".join(
            cell.ljust(width) if to_left else cell.rjust(width)
            for cell, width, to_left in zip(row, widths, left, strict=True)
        ).rstrip()
        for row in cells
    ]


def _row_lines(headings: Sequence[str], row: Sequence[str]) -> list[str]:
    return [
        f"{headings[0]} {row[0]}".strip(),
        *(f"  {heading}: {cell}" for heading, cell in zip(headings[1:], row[1:], strict=True)),
    ]


def lines(told: Iterable[Told]) -> list[str]:
    """Return what is told as lines, with an empty line between two things; examples stand together."""
    found: list[str] = []
    for are_examples, group in groupby(told, lambda each: isinstance(each, Example)):
        together = list(group)
        for block in [_examples(together)] if are_examples else map(_lines, together):
            if any(block):
                found += ["", *block] if found else block
    return found


def _examples(examples: Sequence[Told]) -> list[str]:
    runs = [each for each in examples if isinstance(each, Example)]
    width = max(len(each.label) for each in runs)
    return [f"{each.label:<{width}}  Run: initlesson {each.words}".strip() for each in runs]


def _lines(each: Told) -> list[str]:
    match each:
        case Figures(table, caption):
            return [*(wrapped(caption) if caption else []), *table_lines(table)]
        case Numbered(items):
            numbered = enumerate(items, start=1)
            return [line.text for at, item in numbered for line in wrap(item, WIDTH, first=f"  {at}. ")]
        case Example():
            return _examples([each])
        case Math(_, words) if words:
            return wrapped(words)
        case Bullets(items):
            return [line.text for item in items for line in wrap(item, WIDTH, first="- ")]
        case Quote(paragraphs):
            return _quoted(paragraphs)
        case _:
            return [line.text for line in lay_out((each,), WIDTH, str)]


def _quoted(paragraphs: Sequence[Spans]) -> list[str]:
    """Return somebody's words between quotation marks, which are read out where a bar is not."""
    found: list[str] = []
    for number, paragraph in enumerate(paragraphs, start=1):
        end = (Span("”"),) if number == len(paragraphs) else ()
        said = wrap((Span("“"), *paragraph, *end), WIDTH, first="  ")
        found += ([""] if found else []) + [line.text for line in said]
    return found
