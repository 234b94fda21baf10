"""What every app here is, whatever it shows: made for its terminal, its size and its keys."""

from __future__ import annotations

import os
from collections.abc import Sequence

from textual.binding import Binding
from textual.events import Event, Key, Resize
from textual.filter import LineFilter
from textual.geometry import Size

from lessons.ascii import shown
from tui.screens.too_small import TooSmallScreen, is_too_small
from tui.terminal import Terminal
from tui.themes import NO_COLOURS, THEMES, limit_colours, offered, theme_for
from tui.widgets.glyphs import use_glyphs
from tui.wire_updates import WiredApp


class TerminalApp(WiredApp, inherit_bindings=False):
    """An app that draws with what its terminal has, and says so where there is too little room.

    Args:
        terminal: What there is to draw with.
        theme: The name of the theme that is wanted.

    """

    TITLE = "initlesson"
    # The palette offers a screenshot, which writes to the disk of the host.
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("ctrl+z", "suspend_process", show=False, id="app.suspend"),
        Binding("ctrl+l", "redraw", show=False, id="app.redraw"),
    ]

    def __init__(self, terminal: Terminal, theme: str) -> None:
        super().__init__()
        self.terminal = terminal
        self.glyphs = use_glyphs(terminal)
        limit_colours(self.console, terminal)
        for each in THEMES.values():
            self.register_theme(each)
        # Set without its watchers, or the style sheet would be read once more.
        self.set_reactive(TerminalApp.theme, theme_for(terminal, theme))
        self.stylesheet.set_variables(self.get_css_variables())
        if terminal.remote:
            self.animation_level = "none"
        self.ready = False

    @property
    def promise(self) -> str:
        """What whoever sits there may rely on after a fault, in a sentence."""
        raise NotImplementedError

    def be_ready(self) -> None:
        """Look at the size from now on: what is shown first stands."""
        self.ready = True
        self._fit(self.size)

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it can be shown here."""
        return shown(super().get_key_display(binding))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Take away signs and colours that the terminal lacks; Textual would judge by its own environment."""
        # Textual's own would look through every line for colours of the terminal, which no other theme has.
        return [*self.glyphs, NO_COLOURS] if self.terminal.colours == "none" else self.glyphs

    async def on_event(self, event: Event) -> None:
        """Take Esc and a key that came together for these two: as Alt and that key they would be lost."""
        if isinstance(event, Key) and event.key.startswith("alt+") and event.character:
            await super().on_event(Key("escape", "\x1b"))
            # What Esc closes must be gone before the key after it comes.
            self.post_message(Key(event.key.removeprefix("alt+"), event.character))
            return
        await super().on_event(event)

    def on_resize(self, event: Resize) -> None:
        """Say so where there is too little room."""
        if self.ready:
            self._fit(event.size)

    def _fit(self, size: Size) -> None:
        small = is_too_small(size)
        if small and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())
        elif not small and isinstance(self.screen, TooSmallScreen):
            self.pop_screen()

    def _fatal_error(self) -> None:
        # Textual prints a traceback with local variables; whoever sits there gets a sentence instead.
        if os.environ.get("INITLESSON_DEBUG"):
            super()._fatal_error()
            return
        self._exit_renderables.append(
            f"initlesson: a fault in the program: {type(self._exception).__name__}: {self._exception}\n"
            f"{self.promise} Start it again; INITLESSON_DEBUG=1 shows where it happened."
        )
        self._close_messages_no_wait()

    def colours_used(self) -> str:
        """Return the name of the theme, and how to change it where there are others."""
        if self.terminal.colours == "none":
            return "none, as NO_COLOR asks"
        return f"{self.theme}; t: the next of {len(offered(self.terminal))}"

    def next_theme(self) -> None:
        """Show the next theme that can be read on this terminal, if there is another."""
        names = offered(self.terminal)
        if names:
            self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def action_press(self, key: str) -> None:
        """Press a key, as a click on the key bar does."""
        self.simulate_key(key)
