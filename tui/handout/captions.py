"""Captions for tables that on the screen need none, because the page around them says what they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lessons.model import Live
from lessons.parts.activations import Activations
from lessons.parts.ledger import LedgerTable
from lessons.parts.width_one import WidthOne
from tui.telling.told import Figures, Told

CAPTIONS: dict[type[Live], str] = {
    Activations: "Each activation: its value and slope at zero, and the weights that have moved",
    LedgerTable: "The gradients of the first step, and what makes each zero",
    WidthOne: "Networks of twins, and their equivalents one unit wide, after the last step",
}
OTHERS = "What the engine found"


def captioned(part: Live, told: Iterable[Told]) -> Iterator[Told]:
    """Yield what a part says, each table with a caption."""
    for each in told:
        if isinstance(each, Figures):
            caption = each.caption.removesuffix(":") or CAPTIONS.get(type(part), OTHERS)
            yield replace(each, caption=caption)
        else:
            yield each
