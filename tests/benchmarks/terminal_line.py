"""An idle session, and a slow line: what is sent when nobody asks, and how long a burst of keys takes."""

from __future__ import annotations

import tempfile
import time

from tests.benchmarks.terminal_pages import RIGHT, static_pages
from tests.benchmarks.terminal_pty import Program, Terminal, ours, peer
from tests.benchmarks.terminal_report import heading, row

IDLE = 10.0
RATE = 8_000
KEYS, A_SECOND = 20, 20


def idle(rounds: int) -> None:
    """Compare what an idle session sends and computes in ten seconds with Textual's hello."""
    programs = {"initlesson": ours("--screen", "welcome"), "hello": peer("hello")}
    sent: dict[str, list[float]] = {name: [] for name in programs}
    busy: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(max(1, rounds // 3)):
            for name, program in programs.items():
                with Terminal(program, folder) as terminal:
                    terminal.begin()
                    terminal.settle(2)
                    count, before = len(terminal.chunks), terminal.processor_seconds()
                    end = time.perf_counter() + IDLE
                    while (left := end - time.perf_counter()) > 0:
                        terminal.read(left)
                    sent[name].append(len(terminal.written(count)))
                    busy[name].append(100 * (terminal.processor_seconds() - before) / IDLE)
    heading(f"Idle for {IDLE:.0f} s")
    row("Textual hello, bytes", sent["hello"])
    row("initlesson, bytes", sent["initlesson"], None, 0)
    row("Textual hello, % of a processor", busy["hello"])
    row("initlesson, % of a processor", busy["initlesson"], None, 0.2)


def slow(rounds: int) -> None:
    """Compare how long twenty keys in a second are waited for on a line of 8 kB a second."""
    lag: dict[str, list[float]] = {"initlesson": [], "static": []}
    sent: dict[str, list[float]] = {"initlesson": [], "static": []}
    for _ in range(max(1, rounds // 3)):
        with tempfile.TemporaryDirectory() as folder:
            programs: dict[str, Program] = {
                "initlesson": ours("--screen", "welcome", SSH_CONNECTION="127.0.0.1 1 127.0.0.1 22"),
                "static": static_pages(folder),
            }
            for name, program in programs.items():
                with Terminal(program, folder, RATE) as terminal:
                    terminal.begin()
                    terminal.settle(1)
                    count = len(terminal.chunks)
                    pressed = 0.0
                    for _ in range(KEYS):
                        pressed = terminal.press(RIGHT)
                        while time.perf_counter() < pressed + 1 / A_SECOND:
                            terminal.read(pressed + 1 / A_SECOND - time.perf_counter())
                    lag[name].append(max(0.01, terminal.settle(1) - pressed))
                    sent[name].append(len(terminal.written(count)) / 1000)
    heading(f"A line of {RATE / 1000:.0f} kB/s: {KEYS} page keys, {A_SECOND} a second")
    row("one Static, s after the last key", lag["static"])
    row("initlesson, s after the last key", lag["initlesson"], lag["static"], 0.5, 0.15)
    row("one Static, kB", sent["static"])
    row("initlesson, kB", sent["initlesson"], sent["static"])
