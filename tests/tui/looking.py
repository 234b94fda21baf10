"""Reading the screen as a person does."""

from __future__ import annotations

from textual.app import App

SIZES = [(80, 24), (120, 36)]


def grid(app: App[None]) -> list[str]:
    """Return what stands on the screen, a line a line."""
    # Textual has no public way to read the screen back as text.
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def shown(app: App[None]) -> str:
    """Return what stands on the screen as one text."""
    return "\n".join(grid(app))
