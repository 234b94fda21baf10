"""The first and the last line of the screen: where you are, and which keys do something now."""

from __future__ import annotations

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from lessons.ascii import shown
from tui.widgets.muted import MUTED

FEWEST = 32
"""Cells that the titles get before there is room for who it is."""


class PlaceBar(Widget):
    """Where the learner is: lesson and screen to the left, numbers to the right."""

    DEFAULT_CSS = """
    PlaceBar { height: 1; padding: 0 2; background: $panel; }
    """

    place: reactive[tuple[str, str, str]] = reactive(("", "", ""))
    who: reactive[str] = reactive("")

    def render(self) -> Content:
        """Draw the place; who it is, and then the titles, give way where there is too little room."""
        lesson, title, numbers = map(shown, self.place)
        if self.who and self.size.width - len(numbers) - cell_len(self.who) >= FEWEST:
            numbers = f"{shown(self.who)}   {numbers}"
        room = max(0, self.size.width - cell_len(numbers) - 2)
        # Until the page is read, there is no title.
        left = Content.assemble((f"{lesson} › " if title else lesson, MUTED), (title, "bold"))
        if left.cell_length > room:
            left = Content.styled(title, "bold").truncate(room, ellipsis=True)
        return left.pad_right(room - left.cell_length + 2) + Content.styled(numbers, MUTED)


class KeyBar(Widget):
    """The keys that do something now, those of the focused part first; a click presses one."""

    DEFAULT_CSS = """
    KeyBar {
        height: 1; padding: 0 1; background: $panel; dock: bottom;
        link-color: $text-accent; link-style: bold;
    }
    """

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        """Draw the keys with what they do; where there is too little room, the last ones without."""
        keys = [(self._key(binding), " " + shown(binding.description)) for binding in self._bindings_shown()]
        room = self.size.width - sum(key.cell_length + 2 for key, _ in keys) + 2
        drawn = []
        for key, does in keys:
            room -= len(does)
            drawn.append(key + does if room >= 0 else key)
        return Content("  ").join(drawn)

    def _bindings_shown(self) -> list[Binding]:
        found: dict[tuple[DOMNode, str], Binding] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled:
                # Of several keys that do the same, the first is the one to learn.
                found.setdefault((node, binding.action), binding)
        return list(found.values())

    def _key(self, binding: Binding) -> Content:
        press = Style.from_meta({"@click": f"app.press('{binding.key}')"})
        return Content.assemble((self.app.get_key_display(binding), press))
