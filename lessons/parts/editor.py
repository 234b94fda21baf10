"""A small network whose numbers the learner changes, to wake it up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lessons.markup import Reader, groups, tokens
from lessons.model import Block, Demand, Live, Spans
from lessons.source import Source

if TYPE_CHECKING:
    from markdown_it.token import Token

CHANGE = re.compile(r"(?:W(\d) (\d) (\d)|b(\d) (\d)) = ([+-]?\d(?:\.\d{1,2})?)")


class Change(NamedTuple):
    """A number and its new value: layer, unit and input from 1, the input None for a bias."""

    layer: int
    unit: int
    input: int | None
    value: float


@dataclass(frozen=True)
class Editor(Live):
    """Every number of a network, to be changed one by one until a step of training moves a weight.

    Attributes:
        scenario: The network, its data, its learning rate, and how many steps are tried.
        answer: The fewest changes that wake it.
        reason: Why they do.
        hints: What helps, to be had one after another before the answer.

    """

    scenario: str
    answer: tuple[Change, ...]
    reason: tuple[Block, ...]
    hints: tuple[Spans, ...] = ()

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The one scenario."""
        return (self.scenario,)

    @property
    def demand(self) -> Demand:
        """Every number is on the screen, and every try is run while a key is pressed."""
        return "editable"


def read(source: Source) -> Editor:
    """Return the editor that a directive describes: hints as a numbered list, then the reason as a quote."""
    reader = Reader(source.path, source.body_line)
    hints: list[Spans] = []
    reason: tuple[Block, ...] = ()
    for group in groups(tokens(source.body)):
        kind = group[0].type
        if kind == "ordered_list_open" and not reason:
            hints += [_hint(reader, item) for item in groups(group[1:-1])]
        elif kind == "blockquote_open" and not reason:
            reason = reader.blocks(group[1:-1])
        else:
            raise reader.error(group[0], "{editor} takes hints as a numbered list, then its reason, `> …`")
    if not source.argument:
        raise source.error("needs a scenario behind its name")
    if not reason:
        raise source.error("needs the reason of its answer as a block quote, `> …`")
    return Editor(source.argument, _answer(source), reason, tuple(hints))


def _hint(reader: Reader, item: Sequence[Token]) -> Spans:
    parts = list(groups(item[1:-1]))
    if len(parts) != 1 or parts[0][0].type != "paragraph_open":
        raise reader.error(item[0], "each hint is one paragraph")
    return reader.spans(parts[0][1])


def _answer(source: Source) -> tuple[Change, ...]:
    """Return the changes of `:answer: b2 1 = 1, W3 1 1 = 1`."""
    found = []
    for text in source.options.get("answer", "").split(","):
        match = CHANGE.fullmatch(text.strip())
        if match is None:
            raise source.error(
                f"answer has {text.strip() or 'nothing'}; allowed: changes such as W3 1 2 = 1 (layer, unit, "
                "input) or b2 1 = -0.5 (layer, unit), with commas between"
            )
        layer, unit, given, bias_layer, bias_unit, value = match.groups()
        if bias_layer:
            found.append(Change(int(bias_layer), int(bias_unit), None, float(value)))
        else:
            found.append(Change(int(layer), int(unit), int(given), float(value)))
    if len({change[:3] for change in found}) != len(found):
        raise source.error("answer changes a number twice")
    return tuple(found)
