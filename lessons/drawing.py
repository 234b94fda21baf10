"""A network drawn in four lines, or said in words: where a and δ are zero, and which W and dW are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from engine.tables import power
from lessons.layout import wrap
from lessons.model import Span

if TYPE_CHECKING:
    from engine.signals import Signal

Piece: TypeAlias = tuple[str, bool]
"""A text, and whether it stands for a zero."""
LIVE, ZERO = "●", "○"
MANY = 12
"""Wider layers are counted, not drawn unit by unit."""
LABEL, GAP = 4, 11
LEGEND = f"{LIVE} not zero   {ZERO} zero, for every example"


def drawing(signals: Sequence[Signal], width: int) -> list[list[Piece]]:
    """Return a network as lines of pieces, at most `width` cells wide; in words if it does not fit.

    The forward row shows a and the W that it goes through; below it the backward row shows δ and the W that
    it comes back through; between the a to its left and the δ to its right stands their product, dW.
    """
    names = ["x", *(f"layer {each.layer}" for each in signals[1:])]
    widths = [
        max(len(name), len(_units(each.a)), len(_units(each.delta)))
        for name, each in zip(names, signals, strict=True)
    ]
    if LABEL + sum(widths) + GAP * (len(signals) - 1) > width:
        return [
            [(line.text, False)]
            for said in in_words(signals)
            for line in wrap((Span(said),), width, first="", rest="  ")
        ]
    heads = [[(name.ljust(wide), False)] for name, wide in zip(names, widths, strict=True)]
    a = [_cell(each.a, wide) for each, wide in zip(signals, widths, strict=True)]
    delta = [_cell(each.delta, wide) for each, wide in zip(signals, widths, strict=True)]
    forth = [_arrow(each, "─", "─▶") for each in signals[1:]]
    back = [("", False), *(_arrow(each, "◀─", "─") for each in signals[2:])]
    products = [
        (f"{power('dW', each.layer)} {'≠' if each.dW else '='} 0", not each.dW) for each in signals[1:]
    ]
    empty = [[(" " * wide, False)] for wide in widths]
    return [
        _line("", heads, [("", False)] * len(forth)),
        _line("a", a, forth),
        _line("δ", delta, back),
        _line("dW", empty, products),
    ]


def _units(live: tuple[bool, ...]) -> str:
    if len(live) <= MANY:
        return "".join(LIVE if each else ZERO for each in live)
    return f"{LIVE if any(live) else ZERO} {sum(live)} of {len(live)}"


def _cell(live: tuple[bool, ...], wide: int) -> list[Piece]:
    units = _units(live)
    pieces = [(units, not any(live))] if len(live) > MANY else [(unit, unit == ZERO) for unit in units]
    return [*pieces, (" " * (wide - len(units)), False)]


def _arrow(signal: Signal, left: str, right: str) -> Piece:
    name = power("W", signal.layer)
    if signal.W:
        return f"{left}{name} ≠ 0{right}", False
    return "·" * len(left) + f"{name} = 0" + "·" * len(right), True


def _line(label: str, blocks: Sequence[list[Piece]], between: Sequence[Piece]) -> list[Piece]:
    line: list[Piece] = [(label.ljust(LABEL), False)]
    for index, block in enumerate(blocks):
        if index:
            text, zero = between[index - 1]
            before = (GAP - len(text)) // 2
            line += [(" " * before, False), (text, zero), (" " * (GAP - len(text) - before), False)]
        line += block
    return [piece for piece in line if piece[0]]


def in_words(signals: Sequence[Signal]) -> list[str]:
    """Return a line a layer that says the same as the drawing."""
    return [
        f"x is {'not zero' if any(signals[0].a) else 'zero'}.",
        *("; ".join(_said(each)) + "." for each in signals[1:]),
    ]


def _said(signal: Signal) -> Iterator[str]:
    yield f"Layer {signal.layer}: {power('W', signal.layer)} {'≠' if signal.W else '='} 0"
    yield f"{power('a', signal.layer)} not zero in {sum(signal.a)} of {len(signal.a)}"
    yield f"{power('δ', signal.layer)} not zero in {sum(signal.delta)} of {len(signal.delta)}"
    yield f"{power('dW', signal.layer)} {'≠' if signal.dW else '='} 0"
