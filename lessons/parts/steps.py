"""A worked calculation, revealed line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lessons.markup import Reader, groups, tokens
from lessons.model import Block, Live, Spans
from lessons.source import Source


@dataclass(frozen=True)
class Step:
    """One line of a calculation, and what to say to it."""

    spans: Spans
    note: tuple[Block, ...]


@dataclass(frozen=True)
class Steps(Live):
    """A calculation whose lines the learner reveals one by one."""

    steps: tuple[Step, ...]


def read(source: Source) -> Steps:
    """Return the calculation that a directive describes: a list, each line with its note as a quote below."""
    steps = tuple(_steps(source))
    if len(steps) < 2:
        raise source.error("needs at least two lines, `- formula`, each with its note below, `> …`")
    return Steps(steps)


def _steps(source: Source) -> Iterator[Step]:
    reader = Reader(source.path, source.body_line)
    for group in groups(tokens(source.body)):
        if group[0].type != "bullet_list_open":
            raise reader.error(group[0], "{steps} takes nothing but a list, `- formula`")
        for item in groups(group[1:-1]):
            parts = list(groups(item[1:-1]))
            if [part[0].type for part in parts] != ["paragraph_open", "blockquote_open"]:
                raise reader.error(item[0], "a line of {steps} is one formula, and its note below it, `> …`")
            yield Step(reader.spans(parts[0][1]), reader.blocks(parts[1][1:-1]))
