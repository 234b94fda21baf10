"""What the terminal shows and what it should show, cell by cell, and the few bytes from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import category

from rich.cells import cell_len, split_graphemes
from rich.style import Style

from tui.terminal import Colours
from tui.wire_pens import Pen, Pens, change

BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"
"""Around a frame that is to be seen at once, where the terminal knows these marks."""
WIDEST_GAP = 4
"""Cells that are sooner written again than stepped over."""
FEWEST_ERASED = 4
NOWHERE = -1
UNSENT = ("Cc", "Cs", "Zl", "Zp")


class Wire:
    """A grid of cells that is wanted, and the one that the terminal shows.

    A cell is a character with what combines with it, and a pen. A wide character is followed by a cell of "".

    Args:
        colours: How many colours the terminal has.
        erases: Whether what it erases gets the background that is set.

    Attributes:
        synchronised: Whether the terminal said that it can show a frame at once.

    """

    def __init__(self, colours: Colours = "true", *, erases: bool = False) -> None:
        self.pens = Pens(colours)
        self.erases = erases
        self.synchronised = False
        self.resize(0, 0)

    def resize(self, width: int, height: int) -> None:
        """Begin a new grid, of spaces."""
        self.width, self.height = width, height
        self._cells = [[" "] * width for _ in range(height)]
        self._pens = [[self.pens.plain] * width for _ in range(height)]
        self.forget()

    def forget(self) -> None:
        """Take it that nothing is known of what the terminal shows."""
        # No cell that can be wanted is like these.
        self._shown = [["\0"] * self.width for _ in range(self.height)]
        self._shown_pens: list[list[Pen]] = [[self.pens.plain] * self.width for _ in range(self.height)]
        self._pen: Pen | None = None
        self._x = self._y = NOWHERE

    def put(self, x: int, y: int, pieces: Iterable[tuple[str, Style | None]]) -> int:
        """Want some text in some styles, from a cell on, and return the column behind it."""
        cells, pens = self._cells[y], self._pens[y]
        first, width = x, self.width
        for text, style in pieces:
            joined, new = _cells(text)
            if joined and first < x <= width:
                cells[x - 1 if cells[x - 1] else x - 2] += joined
            end = x + len(new)
            if x < width and new:
                cells[x:end] = new
                pens[x:end] = [self.pens(style)] * len(new)
                if end > width:
                    del cells[width:], pens[width:]
            x = end
        if first < min(x, width):
            _mend(cells, first)
            _mend(cells, min(x, width))
        return x

    def difference(self) -> str:
        """Return what brings the terminal from what it shows to what is wanted, and take it as shown."""
        out: list[str] = []
        for y in range(self.height):
            cells, pens = self._cells[y], self._pens[y]
            if cells != self._shown[y] or pens != self._shown_pens[y]:
                self._line(out, y)
                self._shown[y] = cells.copy()
                self._shown_pens[y] = pens.copy()
        frame = "".join(out)
        return f"{BEGIN}{frame}{END}" if frame and self.synchronised else frame

    def _line(self, out: list[str], y: int) -> None:
        """Add what brings a line to what is wanted."""
        cells, pens = self._cells[y], self._pens[y]
        both = zip(cells, self._shown[y], pens, self._shown_pens[y], strict=True)
        changed = [
            x
            for x, (cell, shown, pen, old) in enumerate(both)
            if cell != shown or (pen is not old and (cell != " " or pen.blank is not old.blank))
        ]
        tail = self._tail(y)
        if sum(x >= tail for x in changed) < FEWEST_ERASED:
            tail = self.width
        for start, end in self._runs(y, [x for x in changed if x < tail]):
            self._move(out, start, y)
            self._write(out, cells[start:end], pens[start:end])
        if tail < self.width:
            self._move(out, tail, y)
            self._use(out, pens[-1].blank)
            out.append("\x1b[K")

    def _tail(self, y: int) -> int:
        """Return where the part of a line begins that can be erased."""
        cells, pens = self._cells[y], self._pens[y]
        paper = pens[-1].blank
        x = self.width
        if paper.attributes or paper.ink or (paper.paper and not self.erases):
            return x
        while x and cells[x - 1] == " " and pens[x - 1].blank is paper:
            x -= 1
        return x

    def _runs(self, y: int, changed: list[int]) -> Iterator[tuple[int, int]]:
        """Yield what to write, from where to where, with small gaps where that is shorter."""
        cells, pens = self._cells[y], self._pens[y]
        start = end = -1
        for x in changed:
            if x < end:
                continue
            if not cells[x]:
                # The second half of a wide character is written by the first.
                x -= 1
            if start < 0 or x - end > WIDEST_GAP or any(pen is not pens[end - 1] for pen in pens[end:x]):
                if start >= 0:
                    yield start, end
                start = x
            end = x + 1
            if end < self.width and not cells[end]:
                end += 1
        if start >= 0:
            yield start, end

    def _write(self, out: list[str], cells: list[str], pens: list[Pen]) -> None:
        """Write some cells from the cursor on."""
        certain = True
        for cell, pen in zip(cells, pens, strict=True):
            if pen is not self._pen and (
                self._pen is None or cell != " " or pen.blank is not self._pen.blank
            ):
                self._use(out, pen)
            if not certain and cell:
                # Terminals differ in how wide these are.
                out.append(f"\x1b[{self._y + 1};{self._x + 1}H")
                certain = True
            out.append(cell)
            certain = certain and len(cell) < 2
            self._x += 1
        if not certain or self._x == self.width:
            # Behind the last column terminals differ, too.
            self._x = NOWHERE

    def _use(self, out: list[str], pen: Pen) -> None:
        """Change to a pen."""
        if pen is not self._pen:
            out.append(change(self._pen, pen))
            self._pen = pen

    def _move(self, out: list[str], x: int, y: int) -> None:
        """Place the cursor."""
        if (x, y) == (self._x, self._y):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"]
        right = f"\x1b[{x}C" if x > 1 else "\x1b[C" * x
        if self._y == y:
            ways.append(f"\r{right}")
            if 0 <= self._x < x:
                ways.append(f"\x1b[{x - self._x}C" if x - self._x > 1 else "\x1b[C")
            elif x < self._x:
                ways.append("\b" * (self._x - x))
        elif 0 <= self._y == y - 1:
            ways.append(f"\r\n{right}")
        out.append(min(ways, key=len))
        self._x, self._y = x, y


def _mend(cells: list[str], x: int) -> None:
    """Make a space of half a wide character that was cut at a cell."""
    if x < len(cells) and not cells[x] and not (x and _width(cells[x - 1]) == 2):
        cells[x] = " "
    if x and _width(cells[x - 1]) == 2 and (x == len(cells) or cells[x]):
        cells[x - 1] = " "


@lru_cache(4096)
def _width(cell: str) -> int:
    return cell_len(cell) if cell else 0


@lru_cache(4096)
def _cells(text: str) -> tuple[str, list[str]]:
    """Return what joins the character before the text, and the text as cells."""
    if text.isascii() and text.isprintable():
        return "", list(text)
    joined, cells = "", []
    for start, end, width in split_graphemes(text)[0]:
        # A course could hold control characters: they never reach a terminal.
        grapheme = "".join(letter for letter in text[start:end] if category(letter) not in UNSENT)
        if width == 0:
            joined += grapheme
        else:
            cells += [grapheme or " ", *[""] * (width - 1)]
    return joined, cells
