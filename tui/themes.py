"""The colours: our themes, which of them a terminal gets, and no colour at all."""

from __future__ import annotations

from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from tui.settings import AUTO
from tui.terminal import Terminal

SCROLLBAR = tuple(f"{ground}{state}" for ground in ("", "-background") for state in ("", "-hover", "-active"))


def _theme(
    name: str, background: str, panel: str, foreground: str, muted: str, *, dark: bool, **colours: str
) -> Theme:
    """Return a theme whose every colour of text is given: Textual's own are blends of less contrast."""
    return Theme(
        name=name,
        dark=dark,
        background=background,
        surface=background,
        panel=panel,
        foreground=foreground,
        variables={
            **{f"text-{each}": colour for each, colour in colours.items()},
            "text": foreground,
            "text-muted": muted,
            "text-disabled": muted,
            "foreground-muted": muted,
            "panel-lighten-1": panel,
            "block-cursor-foreground": background,
            "block-cursor-background": colours["accent"],
            "block-cursor-text-style": "bold",
            "block-hover-background": panel,
            "link-color-hover": background,
            "link-background-hover": colours["accent"],
            "screen-selection-foreground": background,
            "screen-selection-background": colours["secondary"],
            "scrollbar": muted,
            "scrollbar-hover": foreground,
            "scrollbar-active": colours["accent"],
            "scrollbar-background": panel,
            "scrollbar-background-hover": panel,
            "scrollbar-background-active": panel,
        },
        **colours,  # type: ignore[arg-type]
    )


def _ansi_theme(name: str, *, dark: bool = True, **colours: str) -> Theme:
    """Return a theme of the terminal's own colours; what is not given is its default."""
    every = ("primary", "secondary", "accent", "warning", "error", "success")
    text = {each: colours.get(each, "ansi_default") for each in every}
    default = ("foreground-muted", "text-muted", "text-disabled", "ansi-background", "ansi-foreground")
    cursors = ("block-cursor", "block-cursor-blurred", "screen-selection")
    return Theme(
        name=name,
        dark=dark,
        ansi=True,
        foreground="ansi_default",
        background="ansi_default",
        variables={
            **{f"text-{each}": colour for each, colour in text.items()},
            **dict.fromkeys(default, "ansi_default"),
            **{
                f"{each}-{ground}": "ansi_default"
                for each in cursors
                for ground in ("foreground", "background")
            },
            "screen-selection-foreground": "ansi_bright_white",
            "screen-selection-background": "ansi_blue",
            "block-cursor-text-style": "bold underline",
            "block-cursor-blurred-text-style": "bold underline",
            "link-background-hover": "transparent",
            "link-color-hover": "ansi_default",
            "link-style-hover": "reverse",
            **{f"scrollbar{part}": "ansi_default" for part in SCROLLBAR},
        },
        # Borders need less contrast than text.
        **{**text, "accent": colours.get("accent", "ansi_magenta")},  # type: ignore[arg-type]
    )


# Colours of the palette of 256, so that these themes look the same where there are no more.
THEMES = {
    theme.name: theme
    for theme in (
        _theme(
            "dark", "#121212", "#303030", "#e4e4e4", "#b2b2b2", dark=True,
            primary="#87afff", secondary="#87d7ff", accent="#ffaf00",
            warning="#ffd75f", error="#ff8787", success="#87d787",
        ),
        _theme(
            "light", "#ffffff", "#eeeeee", "#1c1c1c", "#4e4e4e", dark=False,
            primary="#0000af", secondary="#005f87", accent="#870087",
            warning="#875f00", error="#af0000", success="#005f00",
        ),
        _theme(
            "contrast", "#000000", "#00005f", "#ffffff", "#d0d0d0", dark=True,
            primary="#87ffff", secondary="#5fffff", accent="#ffff00",
            warning="#ffaf5f", error="#ffafaf", success="#87ff87",
        ),
        _theme(
            "contrast-light", "#ffffff", "#ffffd7", "#000000", "#303030", dark=False,
            primary="#0000af", secondary="#005f5f", accent="#5f0087",
            warning="#870000", error="#87005f", success="#005f00",
        ),
        # No colour of sixteen can be read on black and on white.
        _ansi_theme("ansi"),
        _ansi_theme(
            "ansi-dark",
            primary="ansi_cyan", secondary="ansi_cyan", accent="ansi_bright_yellow",
            warning="ansi_bright_magenta", error="ansi_bright_red", success="ansi_green",
        ),
        _ansi_theme(
            "ansi-light", dark=False,
            primary="ansi_blue", secondary="ansi_blue", accent="ansi_magenta",
            warning="ansi_red", error="ansi_red",
        ),
    )
}  # fmt: skip
OF_SIXTEEN = tuple(name for name, theme in THEMES.items() if theme.ansi)


def offered(terminal: Terminal) -> tuple[str, ...]:
    """Return the names of the themes that can be read on a terminal; none where there are no colours."""
    if terminal.colours == "none":
        return ()
    return OF_SIXTEEN if terminal.colours == "16" else tuple(THEMES)


def theme_for(terminal: Terminal, wanted: str = AUTO) -> str:
    """Return the name of the theme that a terminal gets: the one wanted, where it can be read there."""
    if wanted in offered(terminal):
        return wanted
    if terminal.colours == "none":
        return "ansi"
    if terminal.colours == "16":
        return "ansi-light" if terminal.light else "ansi-dark" if terminal.dark else "ansi"
    return "light" if terminal.light else "dark"


def problem(terminal: Terminal, wanted: str) -> str:
    """Return why a theme cannot be had on a terminal, and what to do, or ""."""
    if wanted == AUTO:
        return ""
    if wanted not in THEMES:
        return f"no theme {wanted!r}; there are: {', '.join((*THEMES, AUTO))}"
    if terminal.colours == "16" and wanted not in OF_SIXTEEN:
        return (
            f"the theme {wanted} needs 256 colours, and the terminal promises 16. "
            f"Set COLORTERM=truecolor if it has more, or take one of: {', '.join(OF_SIXTEEN)}"
        )
    return ""


class NoColours(LineFilter):
    """Takes every colour away; bold, italic, underlined and reversed stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return segments without their colours."""
        return [
            Segment(text, style.without_color if style else style, control)
            for text, style, control in segments
        ]


NO_COLOURS = NoColours()


def limit_colours(console: Console, terminal: Terminal) -> None:
    """Let Textual send the colours that the terminal has, where it would judge by TERM in its own way."""
    systems = {"true": "truecolor", "256": "256"}
    # Rich lets it be chosen by a process, not by one of several sessions in it.
    console._color_system = COLOR_SYSTEMS[systems.get(terminal.colours, "standard")]
