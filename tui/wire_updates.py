"""What Textual's compositor wants to be drawn, as cells. Textual's private parts are touched here alone."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod

from rich.console import RenderableType
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen
from textual.strip import Strip

from tui.wire import Wire


class Drawing(Driver, ABC):
    """A driver that draws for itself."""

    @abstractmethod
    def draw(self, update: RenderableType | None) -> None:
        """Show an update of the compositor."""

    @abstractmethod
    def redraw(self) -> None:
        """Show everything again."""


class WiredApp(App[None], inherit_bindings=False):
    """An app that sends a POSIX terminal what changed, and nothing else; Windows gets what Textual sends."""

    def get_driver_class(self) -> type[Driver]:
        """Return what drives the terminal."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from tui.driver import TerminalDriver

        return TerminalDriver

    def action_redraw(self) -> None:
        """Draw all of the screen again, whatever another program has written on it."""
        if isinstance(self._driver, Drawing):
            self._driver.redraw()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if not isinstance(self._driver, Drawing):
            super()._display(screen, renderable)
            return
        try:
            if renderable is not None and self._running and not self._closed and not self._batch_count:
                self._driver.draw(renderable)
        except Exception as error:  # as Textual does it: the app ends, and says why
            self._handle_exception(error)
        finally:
            self.post_display_hook()

    def _set_pointer_shape(self, shape: str) -> None:
        # Some terminals print what they do not know.
        if not isinstance(self._driver, Drawing):
            super()._set_pointer_shape(shape)


def take(wire: Wire, update: RenderableType | None) -> None:
    """Want what an update of the compositor shows."""
    if isinstance(update, LayoutUpdate):
        region = update.region
        if region.size != (wire.width, wire.height):
            wire.resize(*region.size)
        for y, strips in enumerate(update.strips, region.y):
            x = region.x
            for piece in strips:
                x = wire.put(x, y, _pieces(piece))
    elif isinstance(update, ChopsUpdate):
        for y, first, last in update.spans:
            if y >= wire.height:
                continue
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is not None and x <= last and end > first:
                    wire.put(x, y, _pieces(strip.crop(0, min(end, last) - x)))
    else:
        raise TypeError(f"Textual draws in a new way: {type(update).__name__}")


def everything(app: App[None]) -> RenderableType | None:
    """Return an update that shows the whole screen."""
    return app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)


def _pieces(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(text, style) for text, style, control in strip if not control]
