"""A document as plain values, made once; Markdown and HTML are two ways to write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from lessons.model import Block, Spans
from tui.telling.told import Numbered, Told


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the document is the only one of level 1.

    Attributes:
        level: From 2 to 4, never more than one below the heading before.
        text: What it says.
        key: What references know it by.

    """

    level: int
    text: str
    key: str


@dataclass(frozen=True)
class Reference:
    """A sentence that leads to a heading; its text alone where the document has no such heading."""

    text: str
    key: str


@dataclass(frozen=True)
class Contents:
    """Where the table of contents stands: all headings down to the third level."""


@dataclass(frozen=True)
class Defined:
    """Things, each with what is to be said of it: terms, steps, choices with their reasons."""

    items: tuple[tuple[Spans, tuple[Block | Numbered, ...]], ...]


Item: TypeAlias = Told | Heading | Reference | Contents | Defined


@dataclass(frozen=True)
class Document:
    """A title and what stands below it."""

    title: str
    items: tuple[Item, ...]

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """All headings below the title, in order."""
        return tuple(item for item in self.items if isinstance(item, Heading))

    @cached_property
    def anchors(self) -> dict[str, str]:
        """The anchor of each heading by its key, the same that code hosts give it."""
        taken = {anchor(self.title)}
        found: dict[str, str] = {}
        for heading in self.headings:
            plain = name = anchor(heading.text)
            number = 0
            while name in taken:
                number += 1
                name = f"{plain}-{number}"
            taken.add(name)
            found[heading.key] = name
        return found


def anchor(text: str) -> str:
    """Return the anchor that code hosts give a heading: lower case, no punctuation, hyphens for blanks."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") or "section"
