"""What is drawn, in ASCII where that is all there is."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment, Segments
from textual.color import Color
from textual.content import Content, Span
from textual.filter import LineFilter
from textual.scrollbar import ScrollBar, ScrollBarRender

from lessons.ascii import edits, one_for_one, only_ascii, use_ascii
from tui.terminal import Terminal

DARK, BRIGHT = RichColor.parse("#555555"), RichColor.parse("bright_magenta")
"""What Textual's scroll bars have, too, where no theme says otherwise."""


def drawn(line: Content) -> Content:
    """Return a line as it can be shown here, its columns where they were if they can be."""
    if not only_ascii() or line.plain.isascii():
        return line
    for start, end, by in reversed(edits(line.plain)):
        # What takes as many cells is left to the filter: there may be a whole curve of it.
        if by != _drawn(line.plain[start:end]):
            styles = [Span(0, len(by), span.style) for span in line[start : start + 1].spans]
            line = line[:start] + Content(by, spans=styles) + line[end:]
    return line


class AsciiFilter(LineFilter):
    """Puts one character of ASCII for each cell that still holds another: frames, curves, bars."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in ASCII."""
        return [
            segment
            if segment.text.isascii()
            else Segment(_drawn(segment.text), segment.style, segment.control)
            for segment in segments
        ]


@lru_cache(4096)
def _drawn(text: str) -> str:
    return "".join(one_for_one(char) for char in text)


class AsciiScrollBar(ScrollBarRender):
    """A scroll bar that shows where it is by its characters."""

    VERTICAL_BARS = HORIZONTAL_BARS = [" "] * 8

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: RichColor = DARK,
        bar_color: RichColor = BRIGHT,
    ) -> Segments:
        """Return the bar, `#` where the thumb is."""
        bar = super().render_bar(
            size, virtual_size, window_size, position, thickness, vertical, back_color, bar_color
        )
        for at, segment in enumerate(bar.segments):
            if not segment.control and segment.text != "\n":
                here = segment.style is not None and segment.style.meta.get("@mouse.down") == "grab"
                glyph = "#" if here else "|" if vertical else "-"
                bar.segments[at] = Segment(glyph * len(segment.text), segment.style)
        return bar


def use_glyphs(terminal: Terminal) -> list[LineFilter]:
    """Draw with what a terminal has from now on; return what each drawn line has to go through."""
    use_ascii(terminal.ascii)
    ScrollBar.renderer = AsciiScrollBar if terminal.ascii else ScrollBarRender
    return [AsciiFilter()] if terminal.ascii else []
