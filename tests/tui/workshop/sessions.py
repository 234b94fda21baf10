"""A class in this process, with a real template and real sessions, whose screens the test sees."""

from __future__ import annotations

import asyncio
import codecs
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyte

from lessons.course import BUILT_IN, Course, load_course
from tui.workshop.arrival import Arrival
from tui.workshop.house import Bounds, House
from tui.workshop.hub import Hub
from tui.workshop.maker import Maker
from tui.workshop.names import learner_name
from tui.workshop.running import LearnerSession
from tui.workshop.store.folder import FolderKeeping
from tui.workshop.store.keeping import Keeping

UNKNOWN = re.compile(r"\x1b\[\?[0-9;]*\$p")
"""What pyte draws as text: questions."""
RIGHT, LEFT, ENTER = "\x1b[C", "\x1b[D", "\r"


async def until(true: Callable[[], bool], what: Callable[[], str], seconds: float = 30) -> None:
    """Wait for something to be so."""
    for _ in range(int(seconds * 100)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"not so: {what()}")


class Seat:
    """A learner at their terminal."""

    def __init__(self, session: LearnerSession, columns: int, lines: int) -> None:
        self.session = session
        self.raw = ""
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        asyncio.get_running_loop().add_reader(session.terminal, self.read)
        session.ended.add_done_callback(lambda _: self.stop())

    def read(self) -> None:
        try:
            text = self._decode(os.read(self.session.terminal, 65_536))
        except BlockingIOError:
            return
        except OSError:
            self.stop()
            return
        self.raw += text
        self._stream.feed(UNKNOWN.sub("", text))

    def stop(self) -> None:
        if self.session.terminal >= 0:
            asyncio.get_running_loop().remove_reader(self.session.terminal)

    def type(self, keys: str) -> None:
        os.write(self.session.terminal, keys.encode())

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def shows(self, wanted: str) -> None:
        await until(lambda: wanted in self.text(), lambda: f"{wanted!r} is shown:\n{self.text()}")


ANY = Bounds()


class Class:
    """A house and what it has told."""

    def __init__(self, course: Course, keeping: Keeping, bounds: Bounds) -> None:
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.course = course
        self.hub = Hub(course, keeping)
        self.maker = Maker(course.folder, self.tell)
        self.house = House(self.hub, keeping, self.maker, bounds, "here", self.tell)

    def tell(self, event: str, **about: Any) -> None:
        self.told.append((event, about))

    async def come(self, name: str, columns: int = 80, lines: int = 24, **more: Any) -> Seat:
        about = {"address": "127.0.0.1", "credential": "word:x", "term": "xterm-256color", **more}
        session = await self.house.begin(Arrival(learner_name(name), columns=columns, lines=lines, **about))
        return Seat(session, columns, lines)


@asynccontextmanager
async def a_class(
    folder: Path, bounds: Bounds = ANY, keeping: Keeping | None = None, course: Path = BUILT_IN
) -> AsyncIterator[Class]:
    """Give lessons until the block ends."""
    keeping = keeping or FolderKeeping(folder)
    await keeping.open()
    made = Class(load_course(course), keeping, bounds)
    await made.hub.open()
    await made.maker.start()
    try:
        yield made
    finally:
        await made.house.close()
        await made.hub.close()
        await made.maker.end()
        await keeping.close()
