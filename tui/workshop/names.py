"""Names and lines that come from the network, made fit for a screen, a comparison and a file name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from rich.cells import get_character_cell_size

MOST_CELLS = 32
"""The longest name, in cells of a terminal."""
MOST_MARKS = 2
"""Accents and vowel signs on one character: enough for writing, too few to climb over other lines."""
RESERVED = frozenset({"instructor"})
"""Keys of names that no learner may have."""

# What no category tells: letters and marks that show nothing, and signs that terminals measure differently
# (halves of flags, tones of skin).
_UNSHOWN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)


@dataclass(frozen=True)
class Name:
    """A learner's name.

    Attributes:
        shown: One line that any terminal can show; to widgets with markup it is text, to be escaped.
        key: The same key is the same learner, however it was typed.
        file: A stem for file names, of at most 64 characters of a–z, 0–9 and "-"; one for each key.

    """

    shown: str
    key: str
    file: str


def learner_name(given: str) -> Name:
    """Return the name that a learner gave when logging in.

    Raises:
        ValueError: there is nothing to show in it, or it is too long; the message says what to do.

    """
    # Two cells more, so that a wide character too many is seen.
    shown = clean(given, MOST_CELLS + 2)
    if len(given) > 16 * MOST_CELLS or sum(map(get_character_cell_size, shown)) > MOST_CELLS:
        raise ValueError(f"That name is too long: log in again with one of at most {MOST_CELLS} characters.")
    if not shown:
        raise ValueError("That name has nothing that a terminal can show: log in again with another one.")
    key = name_key(shown)
    return Name(shown, key, file_stem(key))


def clean(text: str, most: int) -> str:
    """Return one line that any terminal can show, without anything that a terminal would obey.

    Control and escape characters, changes of direction, and what is invisible, unassigned or private are left
    out, white space is collapsed, and more than `MOST_MARKS` accents on a character are dropped.

    Args:
        text: Whatever came.
        most: Cells of the line at most; what is longer is cut.

    """
    # Python composes in time that is quadratic in the accents on one character: only so much is looked at.
    text = "".join(map(_shown, text[: 16 * most]))
    line, cells, marks = "", 0, MOST_MARKS
    for character in " ".join(unicodedata.normalize("NFC", text).split()):
        width = get_character_cell_size(character)
        if unicodedata.category(character)[0] == "M":
            marks += 1
            if marks > MOST_MARKS:
                continue
        elif width == 0:
            continue
        else:
            # A mark needs a character to sit on.
            marks = MOST_MARKS if character == " " else 0
        if cells + width > most:
            break
        line, cells = line + character, cells + width
    return " ".join(line.split())


def name_key(shown: str) -> str:
    """Return what two spellings of one name have in common: capitals and widths do not matter."""
    folded = unicodedata.normalize("NFKC", shown).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def file_stem(key: str) -> str:
    """Return a safe stem for the file of a key: what can be read of it, and a hash that tells it apart."""
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain)[:31].strip("-")
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"{slug or 'learner'}-{digest}"


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    # C: control, format, surrogate, private, unassigned.
    if unicodedata.category(character)[0] == "C" or _UNSHOWN.match(character):
        return ""
    return character
