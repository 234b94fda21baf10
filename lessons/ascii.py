"""The course's signs spelt with the characters of ASCII, for fonts and encodings that have no others.

Widths change as δ becomes delta: texts are spelt before they are laid out.
"""

from __future__ import annotations

import re
import unicodedata
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.tables import Table

_only: ContextVar[bool] = ContextVar("only_ascii", default=False)

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿˡᴸᵀᵗᶻ", "0123456789+-()inlLTtz", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵢⱼₖ", "0123456789+-()ijk", strict=True))
SPELT = {
    "α": "alpha",
    "β": "beta",
    "δ": "delta",
    "ε": "eps",
    "θ": "theta",
    "λ": "lambda",
    "π": "pi",
    "σ": "sigma",
    "φ": "phi",
    "Φ": "Phi",
    "Σ": "sum",
    "∂": "d",
    "√": "sqrt",
    "∞": "inf",
    "½": "1/2",
    "‴": "'''",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "±": "+-",
    "→": "->",
    "←": "<-",
    "↑": "Up",
    "↓": "Down",
    "⏎": "Enter",
    "⌫": "Backspace",
    "…": "...",
    "§": "sec. ",
    "²": "^2",
}
"""Signs that take more than one character, or a letter that is no drawing."""
KEYS = {"↑ ↓": "Up/Down", "↑↓": "Up/Dn", "←→": "Lt/Rt"}
"""Keys that belong together; in the key bar, where there is little room, they stand without a blank."""
DRAWN = {
    "−": "-",
    "–": "-",
    "—": "-",
    "×": "x",
    "·": ".",
    "′": "'",
    "≈": "~",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "\N{NO-BREAK SPACE}": " ",
    "✓": "+",
    "✗": "x",
    "●": "*",
    "○": "o",
    "•": "*",
    "▸": ">",
    "▶": ">",
    "◀": "<",
    "›": ">",
    "‹": "<",
    "↑": "^",
    "↓": "v",
    "→": ">",
    "←": "<",
    "…": "~",
    "░": ".",
    "▒": ":",
    "▓": "*",
    "█": "#",
    **dict.fromkeys("─━═", "-"),
    **dict.fromkeys("│┃║▌▐▎▏▊", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
    **dict.fromkeys("▁▂▃▄▅▆▇▔▀", " "),
}
"""Signs of drawings that one character of ASCII stands for, so that nothing moves."""

_SIGNS = "".join(SPELT) + "".join(DRAWN)
_TOKEN = re.compile(
    rf"(?P<raised>[{''.join(RAISED)}]+)"
    rf"|(?P<lowered>[{''.join(LOWERED)}]+)"
    r"|(?P<times>(?<=[^\s·] )·(?= (?:[^\s·]|$))|(?<=[^\s·])·(?=[^\s·]))"
    r"|(?P<root>√\w+)"
    r"|(?P<way>(?<=up )↑|(?<=arrow )↑|↑(?= above)|(?<=down )↓)"
    r"|(?P<keys>↑ ↓|↑↓|←→)"
    rf"|(?P<sign>[{re.escape(_SIGNS)}])"
    r"|(?P<other>[^\x00-\x7f])"
)
_ROOM = re.compile(r" {2,}|─{2,}|$")
"""What gives way to a longer spelling: blanks between columns, and the shafts of arrows."""
NARROW = 4
"""The longest run of which one blank is enough; two are left of longer ones."""


def use_ascii(only: bool) -> None:
    """Say whether all that is shown from now on is spelt in ASCII."""
    _only.set(only)


def only_ascii() -> bool:
    """Return whether all that is shown is spelt in ASCII."""
    return _only.get()


def spelt(text: str) -> str:
    """Return a text in ASCII: dWˡ = δˡ · (aˡ⁻¹)ᵀ as dW^l = delta^l * (a^(l-1))^T."""
    return text if text.isascii() else _TOKEN.sub(_spelling, text)


def edits(text: str) -> list[tuple[int, int, str]]:
    """Return what is to be replaced in a line so that it is ASCII and its columns stay where they are.

    Returns:
        (start, end, text) from left to right. What a longer spelling takes, the next runs of blanks give.

    """
    found: list[tuple[int, int, str]] = []
    owed, at = 0, 0
    for room in _ROOM.finditer(text):
        for token in _TOKEN.finditer(text, at, room.start()):
            by = _spelling(token)
            found.append((token.start(), token.end(), by))
            owed = max(0, owed + len(by) - len(token[0]))
        start, end = room.span()
        left = 1 if end - start <= NARROW else 2
        given = min(owed, max(0, end - start - left))
        owed -= given
        if start < end:
            kept = text[start : end - given]
            found.append((start, end, spelt(kept)))
        at = end
    return found


def aligned(text: str) -> str:
    """Return a line of a formula or a drawing in ASCII, its columns where they were if they can be."""
    if text.isascii():
        return text
    for start, end, by in reversed(edits(text)):
        text = text[:start] + by + text[end:]
    return text


def shown(text: str) -> str:
    """Return a text as it can be shown here."""
    return spelt(text) if only_ascii() else text


def shown_formula(line: str) -> str:
    """Return a line of a formula as it can be shown here."""
    # Between columns a lone dot stands for nothing; in a formula it multiplies however wide it is set.
    return aligned(line.replace(" · ", " * ")) if only_ascii() else line


def shown_line(line: str) -> str:
    """Return a line whose columns matter as it can be shown here."""
    return aligned(line) if only_ascii() else line


def shown_table(table: Table) -> Table:
    """Return a table as it can be shown here."""
    if not only_ascii():
        return table
    return type(table)(
        tuple(replace(column, heading=spelt(column.heading)) for column in table.columns),
        tuple(tuple(spelt(cell) if isinstance(cell, str) else cell for cell in row) for row in table.rows),
    )


def one_for_one(char: str) -> str:
    """Return as many characters of ASCII as a character takes cells, where nothing may move any more."""
    if char.isascii():
        return char
    if 0 <= ord(char) - BRAILLE < 0x100:
        return _dots(ord(char) - BRAILLE)
    if char in DRAWN:
        return DRAWN[char]
    if unicodedata.combining(char):
        return ""
    plain = _plain(char)
    if plain is None:
        return "??" if unicodedata.east_asian_width(char) in "WF" else "?"
    return plain


BRAILLE = 0x2800
_ROWS = (0x09, 0x12, 0x24, 0xC0)
"""The dots of each of the four rows of a braille character."""


def _dots(dots: int) -> str:
    """Return a character whose ink lies where most of the dots do."""
    if not dots:
        return " "
    rows = [row for row, mask in enumerate(_ROWS) if dots & mask]
    if rows[-1] - rows[0] > 1:
        return ":"
    return "'" if rows[-1] <= 1 and rows[0] == 0 else "." if rows[-1] == 3 else "-"


def _spelling(token: re.Match[str]) -> str:
    text = token[0]
    if token["raised"]:
        return "^" + _together("".join(RAISED[char] for char in text))
    if token["lowered"]:
        return "_" + _together("".join(LOWERED[char] for char in text))
    if token["times"]:
        return "*"
    if token["root"]:
        return f"sqrt({text[1:]})"
    if token["way"]:
        return DRAWN[text]
    if token["keys"]:
        return KEYS[text]
    if token["sign"]:
        return SPELT.get(text, DRAWN.get(text, ""))
    return one_for_one(text)


def _together(run: str) -> str:
    """Return what is raised or lowered, in brackets where it could be read as less or more than that."""
    return run if len(run) == 1 or run.lstrip("-").isdigit() else f"({run})"


def _plain(char: str) -> str | None:
    """Return a letter without its accents, or None where that leaves no ASCII."""
    found = "".join(each for each in unicodedata.normalize("NFKD", char) if each.isascii())
    return found if len(found) == 1 else None
