"""Blocks laid out as lines of a given width: the app, the plain printer and the check read the same lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from lessons.ascii import only_ascii, shown, shown_formula
from lessons.model import Block, Bullets, Math, Paragraph, Quote, Span, Spans

LineStyle: TypeAlias = Literal["text", "quote", "math"]
Resolve: TypeAlias = Callable[[str], str]
"""Turns the expression of a value into the number that the engine computes, as text."""


@dataclass(frozen=True)
class Line:
    """One line of text, no wider than it was asked to be; `style` says what kind of block it is from."""

    spans: Spans
    style: LineStyle = "text"

    @property
    def text(self) -> str:
        """The line without styles."""
        return "".join(span.text for span in self.spans)


BLANK = Line(())
GLUE = "\N{NO-BREAK SPACE}"
LONGEST_UNBROKEN = 32
INDENT = "  "
"""What every line of a formula begins with."""
GAPS = re.compile(r" {2,}")
"""What parts the columns of a formula."""


def cell_width(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def resolved(spans: Spans, resolve: Resolve) -> Spans:
    """Return spans with the numbers in place of their expressions."""
    return tuple(Span(resolve(span.text), "value") if span.style == "value" else span for span in spans)


def _words(spans: Spans) -> Iterable[list[Span]]:
    """Yield words, each a list of spans without blanks between them."""
    word: list[Span] = []
    for span in spans:
        text = span.text
        if span.style in ("code", "value") and len(text) <= LONGEST_UNBROKEN:
            text = text.replace(" ", GLUE)
        for index, piece in enumerate(text.split(" ")):
            if index and word:
                yield word
                word = []
            if piece:
                word.append(Span(piece, span.style))
    if word:
        yield word


def wrap(
    spans: Spans, width: int, first: str = "", rest: str | None = None, style: LineStyle = "text"
) -> list[Line]:
    """Return spans as lines of at most `width` cells; a word that is wider keeps a line of its own.

    Args:
        spans: The text; expressions already resolved.
        width: Cells a line.
        first: What the first line begins with.
        rest: What the other lines begin with; blanks as wide as `first` if None.
        style: The style of the lines.

    """
    if only_ascii():
        spans = tuple(Span(shown(span.text), span.style) for span in spans)
        first, rest = shown(first), None if rest is None else shown(rest)
    rest = " " * cell_width(first) if rest is None else rest
    lines: list[Line] = []
    line: list[Span] = [Span(first)] if first else []
    used = cell_width(first)
    empty = True
    for word in _words(spans):
        size = sum(cell_width(piece.text) for piece in word)
        if not empty and used + 1 + size > width:
            lines.append(_line(line, style))
            line, used, empty = ([Span(rest)] if rest else []), cell_width(rest), True
        if not empty:
            # A blank between two pieces of one style belongs to it, so that it is drawn in one go.
            line.append(Span(" ", word[0].style if line[-1].style == word[0].style else ""))
            used += 1
        line.extend(word)
        used += size
        empty = False
    lines.append(_line(line, style))
    return lines


def _line(spans: Sequence[Span], style: LineStyle) -> Line:
    merged: list[Span] = []
    for span in spans:
        text = span.text.replace(GLUE, " ")
        if merged and merged[-1].style == span.style:
            merged[-1] = Span(merged[-1].text + text, span.style)
        else:
            merged.append(Span(text, span.style))
    return Line(tuple(merged), style)


def _formula(row: str, width: int) -> list[Line]:
    """Return a row of a formula as it stands; where it is too wide, its last columns come below it."""
    for gap in reversed(list(GAPS.finditer(row))) if cell_width(row) + len(INDENT) > width else ():
        if cell_width(before := row[: gap.start()]) + len(INDENT) <= width and before:
            below = len(INDENT) * 2 + (len(row) - len(row.lstrip()))
            return [
                Line((Span(INDENT + before),), "math"),
                *wrap((Span(row[gap.end() :]),), width, " " * below, style="math"),
            ]
    return [Line((Span(INDENT + row),), "math")]


def lay_out(blocks: Sequence[Block], width: int, resolve: Resolve) -> list[Line]:
    """Return blocks as lines, with an empty line between two blocks."""
    lines: list[Line] = []
    for block in blocks:
        if lines:
            lines.append(BLANK)
        match block:
            case Paragraph(spans):
                lines.extend(wrap(resolved(spans, resolve), width))
            case Bullets(items):
                for item in items:
                    lines.extend(wrap(resolved(item, resolve), width, first="• "))
            case Quote(paragraphs):
                for number, paragraph in enumerate(paragraphs):
                    if number:
                        lines.append(Line((Span(shown("│")),), "quote"))
                    lines.extend(wrap(resolved(paragraph, resolve), width, "│ ", "│ ", "quote"))
            case Math(rows, _):
                lines.extend(line for row in rows for line in _formula(shown_formula(row), width))
    return lines
