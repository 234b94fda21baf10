"""One Static that shows the pages of a text file, split at ---; → and ← turn them."""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static

TEXTS = Path(sys.argv[1]).read_text(encoding="utf-8").split("\n---\n")
# What does not fit would make it scroll, and draw twice.
PAGES = ["\n".join(line[:78] for line in text.strip().split("\n")[:22]) for text in TEXTS]


class Pages(App[None]):
    BINDINGS = [("right", "turn(1)"), ("left", "turn(-1)")]
    at = 0

    def compose(self) -> ComposeResult:
        yield Static(PAGES[0], markup=False)

    def action_turn(self, by: int) -> None:
        self.at = (self.at + by) % len(PAGES)
        self.query_one(Static).update(PAGES[self.at])


Pages().run()
