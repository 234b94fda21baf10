"""Text to read."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from lessons.layout import Resolve, lay_out
from lessons.model import Block
from tui.widgets.lines import Lines, content


class Prose(Lines):
    """Blocks of text, wrapped to the width of the page.

    Args:
        blocks: What to show.
        resolve: Turns the expression of a value into its number.

    """

    def __init__(self, blocks: Sequence[Block], resolve: Resolve) -> None:
        super().__init__()
        self.blocks = blocks
        self.resolve = resolve

    def lines(self, width: int) -> Sequence[Content]:
        """Return the wrapped text."""
        return [content([line]) for line in lay_out(self.blocks, width, self.resolve)]
