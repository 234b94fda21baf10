"""Sizes that change without end, rubbish that is pasted, and terminals that read slowly or not at all."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.tui.multiplexer import page
from tests.tui.pty_terminal import COMMAND, ENTER, LEFT, RIGHT, Start, Terminal

MEGABYTE = 1_000_000
MOST_GROWTH = 50 * 1024
"""In KiB."""


def memory(terminal: Terminal) -> int:
    """Return the memory that the command holds, in KiB."""
    status = Path(f"/proc/{terminal.child.pid}/status")
    if not status.exists():
        pytest.skip("there is no /proc to read the memory from")
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1])


def wait_for_page(terminal: Terminal, slug: str, number: int, size: str = "80x24") -> None:
    """Read until the terminal shows a page, and nothing else."""
    wanted = page(slug, number, size)
    terminal.wait_until(lambda: terminal.text().splitlines() == wanted)


def feed(terminal: Terminal, data: bytes) -> None:
    """Type bytes as fast as they are taken, reading what is drawn meanwhile."""
    os.set_blocking(terminal.child.child_fd, False)
    end = time.monotonic() + 120
    while data:
        assert time.monotonic() < end, f"{len(data)} bytes were not taken"
        try:
            data = data[os.write(terminal.child.child_fd, data[:4096]) :]
        except BlockingIOError:
            terminal.read()
    os.set_blocking(terminal.child.child_fd, True)


def test_two_hundred_sizes_in_the_middle_of_a_run(start: Start) -> None:
    terminal = start(arguments=("--screen", "the-symptom"))
    wait_for_page(terminal, "the-symptom", 1)
    terminal.child.send(RIGHT)
    terminal.wait_for("Not trained yet.")
    before = memory(terminal)
    terminal.child.send(ENTER)
    sizes = random.Random(1)
    for _ in range(200):
        terminal.resize(sizes.randint(1, 500), sizes.randint(1, 200))
        terminal.read(0.01)
    for columns, lines in ((1, 1), (500, 200), (500, 1), (1, 200), (80, 24)):
        terminal.resize(columns, lines)
    terminal.wait_for("step 15,000 of 15,000", 60)
    assert memory(terminal) - before < MOST_GROWTH
    terminal.child.send(LEFT)
    wait_for_page(terminal, "the-symptom", 1)
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0
    assert "Traceback" not in terminal.raw


def test_a_paste_that_never_ends_can_be_left(start: Start) -> None:
    terminal = start(arguments=("--screen", "by-hand"))
    wait_for_page(terminal, "by-hand", 1)
    before = memory(terminal)
    feed(terminal, b"\x1b[200~" + b"anything " * (MEGABYTE // 9))
    assert memory(terminal) - before < MOST_GROWTH
    terminal.child.send("\x1b[201~")
    terminal.child.send(RIGHT)
    wait_for_page(terminal, "by-hand", 2)
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0


def test_a_terminal_that_reads_slowly_shows_the_right_page_at_last(start: Start) -> None:
    terminal = start(arguments=("--screen", "welcome"))
    wait_for_page(terminal, "welcome", 1)
    before = memory(terminal)
    for key in (RIGHT, LEFT) * 15 + (RIGHT,):
        terminal.child.send(key)
        for _ in range(3):
            terminal.read(0.02, most=100)
    wait_for_page(terminal, "the-symptom", 1)
    assert memory(terminal) - before < MOST_GROWTH
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0


def test_a_terminal_that_stops_reading_for_a_while(start: Start) -> None:
    terminal = start(arguments=("--screen", "the-symptom"))
    wait_for_page(terminal, "the-symptom", 1)
    terminal.child.send(RIGHT)
    terminal.wait_for("Not trained yet.")
    before = memory(terminal)
    # A run draws all the time, and sizes make it draw everything.
    terminal.child.send(ENTER)
    sizes = random.Random(3)
    for _ in range(60):
        terminal.resize(sizes.randint(60, 200), sizes.randint(18, 60))
        time.sleep(0.05)
    terminal.child.send(LEFT)
    terminal.resize(80, 24)
    assert memory(terminal) - before < MOST_GROWTH
    wait_for_page(terminal, "the-symptom", 1)
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0
    assert "Traceback" not in terminal.raw


def test_ctrl_z_leaves_the_terminal_as_it_was_and_fg_draws_anew(start: Start) -> None:
    shell = start(command="bash", arguments=("--norc", "--noprofile", "-i"), PS1="ready> ")
    shell.wait_for("ready>")
    shell.child.send(f"{COMMAND} --screen the-symptom{ENTER}")
    wait_for_page(shell, "the-symptom", 1)
    before = len(shell.raw)
    shell.child.send("\x1a")
    shell.wait_for("ready>")
    stopped = shell.raw[before:]
    assert "\x1b[?1049l" in stopped, "the shell gets its own screen back"
    assert "\x1b[?25h" in stopped, "and its cursor"
    assert "\x1b[?1000l" in stopped, "and its mouse"
    shell.child.send(f"echo typed $((40+2)){ENTER}")
    shell.wait_for("typed 42")
    shell.child.send(f"fg{ENTER}")
    wait_for_page(shell, "the-symptom", 1)
    shell.child.send("l")
    shell.wait_for("Not trained yet.")
    before = len(shell.raw)
    shell.child.send("q")
    shell.wait_until(lambda: "ready>" in shell.raw[before:])
    shell.child.send(f"exit{ENTER}")
    assert shell.wait_for_the_end() == 0
