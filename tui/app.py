"""The app: opens the reader, and the menu and help on top of it."""

from __future__ import annotations

import asyncio
import gc
import os

from textual.binding import Binding
from textual.events import Event, Key

from lessons.course import Course
from tui.screens.reader import ReaderScreen
from tui.session import Session
from tui.terminal import Terminal
from tui.wire_updates import WiredApp

ANY_TERMINAL = Terminal()


class LessonApp(WiredApp, inherit_bindings=False):
    """A course in a terminal.

    Args:
        course: The course.
        session: Where the learner is, and what they answered.
        lab: Whether to begin in the lab.
        recall: Whether to offer questions of last time before the lesson goes on.
        terminal: What there is to draw with.

    """

    TITLE = "initlesson"
    # The palette offers a screenshot, which writes to the disk of the host.
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("m", "menu", "menu", id="app.menu"),
        Binding("x", "lab", "lab", show=False, id="app.lab"),
        Binding("g", "glossary", "glossary", id="app.glossary"),
        Binding("question_mark", "help", "help", key_display="?", id="app.help"),
        Binding("q", "quit", "quit", id="app.quit"),
        Binding("ctrl+z", "suspend_process", show=False, id="app.suspend"),
        Binding("ctrl+l", "redraw", show=False, id="app.redraw"),
        Binding("ctrl+c", "help_quit", show=False, id="app.interrupt"),
    ]

    def __init__(
        self,
        course: Course,
        session: Session,
        *,
        lab: bool = False,
        recall: bool = False,
        terminal: Terminal = ANY_TERMINAL,
    ) -> None:
        super().__init__()
        self.terminal = terminal
        self.course = course
        self.session = session
        self.begin_in_lab = lab
        self.recall = recall
        self.has_glossary = course.glossary.exists()
        self.reader = ReaderScreen(course, session)

    async def on_event(self, event: Event) -> None:
        """Take Esc and a key that came together for these two: as Alt and that key they would be lost."""
        if isinstance(event, Key) and event.key.startswith("alt+") and event.character:
            await super().on_event(Key("escape", "\x1b"))
            # What Esc closes must be gone before the key after it comes.
            self.post_message(Key(event.key.removeprefix("alt+"), event.character))
            return
        await super().on_event(event)

    def get_default_screen(self) -> ReaderScreen:
        """Return the reader: a screen below it would be drawn, and never seen."""
        return self.reader

    async def on_ready(self) -> None:
        """Draw the frame, then load the page: reading Markdown takes a tenth of a start, numpy a third."""
        drawn = asyncio.Event()
        self.reader.call_after_refresh(drawn.set)
        await drawn.wait()
        await self.reader.begin()
        self.call_after_refresh(self.collect_garbage)
        if self.begin_in_lab:
            self.action_lab()
        elif self.recall:
            self.offer_recall()

    def collect_garbage(self) -> None:
        """Collect garbage again, now that the first screen stands, and never look at what it is made of."""
        gc.freeze()
        gc.enable()

    def offer_recall(self) -> None:
        """Offer questions of last time, if there are any, once for the answers of each session."""
        from tui.recall import COUNT, due

        progress = self.session.progress
        found = due(self.course, progress)
        if not found:
            return
        from tui.screens.recall import RecallScreen

        progress.fresh -= {each.key for each in found}
        self.reader.keep()
        asked = found[:COUNT]
        titles = [self.course.screen(each.screen).title for each in asked]
        self.push_screen(RecallScreen(asked, self.reader.context.resolve, titles))

    def _fatal_error(self) -> None:
        # Textual prints a traceback with local variables; a learner gets a sentence instead.
        if os.environ.get("INITLESSON_DEBUG"):
            super()._fatal_error()
            return
        self._exit_renderables.append(
            f"initlesson: a fault in the program: {type(self._exception).__name__}: {self._exception}\n"
            "Your answers are kept. Start it again; INITLESSON_DEBUG=1 shows where it happened."
        )
        self._close_messages_no_wait()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what opens on top of the reader from there only; help and quitting always."""
        if action == "glossary" and not self.has_glossary:
            return False
        return self.screen is self.reader if action in ("menu", "glossary", "lab") else True

    def action_menu(self) -> None:
        """Let the learner choose a screen."""
        from tui.screens.menu import MenuScreen

        async def go(slug: str | None) -> None:
            if slug:
                await self.reader.open_page(slug, 0)

        self.push_screen(MenuScreen(self.course, self.session.progress), go)

    def action_lab(self) -> None:
        """Open the lab."""
        from tui.screens.lab import LabScreen

        self.push_screen(LabScreen())

    def action_glossary(self) -> None:
        """Show every symbol and term, those of this page first."""
        from tui.screens.glossary import GlossaryScreen

        progress = self.session.progress
        self.push_screen(
            GlossaryScreen(self.course, progress.screen, progress.page, self.reader.context.resolve)
        )

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.session.where))

    async def action_quit(self) -> None:
        """Keep what was chosen on this page, and quit."""
        if self.reader.page_view:
            self.reader.page_view.leave()
        self.exit()

    def action_help_quit(self) -> None:
        """Say how to quit, where Ctrl+C was pressed."""
        self.notify("q quits. Your place and your answers are kept.")

    def action_press(self, key: str) -> None:
        """Press a key, as a click on the key bar does."""
        self.simulate_key(key)
