"""How well what stands on the screen can be read: WCAG's contrast of its resolved colours."""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import Color, ColorSystem, ColorType
from rich.color_triplet import ColorTriplet
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.app import App
from textual.geometry import Region

XTERM = [
    *((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0)),
    *((0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)),
    *((127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0)),
    *((92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)),
]
ON_BLACK = TerminalTheme((0, 0, 0), (229, 229, 229), XTERM[:8], XTERM[8:])
ON_WHITE = TerminalTheme((255, 255, 255), (0, 0, 0), XTERM[:8], XTERM[8:])
LINES = set("─│┌┬┐├┼┤└┴┘╭╮╰╯▌")
"""What is drawn with these is a border, an axis or a rule, for which WCAG asks for 3:1."""


def luminance(colour: ColorTriplet) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def styled(app: App[None], region: Region | None = None) -> Iterator[tuple[str, Style]]:
    """Yield every piece of text that stands on the screen, or in a part of it, with its style."""
    for row, strip in enumerate(app.screen._compositor.render_strips()):
        if region is not None:
            if not region.y <= row < region.bottom:
                continue
            strip = strip.crop(region.x, region.right)
        for text, style, _ in strip:
            if text.strip():
                yield text.strip(), style or Style()


def seen(style: Style, terminal: TerminalTheme, colours: ColorSystem) -> tuple[ColorTriplet, ColorTriplet]:
    """Return the colours of a piece of text and of what is behind it, as a terminal shows them."""

    def shown(colour: Color | None, front: bool) -> ColorTriplet:
        if colour is None or colour.is_default:
            return terminal.foreground_color if front else terminal.background_color
        if colour.type is ColorType.TRUECOLOR:
            colour = colour.downgrade(colours)
        return colour.get_truecolor(terminal, foreground=front)

    front, behind = shown(style.color, True), shown(style.bgcolor, False)
    return (behind, front) if style.reverse else (front, behind)


def too_faint(
    app: App[None],
    least: float,
    terminal: TerminalTheme,
    colours: ColorSystem,
    region: Region | None = None,
) -> list[str]:
    """Return what has less contrast than it should have, each with its contrast."""
    found = []
    for text, style in styled(app, region):
        enough = 3.0 if set(text) <= LINES else least
        measured = contrast(*seen(style, terminal, colours))
        if measured < enough or style.dim:
            found.append(f"{measured:.2f} {text!r} {style}")
    return found
