"""What can be told, as plain values: a printer makes lines of it, a handout Markdown or a web page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from engine.tables import Table
from lessons.model import Block, Paragraph, Span, Spans, Style


@dataclass(frozen=True)
class Figures:
    """A table of the engine's.

    Attributes:
        table: The table.
        caption: What it shows, or "" where the text says it.

    """

    table: Table
    caption: str = ""


@dataclass(frozen=True)
class Numbered:
    """Things to choose from, by number from 1."""

    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Example:
    """A command that a reader can give for more: the words that follow `initlesson`."""

    label: str
    words: str


Told: TypeAlias = Block | Figures | Numbered | Example


def said(text: str, style: Style = "") -> Paragraph:
    """Return a text as a paragraph."""
    return Paragraph((Span(text, style),))
