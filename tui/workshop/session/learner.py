"""The lesson as a learner of a workshop has it: kept by the server, led by the room, and nothing else."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from typing import Any

from textual.binding import Binding
from textual.driver import Driver
from textual.timer import Timer

from lessons.course import Course
from tui.app import LessonApp
from tui.driver import TerminalDriver
from tui.progress import Answer, Progress
from tui.session import Session
from tui.settings import Settings
from tui.terminal import Terminal
from tui.themes import theme_for
from tui.widgets.bars import PlaceBar
from tui.wire_updates import everything
from tui.workshop.session.asking import HELD, LET_GO, RoomLine, ServerStore
from tui.workshop.session.ballot import Ballot, question_in
from tui.workshop.session.vote_screen import VoteScreen

SAID = 30
"""Seconds for which a line to everyone is shown."""
AGAIN = 2.0
"""Seconds until what could not be kept is tried again."""


class WaitingDriver(TerminalDriver):
    """Draws nowhere until there is a learner."""

    def start_application_mode(self) -> None:
        """Wait to be attached."""


class KeptTheme(Settings):
    """The theme of a learner, which the server keeps.

    Args:
        store: What keeps it.

    """

    def __init__(self, store: ServerStore) -> None:
        super().__init__(store.theme)
        self._store = store

    def take(self, theme: str) -> None:
        """Remember a theme; where it cannot be kept, `note` says so."""
        self.theme, self.note = theme, ""
        try:
            self._store.keep_theme(theme)
        except OSError as error:
            self.note = f"The theme is not remembered: {error}"


class WorkshopApp(LessonApp):
    """The lesson in a workshop.

    Args:
        course: The course.
        terminal: What there is to draw with.
        learner: What keeps the learner's progress, and the line to the room; None as long as there is none.

    """

    BINDINGS = [Binding("w", "vote", "vote", id="workshop.vote")]

    def __init__(
        self, course: Course, terminal: Terminal, learner: tuple[ServerStore, RoomLine] | None = None
    ) -> None:
        super().__init__(course, Session(Progress(course.slug)), terminal=terminal)
        self.learner = learner
        # The template has loaded everything, and has no thread.
        self.reader.loads_ahead = False
        self.room: RoomLine | None = None
        self.ballot: Ballot | None = None
        self.fault = ""
        self._again: Timer | None = None

    def get_driver_class(self) -> type[Driver]:
        """Return a driver that waits for its learner."""
        return WaitingDriver

    async def begun(self) -> None:
        """Go on as the learner whose session this is, if there is one already."""
        if self.learner:
            await self.take_up(*self.learner)

    async def warm(self, done: Callable[[], None]) -> None:
        """Show a page of each screen once: what they import and compute is then there for every session.

        Args:
            done: Called when the first page is there again, as for somebody who has done nothing.

        """
        for slug in self.course.order:
            await self.reader.open_page(slug, 0, keep=False)
        progress = self.session.progress
        progress.screen, progress.page = self.course.order[0], 0
        progress.finished.clear()
        await self.reader.open_anew()
        done()

    async def take_up(self, store: ServerStore, room: RoomLine) -> None:
        """Open the course where a learner was, on the terminal of this process.

        Args:
            store: What keeps their progress.
            room: The line to the room.

        """
        self.room = room
        been_here = self.session.take_up(store)
        # No box that comes and goes: in each of a hundred sessions it would cost more than the page.
        self.reader.query_one(PlaceBar).who = store.name
        self.settings = KeptTheme(store)
        self.theme = theme_for(self.terminal, self.settings.theme)
        assert isinstance(self._driver, TerminalDriver)
        if been_here:
            await self.reader.open_anew()
            # The driver still has the first page, which was drawn before there was a learner.
            self._driver.draw(everything(self))
        self._driver.attach(0, 1)
        asyncio.get_running_loop().add_reader(room.file, self._hear)
        self.reader.tell()
        if been_here:
            self.offer_recall()
        else:
            self.reader.keep()

    def _hear(self) -> None:
        """Do what the room says."""
        assert self.room
        try:
            for said in self.room.heard():
                self.obey(said)
        except OSError:
            asyncio.get_running_loop().remove_reader(self.room.file)

    def obey(self, said: dict[str, Any]) -> None:
        """Do one thing that the room says."""
        match said["do"]:
            case "hold":
                self.notify(HELD if said["screen"] else LET_GO)
                self.reader.hold(said["screen"] or "")
            case "say":
                self.notify(said["text"], title="To everyone", timeout=SAID, markup=False)
            case "vote":
                self._vote_changed(Ballot.of(said))
            case "end":
                self.exit()

    def _vote_changed(self, ballot: Ballot) -> None:
        """Ask for a vote that was opened, and put away one that was closed."""
        before, self.ballot = self.ballot, ballot if ballot.open else None
        if isinstance(self.screen, VoteScreen):
            self.pop_screen()
        if ballot.open:
            self.action_vote()
        elif before:
            self.notify("The vote is closed.")
        self.reader.refresh_bindings()

    def action_vote(self) -> None:
        """Open the vote, until it is closed or the learner goes back to the lesson."""
        ballot = self.ballot
        if ballot is None or isinstance(self.screen, VoteScreen):
            return
        question = question_in(self.course, ballot.screen, ballot.question)
        if question is None:
            return

        def give(answer: Answer) -> None:
            assert self.room
            self.ballot = ballot.filled(answer)
            self.room.say(self.ballot.vote())

        self.push_screen(VoteScreen(question, ballot.round, ballot.given, give, self.reader.context.resolve))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the vote while one is open."""
        if action == "vote":
            return self.ballot is not None and self.screen is self.reader
        return super().check_action(action, parameters)

    def on_not_kept(self) -> None:
        """Try again soon."""
        if self._again is None:
            self._again = self.set_timer(AGAIN, self._keep_again)

    def _keep_again(self) -> None:
        self._again = None
        self.reader.keep()

    def action_suspend_process(self) -> None:
        """Go on: there is no shell to go back to."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: it would be opened on the host."""

    def _fatal_error(self) -> None:
        # The server says the sentence, when the terminal is the shell's again; its log has the rest.
        self.fault = traceback.format_exc()
        self._close_messages_no_wait()
