"""The app: opens the reader, and the menu and help on top of it."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import ScreenStackError
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.events import Event, Key
from textual.widget import MountError

from lessons.course import Course
from tui.screens.reader import ReaderScreen
from tui.session import Session
from tui.settings import Settings
from tui.terminal import Terminal
from tui.terminal_app import TerminalApp
from tui.themes import offered
from tui.widgets.typed import Typing

if TYPE_CHECKING:
    from rich.console import RenderableType

ANY_TERMINAL = Terminal()
FIRST_PAINT = 1.0
"""Seconds that the frame has before the page is loaded all the same."""


class LessonApp(TerminalApp):
    """A course in a terminal.

    Args:
        course: The course.
        session: Where the learner is, and what they answered.
        lab: Whether to begin in the lab.
        recall: Whether to offer questions of last time before the lesson goes on.
        terminal: What there is to draw with.
        settings: What is remembered between starts; nothing if None.

    """

    BINDINGS = [
        Binding("m", "menu", "menu", id="app.menu"),
        Binding("x", "lab", "lab", show=False, id="app.lab"),
        Binding("g", "glossary", "glossary", id="app.glossary"),
        Binding("question_mark", "help", "help", key_display="?", id="app.help"),
        Binding("q", "quit", "quit", id="app.quit"),
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
        settings: Settings | None = None,
    ) -> None:
        self.settings = settings or Settings()
        super().__init__(terminal, self.settings.theme)
        self.course = course
        self.session = session
        self.begin_in_lab = lab
        self.recall = recall
        self.has_glossary = course.glossary.exists()
        self.reader = ReaderScreen(course, session)
        self.leaving = False

    async def on_event(self, event: Event) -> None:
        """Take what is typed to where it goes: the keys before it may have moved the focus since."""
        if isinstance(event, Key) and event.is_forwarded and event.character:
            part = self.focused
            if isinstance(part, Typing) and part.take(event.character):
                return
        await super().on_event(event)

    def get_default_screen(self) -> ReaderScreen:
        """Return the reader: a screen below it would be drawn, and never seen."""
        return self.reader

    async def on_ready(self) -> None:
        """Draw the frame, then load the page: reading Markdown takes a tenth of a start, numpy a third."""
        drawn = asyncio.Event()
        self.reader.call_after_refresh(drawn.set)
        # An app that is told to end draws nothing more, and must not wait for it.
        with suppress(TimeoutError):
            await asyncio.wait_for(drawn.wait(), FIRST_PAINT)
        await self.reader.begin()
        self.call_after_refresh(self.collect_garbage)
        self.tell_of_settings()
        if self.begin_in_lab:
            self.action_lab()
        elif self.recall:
            self.offer_recall()
        self.be_ready()
        await self.begun()

    async def begun(self) -> None:
        """Go on, now that the first page is there."""

    def collect_garbage(self) -> None:
        """Collect garbage again, now that the first screen stands, and never look at what it is made of."""
        gc.freeze()
        gc.enable()

    def offer_recall(self) -> None:
        """Offer questions of last time, if there are any, once for the answers of each session."""
        from tui.recall import take_due

        asked = take_due(self.course, self.session.progress)
        if not asked:
            return
        from tui.screens.recall import RecallScreen

        self.reader.keep()
        titles = [self.course.screen(each.screen).title for each in asked]
        self.push_screen(RecallScreen(asked, self.reader.context.resolve, titles))

    def _handle_exception(self, error: Exception) -> None:
        # A page that was being built when the learner left finds its place gone.
        if not (self.leaving and isinstance(error, MountError | NoMatches | ScreenStackError)):
            super()._handle_exception(error)

    @property
    def promise(self) -> str:
        """What a learner may rely on, in a sentence."""
        return self.session.promise

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

        self.push_screen(HelpScreen(self.session.where, self.colours_used, self.next_theme))

    def next_theme(self) -> None:
        """Show the next theme that can be read on this terminal, and remember it."""
        super().next_theme()
        if offered(self.terminal):
            self.settings.take(self.theme)
            self.tell_of_settings()

    def tell_of_settings(self) -> None:
        """Say what the learner must know about the file of their settings, if anything."""
        if self.settings.note:
            self.notify(self.settings.note, severity="warning", timeout=15, markup=False)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Keep what was chosen on this page, whether the learner quits or the connection is lost."""
        with suppress(NoMatches):  # nothing is shown yet
            if self.reader.page_view:
                self.reader.page_view.leave()
        self.leaving = True
        super().exit(result, return_code, message)

    def action_help_quit(self) -> None:
        """Say how to quit, where Ctrl+C was pressed."""
        self.notify(f"q quits. {self.session.promise}", markup=False)
