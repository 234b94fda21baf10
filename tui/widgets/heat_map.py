"""The weights of a network as heat maps: rows that are equal look equal, and carry the same letter."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from engine.arrays import Array, max_abs
from engine.measures import TWIN_TOLERANCE
from engine.network import Layer, Network
from engine.symmetry import twins
from engine.tables import power
from lessons.ascii import shown
from tui.widgets.lines import MUTED

LEVELS = "░▒▓█"
GAP, LETTER, CELL = 2, 2, 2
MOST_ROWS = 10
CAPTION = ("same letter: twins", f"{LEVELS}: size, in its W")


class HeatMap(Widget):
    """Every W of a network: a row a unit, a cell a weight, its sign and how large it is in its own W.

    Where there is too little room, the last units or weights give way, and the map says so.

    Args:
        network: The network to begin with.

    Attributes:
        wide: How many cells wide it is.
        rows: How many lines it needs.

    """

    DEFAULT_CSS = """
    HeatMap { width: auto; max-width: 65%; height: 100%; margin: 0 0 0 2; }
    """

    network: reactive[Network | None] = reactive(None)

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.set_reactive(HeatMap.network, network)
        widths = [_width(layer) for layer in network.layers]
        below = (widths[0] + GAP if len(widths) > 1 else 0) + max(len(text) for text in CAPTION)
        self.wide = max(sum(widths) + GAP * (len(widths) - 1), below)
        first, *others = (1 + min(MOST_ROWS, units) for units in network.sizes[1:])
        self.rows = max(first, max(others, default=first) + len(CAPTION))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Be as wide as the matrices beside each other."""
        return self.wide

    def render(self) -> Content:
        """Draw the matrices beside each other, and the caption below the smaller ones."""
        if self.network is None:
            return Content("")
        high, wide = max(2, self.size.height), max(4, self.size.width)
        blocks = [_matrix(number, layer, high) for number, layer in enumerate(self.network.layers, start=1)]
        drawn = [
            _padded(block, _width(layer), high)
            for block, layer in zip(blocks, self.network.layers, strict=True)
        ]
        lines = [Content(" " * GAP).join(cells) for cells in zip(*drawn, strict=True)]
        return Content("\n").join(
            line.truncate(wide, ellipsis=True) for line in _with_caption(lines, blocks, wide)
        )


def _with_caption(lines: list[Content], blocks: Sequence[Sequence[Content]], wide: int) -> list[Content]:
    """Put the caption below the matrices that are less high than the first, where it fits."""
    at = blocks[0][0].cell_length + GAP if len(blocks) > 1 else 0
    first = max((len(block) for block in blocks[1:]), default=len(blocks[0]))
    for row, text in enumerate(CAPTION, start=max(first, len(lines) - len(CAPTION))):
        if row < len(lines) and at + len(text) <= wide:
            lines[row] = lines[row][:at].pad_right(at - lines[row][:at].cell_length) + Content.styled(
                text, MUTED
            )
    return lines


def _width(layer: Layer) -> int:
    units, weights = layer.W.shape
    return max(len(_name(1)), (LETTER if units > 1 else 0) + CELL * int(weights))


def _name(number: int) -> str:
    return shown(power("W", number))


def _padded(block: list[Content], width: int, high: int) -> list[Content]:
    padded = [line.pad_right(width - line.cell_length) for line in block]
    return [*padded, *[Content(" " * width)] * (high - len(block))]


def _matrix(number: int, layer: Layer, high: int) -> list[Content]:
    """Return the name of a W, its rows, and how many of them `high` lines have no room for."""
    lines = [Content.styled(f"{_name(number):<{_width(layer)}}", MUTED)]
    letters = _letters(layer)
    units = len(letters)
    drawn = units if units < high else high - 2
    largest = max_abs(layer.W)
    lines += [_row(letters[unit], layer.W[unit], largest) for unit in range(drawn)]
    if drawn < units:
        lines.append(Content.styled(f"+{units - drawn}", MUTED))
    return lines


def _letters(layer: Layer) -> list[str]:
    """Return a letter for each unit, the same for twins; a layer of one unit has none."""
    letters = [""] * int(layer.W.shape[0])
    if len(letters) > 1:
        for group, units in enumerate(twins(layer, TWIN_TOLERANCE)):
            for unit in units:
                letters[unit] = ascii_uppercase[group] if group < len(ascii_uppercase) else "·"
    return letters


def _row(letter: str, weights: Array, largest: float) -> Content:
    cells = Content.assemble(*(_cell(float(weight), largest) for weight in weights))
    return Content.styled(f"{letter:<{LETTER}}", "bold") + cells if letter else cells


def _cell(weight: float, largest: float) -> tuple[str, str]:
    if weight == 0:
        return " 0", MUTED
    level = LEVELS[max(0, round(abs(weight) / largest * len(LEVELS)) - 1)]
    return ("+" if weight > 0 else "−") + level, "$text-secondary" if weight > 0 else "$text-warning"
