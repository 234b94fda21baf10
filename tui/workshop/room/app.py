"""The instructor's app: shows the room, and asks the server for what the instructor wants."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from textual.binding import Binding
from textual.timer import Timer

from lessons.course import Course
from tui.settings import AUTO
from tui.terminal import Terminal
from tui.terminal_app import TerminalApp
from tui.workshop.room.boxes import RoomHelp, SayScreen, WhoScreen
from tui.workshop.room.desk import Desk
from tui.workshop.room.exported import exported, write
from tui.workshop.room.link import Link, SocketLink, no_server
from tui.workshop.room.screen import RoomScreen

EVERY = 5.0
"""Seconds between two looks at the times, while somebody is here."""
TOGETHER = 0.1
"""Seconds for which what comes is drawn in one go."""


class RoomApp(TerminalApp):
    """The room of a course.

    Args:
        course: The course.
        link: What carries lines to the server and back.
        terminal: What there is to draw with.
        exports: The folder for what is exported, or None where nothing may be written.
        clock: Returns the seconds since 1970.

    """

    BINDINGS = [
        Binding("question_mark", "help", "help", key_display="?", id="app.help"),
        Binding("q", "quit", "quit", id="app.quit"),
        Binding("ctrl+c", "help_quit", show=False, id="app.interrupt"),
    ]

    def __init__(
        self,
        course: Course,
        link: Link,
        terminal: Terminal,
        exports: Path | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(terminal, AUTO)
        self.link = link
        self.exports = exports
        self.desk = Desk(course, clock)
        self.main = RoomScreen(self.desk)
        self._ticks: Timer | None = None
        self._due = self._met = False

    @property
    def promise(self) -> str:
        """What the instructor may rely on, in a sentence."""
        return "The room goes on without you."

    def get_default_screen(self) -> RoomScreen:
        """Return the room."""
        return self.main

    async def on_ready(self) -> None:
        """Listen to the server from now on."""
        self._ticks = self.set_interval(EVERY, self.draw, pause=True)
        self.run_worker(self.link.run(self.receive, self.tell_of_link))
        self.be_ready()

    def receive(self, line: Mapping[str, Any]) -> None:
        """Take a line of the server; what it holds is drawn soon.

        Raises:
            ValueError: it cannot be understood.

        """
        desk = self.desk
        if "error" in line:
            self.notify(str(line["error"])[:400], severity="warning", markup=False)
            return
        desk.room.apply(line, desk.clock())
        desk.number_learners()
        if "room" in line and desk.room.course != desk.course.slug:
            other = f"The server teaches {desk.room.course}, and this room shows {desk.course.slug}."
            self.notify(
                f"{other} Start both with the same --course.", severity="error", timeout=60, markup=False
            )
        if not self._met and desk.room.here:
            self._met = True
            desk.go_where_most_are()
            self.call_after_refresh(self.main.places.show_selected)
        if self._ticks:
            (self._ticks.resume if desk.room.here else self._ticks.pause)()
        self.draw_soon()

    def tell_of_link(self, trouble: str) -> None:
        """Say on the screen what is wrong with the way to the server; "" if nothing is."""
        if trouble:
            trouble = f"{trouble[0].upper()}{trouble[1:]} What you see may be old; the server is tried again."
        if trouble != self.desk.trouble:
            self.desk.trouble = trouble
            self.draw_soon()

    def draw_soon(self) -> None:
        """Draw what has come, and what comes right after it, in one go."""
        if not self._due:
            self._due = True
            self.set_timer(TOGETHER, self.draw)

    def draw(self) -> None:
        """Draw everything as it is now."""
        self._due = False
        self.main.draw()
        if isinstance(self.screen, WhoScreen):
            self.screen.draw()

    def ask(self, **command: object) -> None:
        """Ask the server for something; say so where it cannot be asked."""
        if why := self.link.send(command):
            self.notify(why, severity="warning", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        room, question = self.desk.room, self.desk.question
        if action == "close_vote":
            return room.open_vote is not None
        if action in ("open_vote", "second_vote"):
            if room.open_vote or question is None:
                return False
            last = room.votes[-1] if room.votes else None
            asked_once = (
                last is not None
                and (last.screen, last.question) == (self.desk.selected, question.slug)
                and len(last.rounds) == 1
            )
            return asked_once == (action == "second_vote")
        if action in ("freeze", "let_run"):
            return bool(room.hold) == (action == "let_run")
        if action == "export":
            return self.exports is not None
        return True

    def action_open_vote(self) -> None:
        """Put the question selected to everybody."""
        if question := self.desk.question:
            self.main.action_split()
            self.desk.revealed.discard(self.desk.key)
            self.ask(do="open-vote", screen=self.desk.selected, question=question.slug)

    def action_second_vote(self) -> None:
        """Ask the same again, after the discussion."""
        self.main.action_split()
        self.desk.revealed.discard(self.desk.key)
        self.ask(do="second-vote")

    def action_close_vote(self) -> None:
        """Take no more votes, and show how the room is split."""
        if vote := self.desk.room.open_vote:
            self.desk.select(vote.screen, vote.question)
            self.main.action_split()
        self.ask(do="close-vote")

    def action_freeze(self) -> None:
        """Keep everybody on the screen selected."""
        self.ask(do="hold", screen=self.desk.selected)

    def action_let_run(self) -> None:
        """Let everybody go where they like."""
        self.ask(do="hold", screen=None)

    def action_say(self) -> None:
        """Ask for a line, and send it to everyone."""

        def send(text: str | None) -> None:
            if text is not None and text != self.desk.room.message:
                self.ask(do="say", text=text)

        self.push_screen(SayScreen(self.desk.room.message), send)

    def action_names(self) -> None:
        """Hide the names, or show them again."""
        self.desk.hidden = not self.desk.hidden
        self.draw()

    def action_who(self) -> None:
        """Show everybody by name."""
        self.push_screen(WhoScreen(self.desk))

    def action_export(self) -> None:
        """Write the day down."""
        if self.exports is not None:
            # In a group of its own: to be alone in the one of the link would end the link.
            self.run_worker(self._export(exported(self.desk), self.exports), group="export", exclusive=True)

    async def _export(self, texts: dict[str, str], folder: Path) -> None:
        try:
            paths = await asyncio.to_thread(write, texts, folder, self.desk.clock())
        except OSError as error:
            why = error.strerror or error
            self.notify(
                f"Not exported: {folder} cannot be written: {why}.",
                severity="error",
                timeout=15,
                markup=False,
            )
            return
        hidden = " Names are hidden in them." if self.desk.hidden else ""
        named = ", ".join(path.name for path in paths)
        self.notify(f"Written to {folder}: {named}.{hidden}", timeout=15, markup=False)

    def action_help(self) -> None:
        """Show the keys."""
        kept = f"Exports go to {self.exports}." if self.exports else "Nothing can be exported from here."
        self.push_screen(RoomHelp(kept, self.colours_used, self.next_theme))

    def action_help_quit(self) -> None:
        """Say how to quit, where Ctrl+C was pressed."""
        self.notify(f"q quits. {self.promise}", markup=False)


def run_room(socket: Path, course: Course, terminal: Terminal, exports: Path | None) -> int:
    """Show the room until the instructor leaves; return the exit status.

    Args:
        socket: The server's socket.
        course: The course that the server teaches.
        terminal: What there is to draw with.
        exports: The folder for what is exported, or None where nothing may be written.

    """
    if why := no_server(socket):
        print(f"initlesson: {why}", file=sys.stderr)
        return 1
    app = RoomApp(course, SocketLink(socket), terminal, exports)
    app.run(mouse=terminal.mouse)
    return app.return_code or 0
