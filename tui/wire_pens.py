"""How a cell looks, and the shortest way for a terminal to change from one look to another."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color, ColorSystem
from rich.style import Style

from tui.terminal import Colours

SYSTEMS = {"16": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT, "true": ColorSystem.TRUECOLOR}
BLINKING = 0b11_0000
"""The bits of rich's attributes that would move."""
ON_BLANKS = 0b1_1111_0100_1000
"""Those that are seen on a space, too: underlined, reversed, struck through, framed."""
ON = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
OFF = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")


class Pen:
    """How a cell looks. There is one object for each look, so that looks are compared by `is`.

    Args:
        attributes: Bold and the like, as rich counts them.
        ink: The SGR codes of the foreground, "" for the terminal's own.
        paper: The same of the background.

    Attributes:
        blank: What is left of it on a space.

    """

    __slots__ = ("attributes", "blank", "ink", "paper")

    def __init__(self, attributes: int, ink: str, paper: str) -> None:
        self.attributes = attributes
        self.ink = ink
        self.paper = paper
        self.blank = self


class Pens:
    """Finds the pen for a style of rich.

    Args:
        colours: How many colours there are.

    """

    def __init__(self, colours: Colours) -> None:
        self._system = SYSTEMS.get(colours)
        self._pens: dict[tuple[int, str, str], Pen] = {}
        self._found: dict[tuple[int, Color | None, Color | None], Pen] = {}
        self.plain = self._pen(0, "", "")

    def __call__(self, style: Style | None) -> Pen:
        """Return the pen for a style."""
        if style is None:
            return self.plain
        # Not the style itself: Textual makes another one for each place on the screen.
        key = (style._attributes & style._set_attributes & ~BLINKING, style._color, style._bgcolor)
        if (pen := self._found.get(key)) is None:
            attributes, ink, paper = key
            if len(self._found) > 10_000:
                self._found.clear()
            pen = self._pen(attributes, self._codes(ink, True), self._codes(paper, False))
            self._found[key] = pen
        return pen

    def _pen(self, attributes: int, ink: str, paper: str) -> Pen:
        key = (attributes, ink, paper)
        if (pen := self._pens.get(key)) is None:
            pen = self._pens[key] = Pen(*key)
            if not attributes & ON_BLANKS:
                pen.blank = pen if (attributes, ink) == (0, "") else self._pen(0, "", paper)
        return pen

    def _codes(self, colour: Color | None, foreground: bool) -> str:
        if self._system is None or colour is None or colour.is_default:
            return ""
        return ";".join(colour.downgrade(self._system).get_ansi_codes(foreground))


@lru_cache(4096)
def change(old: Pen | None, new: Pen) -> str:
    """Return the shortest sequence that takes a terminal from one pen, or from an unknown one, to another."""
    if old is new:
        return ""
    on = [code for bit, code in enumerate(ON) if new.attributes & 1 << bit]
    anew = _sgr(["0", *on, new.ink, new.paper]) if (on or new.ink or new.paper) else "\x1b[m"
    if old is None:
        return anew
    gone = old.attributes & ~new.attributes
    off = {code for bit, code in enumerate(OFF) if gone & 1 << bit}
    kept = [
        code
        for bit, code in enumerate(ON)
        if new.attributes & 1 << bit and (not old.attributes & 1 << bit or OFF[bit] in off)
    ]
    ink = "" if old.ink == new.ink else new.ink or "39"
    paper = "" if old.paper == new.paper else new.paper or "49"
    return min(_sgr([*sorted(off), *kept, ink, paper]), anew, key=len)


def _sgr(codes: list[str]) -> str:
    return f"\x1b[{';'.join(code for code in codes if code)}m"
