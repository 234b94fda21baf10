"""The start: from the command to the first text and to the whole screen, and the memory that it takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time

from tests.benchmarks.terminal_pty import Program, Terminal, ours, peer
from tests.benchmarks.terminal_report import heading, row

NUMBERS = "the-same-loss"
"""A screen whose second page shows numbers of the engine."""


def start(rounds: int) -> None:
    """Compare the first text, the whole first screen, and the peak of the memory."""
    with tempfile.TemporaryDirectory() as folder:
        returning = f"{folder}/returning"
        with Terminal(ours("--screen", NUMBERS), returning) as terminal:
            terminal.begin()
            terminal.press("\x1b[C")
            terminal.settle(1)
        programs = {
            "initlesson": (ours(), folder),
            "initlesson, a page with numbers": (ours(), returning),
            "hello": (peer("hello"), folder),
            "demo": (Program((sys.executable, "-m", "textual")), folder),
        }
        first: dict[str, list[float]] = {name: [] for name in programs}
        settled: dict[str, list[float]] = {name: [] for name in programs}
        memory: dict[str, list[float]] = {name: [] for name in programs}
        for number in range(rounds + 1):
            for name, (program, state) in programs.items():
                with Terminal(program, state) as terminal:
                    terminal.begin()
                    text = terminal.first_text()
                    if number and text:  # the first round fills the caches
                        first[name].append(1000 * (text - terminal.begun))
                        settled[name].append(1000 * (terminal.chunks[-1][0] - terminal.begun))
                        memory[name].append(terminal.kilobytes() / 1024)
    heading("Start: first text (ms)")
    row("Textual hello", first["hello"])
    row("Textual's demo", first["demo"])
    row("initlesson, against hello", first["initlesson"], first["hello"], 1.15, 0.95)
    row("initlesson, against the demo", first["initlesson"], first["demo"], 0.40, 0.33)
    row("a page with numbers, against hello", first["initlesson, a page with numbers"], first["hello"])
    heading("Start: last byte (ms); the demo's never comes")
    row("Textual hello", settled["hello"])
    row("initlesson, against hello", settled["initlesson"], settled["hello"])
    row("a page with numbers, against hello", settled["initlesson, a page with numbers"], settled["hello"])
    heading("Peak memory (MB)")
    row("Textual hello", memory["hello"])
    row("first screen", memory["initlesson"], memory["hello"], 1.10, 1.05)
    row("engine loaded", memory["initlesson, a page with numbers"], memory["hello"], 1.45, 1.40)


def answer(rounds: int) -> None:
    """Compare the shortest answers of the command line with an interpreter that does nothing."""
    commands = {
        "--version": ours("--version").command,
        "--help": ours("--help").command,
        "pass": (sys.executable, "-c", "pass"),
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(3 * rounds + 1):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            if number:
                found[name].append(1000 * (time.perf_counter() - begun))
    heading("The command line (ms)")
    row("python -c pass", found["pass"])
    row("initlesson --version", found["--version"], found["pass"], 3)
    row("initlesson --help", found["--help"], found["pass"], 3)
