"""Turning pages and moving p: from the key to the last byte, and how many bytes a changed cell takes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from lessons.course import load_course
from tests.benchmarks.terminal_pty import Picture, Program, Terminal, ours, peer
from tests.benchmarks.terminal_report import heading, p95, row

RIGHT, LEFT, UP = "\x1b[C", "\x1b[D", "\x1b[A"
TURNS = 12
"""Pages that are turned, from the first: text, questions, and a run."""
READING = 2.5


def static_pages(folder: str) -> Program:
    """Return the peer that shows the first screens of the course as plain text in one Static."""
    course = load_course()
    texts = [course.path(slug).read_text(encoding="utf-8") for slug in course.order[:5]]
    file = Path(folder) / "pages.txt"
    file.write_text("\n---\n".join(texts), encoding="utf-8")
    return peer("static", str(file))


class Turns:
    """What keys cost: milliseconds, bytes, and bytes a changed cell, one of each a key."""

    def __init__(self) -> None:
        self.ms: list[float] = []
        self.bytes: list[float] = []
        self.a_cell: list[float] = []

    def press(self, terminal: Terminal, picture: Picture, keys: Sequence[str]) -> None:
        """Press keys, each after the screen has settled."""
        for key in keys:
            count = len(terminal.chunks)
            begun = terminal.press(key)
            while len(terminal.chunks) == count:
                terminal.read(1)
            last = terminal.settle()
            data = terminal.written(count)
            cells = picture.feed(data)
            self.ms.append(1000 * (last - begun))
            self.bytes.append(len(data))
            self.a_cell.append(len(data) / max(1, cells))


def begin(terminal: Terminal) -> Picture:
    """Wait for the first screen and return it."""
    terminal.begin()
    picture = Picture()
    picture.feed(terminal.written())
    return picture


def turn(rounds: int) -> None:
    """Compare turning pages with one Static that is updated."""
    first, seen, static = Turns(), Turns(), Turns()
    for _ in range(max(1, rounds // 3)):
        with tempfile.TemporaryDirectory() as folder:
            with Terminal(ours("--screen", "welcome"), folder) as terminal:
                picture = begin(terminal)
                # A first page is read for some seconds, in which the lesson loads what comes next.
                terminal.settle(READING)
                first.press(terminal, picture, [RIGHT] * TURNS)
                seen.press(terminal, picture, [LEFT] * TURNS + [RIGHT] * TURNS)
            with Terminal(static_pages(folder), folder) as terminal:
                static.press(terminal, begin(terminal), [RIGHT] * TURNS + [LEFT] * TURNS)
    heading("Turning a page")
    row("one Static, ms", static.ms)
    row("a page seen before, ms", seen.ms, static.ms, 1.5, 1.15)
    row("  its p95 within 40 ms", [p95(seen.ms)], 40.0, 1)
    row("a page's first visit, ms", first.ms, static.ms)
    row("  its p95 within 80 ms", [p95(first.ms)], 80.0, 1)
    row("one Static, bytes", static.bytes)
    row("a page seen before, bytes, within 8 kB", seen.bytes, 8000.0, 1)
    row("one Static, bytes a changed cell", static.a_cell)
    row("a page seen before, the same", seen.a_cell, None, 3.0, 2.4)
    row("a page's first visit, the same", first.a_cell, None, 3.0, 2.4)


def move(rounds: int) -> None:
    """Measure moving p on the loss table."""
    moved = Turns()
    with (
        tempfile.TemporaryDirectory() as folder,
        Terminal(ours("--screen", "the-same-loss"), folder) as terminal,
    ):
        terminal.begin()
        terminal.press(RIGHT)
        terminal.settle(1)
        picture = Picture()
        picture.feed(terminal.written())
        moved.press(terminal, picture, [UP] * 4 * rounds)
    heading("Moving p on the loss table")
    row("ms, within 10", moved.ms, 10.0, 1)
    row("bytes, within 1.5 kB", moved.bytes, 1500.0, 1)
    row("bytes a changed cell", moved.a_cell)
