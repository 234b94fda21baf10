"""Text that is longer than the screen, and the keys that scroll it."""

from __future__ import annotations

from textual.binding import Binding
from textual.containers import VerticalScroll


class Scrolling(VerticalScroll, inherit_bindings=False):
    """What is in it scrolls by the arrows, by vi's keys, and by page."""

    BINDINGS = [
        Binding("up,k", "scroll_up", "scroll", show=False, id="scroll.up"),
        Binding("down,j", "scroll_down", "scroll", show=False, id="scroll.down"),
        Binding("pageup", "page_up", "page up", show=False, id="scroll.page_up"),
        Binding("pagedown,space", "page_down", "page down", show=False, id="scroll.page_down"),
        Binding("home", "scroll_home", "beginning", show=False, id="scroll.home"),
        Binding("end", "scroll_end", "end", show=False, id="scroll.end"),
    ]
