"""A p that the learner moves, and everything that follows it."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from tui.widgets.lines import MUTED, Lines

LOWEST, HIGHEST, MIDDLE = 1, 99, 50
TRACK = len("p 0.50   0.01 ")
"""Cells before the track of the slider."""
END = len(" 0.99 ")
"""Cells behind it."""


class Slider(Lines, can_focus=True):
    """Keys that move p by hundredths, and the track that shows where it is.

    Args:
        start: The first p, from 0.01 to 0.99.

    """

    BINDINGS = [
        Binding("up,k,plus", "move(1)", "move p", key_display="↑↓", id="loss.up"),
        Binding("down,j,minus", "move(-1)", "move p", show=False, id="loss.down"),
        Binding("pageup", "move(10)", "p + 0.1", show=False, id="loss.more"),
        Binding("pagedown", "move(-10)", "p - 0.1", show=False, id="loss.less"),
        Binding("home", f"move({-HIGHEST})", "lowest", show=False, id="loss.lowest"),
        Binding("end", f"move({HIGHEST})", "highest", show=False, id="loss.highest"),
        Binding("0", "middle", "p = 0.5", id="loss.middle"),
    ]

    # In hundredths, so that going up and down again comes back to the same number.
    hundredths: reactive[int] = reactive(MIDDLE)

    def __init__(self, start: float) -> None:
        super().__init__()
        self.set_reactive(Slider.hundredths, round(start * 100))

    @property
    def p(self) -> float:
        """The p chosen."""
        return self.hundredths / 100

    def at(self, width: int) -> int:
        """Return where p is on the track, in cells from its left end, for the width of the whole line."""
        cells = max(0, width - TRACK - END - 1)
        return round((self.hundredths - LOWEST) / (HIGHEST - LOWEST) * cells)

    def track(self, width: int) -> Content:
        """Return p, and the track with its mark, as one line."""
        at = self.at(width)
        return Content.assemble(
            ("p ", "bold"),
            (f"{self.p:.2f}", "bold $text-accent"),
            (f"   {LOWEST / 100:.2f} {'─' * at}", MUTED),
            ("●", "bold $text-accent"),
            (f"{'─' * (width - TRACK - END - 1 - at)} {HIGHEST / 100:.2f}", MUTED),
        )

    def action_move(self, by: int) -> None:
        """Move p by so many hundredths, within its range."""
        self.hundredths = min(HIGHEST, max(LOWEST, self.hundredths + by))

    def action_middle(self) -> None:
        """Put p back to one half."""
        self.hundredths = MIDDLE
