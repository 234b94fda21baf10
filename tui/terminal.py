"""What the terminal, and whoever reads it, can do: found once, from the environment and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

Colours: TypeAlias = Literal["none", "16", "256", "true"]
NO_CURSOR = ("dumb", "unknown", "")
"""Values of TERM that promise no cursor to place."""
FEW_GLYPHS = ("linux", "vt52", "vt100", "vt102", "vt220")
"""Values of TERM whose fonts lack braille and superscripts."""
MANY_COLOURS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour", "rio")
"""Beginnings of TERM of terminals that have at least 256 colours, and do not say so in that name."""
LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
"""What names the locale: the first that is set counts."""
LIGHT = ("7", "11", "14", "15")
"""Background colours, as COLORFGBG numbers them, that are light."""


class Terminal(NamedTuple):
    """What there is to draw with.

    Attributes:
        plain: Whether to print line by line, with no cursor to place.
        colours: How many colours there are; "none" where NO_COLOR asks for none.
        ascii: Whether to draw with the characters of ASCII alone.
        remote: Whether each byte crosses a network (SSH), so that nothing moves for show.
        light: Whether the background is light, as far as the terminal says.
        dark: Whether it is dark, as far as the terminal says.
        mouse: Whether to ask for the mouse. GNU screen would then keep each Esc back until the next key, and
            spoil what the mouse reports.

    """

    plain: bool = False
    colours: Colours = "true"
    ascii: bool = False
    remote: bool = False
    light: bool = False
    dark: bool = False
    mouse: bool = True


def find_terminal(
    environment: Mapping[str, str],
    *,
    connected: bool = True,
    plain: bool = False,
    only_ascii: bool = False,
    encoding: str = "utf-8",
) -> Terminal:
    """Return what the terminal can do.

    Args:
        environment: TERM, COLORTERM, COLORFGBG, NO_COLOR, STY, SSH_CONNECTION,
            INITLESSON_PLAIN and the locale are read.
        connected: Whether input and output are a terminal.
        plain: Whether plain text was asked for.
        only_ascii: Whether ASCII was asked for.
        encoding: What the output is encoded in.

    """
    term = environment.get("TERM", "")
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return Terminal(
        plain=plain or not connected or term in NO_CURSOR or bool(environment.get("INITLESSON_PLAIN")),
        colours=_colours(environment, term),
        ascii=only_ascii or term in FEW_GLYPHS or not _has_utf_8(environment, encoding),
        remote=bool(environment.get("SSH_CONNECTION")),
        light=background in LIGHT,
        dark=term == "linux" or (background.isdigit() and background not in LIGHT),
        mouse=not environment.get("STY") and not term.startswith("screen."),
    )


def _has_utf_8(environment: Mapping[str, str], encoding: str) -> bool:
    # No locale at all says nothing; `C` says that only ASCII is sure.
    locale = next((environment[name] for name in LOCALE if environment.get(name)), encoding)
    names = (locale.partition("@")[0].rpartition(".")[2], encoding)
    return all(name.lower().replace("-", "") == "utf8" for name in names)


def _colours(environment: Mapping[str, str], term: str) -> Colours:
    # https://no-color.org: set, and not empty, whatever it is set to.
    if environment.get("NO_COLOR"):
        return "none"
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "true"
    return "256" if term.endswith(("-256color", "-direct")) or term.startswith(MANY_COLOURS) else "16"
