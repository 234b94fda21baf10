"""What a session asks the server for: a learner's document, and a line to the room and back."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

from tui.progress import Progress
from tui.settings import AUTO
from tui.workshop.lines import MOST_LINE, line, read_line

PATIENCE = 6.0
"""Seconds that the server has to answer: longer than it waits for its own store."""

HELD, LET_GO = "Your instructor keeps everyone on this screen.", "Go on as you like."
"""What a learner is told when all are kept on a screen, and afterwards."""
TRIES = 20
"""How often a document may have been written by another session in between."""


def seen(name: str) -> str:
    """Return what a learner is told when they come: who they are here, and who sees what they do."""
    return f"You are {name}. Your instructor sees where you are and what you answer."


class ServerStore:
    """Keeps a learner's progress with the workshop's server; the session itself writes nothing.

    Args:
        course: Slug of the course.
        file: The open socket to the server.

    """

    where = "kept by the workshop; your instructor sees it"
    note = ""
    certain = True

    def __init__(self, course: str, file: int) -> None:
        self.course = course
        self._server = socket.socket(fileno=file)
        self._server.settimeout(PATIENCE)
        self._came = self._going = b""
        # Whether nothing can be kept any more.
        self.gone = False
        self._number = 0
        self._there: Progress | None = None
        self._version: int | None = None
        self.theme = AUTO
        self.name = ""

    def load(self) -> Progress | None:
        """Return what is kept, or None if nothing is.

        Raises:
            OSError: the server, or its store, does not answer.

        """
        self._take(self._ask({}))
        return self._there

    def update(self, change: Callable[[Progress | None], Progress]) -> Progress:
        """Keep what a function makes of what is kept now, and return it.

        Raises:
            OSError: the server, or its store, does not answer.

        """
        if self._version is None:
            self.load()
        for _ in range(TRIES):
            after = change(self._there)
            told = self._ask({"text": json.loads(after.to_json()), "version": self._version})
            if told["kept"]:
                self._there, self._version = after.copy(), told["version"]
                return after
            # Another session of this learner has written since.
            self._take(told)
        raise OSError("somebody else writes all the time")

    def keep_theme(self, theme: str) -> None:
        """Keep the colours that a learner chose.

        Raises:
            OSError: the server, or its store, does not answer.

        """
        told = self._ask({"theme": theme})
        if told["kept"]:
            self.theme, self._version = theme, told["version"]
        else:
            self._take(told)

    def trouble(self, error: OSError, done: str = "written") -> str:
        """Return what a learner must know when their progress cannot be read or written."""
        why = str(error).removesuffix(".")
        return (
            f"Your progress cannot be {done} at this moment: {why}. "
            "Go on: it is tried again every few seconds, and nothing is lost while you are here."
        )

    def _take(self, told: dict[str, Any]) -> None:
        """Note what the server keeps."""
        there = None
        if told["text"] is not None:
            try:
                there = Progress.from_json(json.dumps(told["text"]), self.course)
            except ValueError as error:
                raise OSError(f"what is kept is {error}") from None
        self._there, self._version = there, told["version"]
        self.theme, self.name = told["theme"], told["name"]

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        try:
            # What was half sent when time ran out is ended first: a line must not go on with another one.
            if len(self._going) < MOST_LINE:
                self._going += line({**question, "number": self._number})
            while self._going:
                self._going = self._going[self._server.send(self._going) :]
            while True:
                told = self._answer()
                # One that came too late belongs to a question that was given up.
                if told["number"] == self._number:
                    break
        except TimeoutError:
            raise OSError("the workshop's server does not answer") from None
        except ConnectionError:
            self.gone = True
            raise OSError("the workshop's server is gone") from None
        if "error" in told:
            raise OSError(told["error"])
        return told

    def _answer(self) -> dict[str, Any]:
        while b"\n" not in self._came:
            data = self._server.recv(65_536)
            if not data or len(self._came) > MOST_LINE:
                raise ConnectionError
            self._came += data
        answer, _, self._came = self._came.partition(b"\n")
        return read_line(answer)


class RoomLine:
    """The lines that come from the room, and those that go there.

    Args:
        file: The open socket to the server.

    """

    def __init__(self, file: int) -> None:
        self.file = file
        self._server = socket.socket(fileno=file)
        self._server.setblocking(False)
        self._came = b""

    def say(self, value: dict[str, Any]) -> None:
        """Tell the room something, unless nobody listens."""
        try:
            self._server.sendall(line(value))
        except OSError:
            # Without a server there is no room; the terminal will hang up.
            return

    def heard(self) -> Iterator[dict[str, Any]]:
        """Yield what has come.

        Raises:
            OSError: the server is gone.

        """
        try:
            data = self._server.recv(65_536)
        except BlockingIOError:
            return
        if not data:
            raise OSError("the workshop's server is gone")
        *whole, self._came = (self._came + data).split(b"\n")
        for each in whole:
            yield read_line(each)
