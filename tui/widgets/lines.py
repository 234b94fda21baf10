"""From laid-out lines to what Textual draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from lessons.layout import Line, Resolve, lay_out
from lessons.model import Block
from tui.widgets.glyphs import drawn
from tui.widgets.muted import MUTED as MUTED

SPAN_STYLES = {
    "": "",
    "strong": "bold",
    "emphasis": "italic",
    "code": "$text-primary",
    "value": "bold $text-accent",
}
LINE_STYLES = {"text": "", "quote": "italic", "math": "$text-primary"}


def content(lines: Iterable[Line], style: str = "") -> Content:
    """Return lines as one content, a line a line; `style` is added to all of it."""
    found = []
    for line in lines:
        spans = [(span.text, SPAN_STYLES[span.style] or LINE_STYLES[line.style]) for span in line.spans]
        if line.style == "quote":
            bar = len("│ ")
            found.append(Content.assemble(*spans).stylize("not italic $accent", 0, bar))
        else:
            found.append(Content.assemble(*spans))
    whole = Content("\n").join(found)
    return whole.stylize(style) if style else whole


def prompt(blocks: Sequence[Block], width: int, resolve: Resolve) -> list[Content]:
    """Return the lines of what asks something: what leads up to it, then in bold what is asked."""
    *before, asked = blocks
    lines = [content([line]) for line in lay_out(before, width, resolve)]
    return [
        *lines,
        *([Content("")] if before else []),
        *(content([line], "bold") for line in lay_out([asked], width, resolve)),
    ]


def fill(pieces: Iterable[Content], width: int, gap: int = 1) -> list[Content]:
    """Return pieces beside each other, in as many lines of a width as they need; none is broken."""
    lines: list[Content] = []
    for piece in map(drawn, pieces):
        if lines and lines[-1].cell_length + gap + piece.cell_length <= width:
            lines[-1] = lines[-1] + " " * gap + piece
        else:
            lines.append(piece)
    return lines


class Lines(Widget):
    """A widget whose content is lines made for its width, and which is as high as there are lines.

    A line that is too wide is cut: if it took a second row, the last lines would be lost.
    """

    DEFAULT_CSS = """
    Lines {
        width: 1fr;
        max-width: 100;
        height: auto;
        margin: 0 0 1 0;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines for a width in cells."""
        raise NotImplementedError

    def bring_end_into_view(self) -> None:
        """Scroll, once what is new is drawn, until the last line can be seen."""
        self.call_after_refresh(lambda: self.bring_into_view(self.size.height - 1))

    def bring_into_view(self, line: int) -> None:
        """Scroll until a line, from 0, can be seen."""
        if isinstance(self.parent, Widget):
            region = Region(0, self.virtual_region.y + line, 1, 1)
            self.parent.scroll_to_region(region, animate=False)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take all the width that there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Be as high as there are lines."""
        return len(self.lines(width))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(map(drawn, self.lines(self.size.width)))
