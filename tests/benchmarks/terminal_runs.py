"""While a run trains: how soon a key is answered, how fast it trains, and what it sends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.terminal_pty import Picture, Terminal, ours
from tests.benchmarks.terminal_report import heading, row

STEPS = 1_000_000
SECONDS = 3.0
PAUSE = 0.008
"""Seconds without a byte between two frames."""
KEY, ANSWER = "?", "Help"
REMOTE = {"SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 22"}
SCREEN = "# Run\n\n:::{run} long\n:::\n\n---\n\nNothing runs here.\n"
SCENARIO = f"""\
[long]
title = "A long run"
data = "course-circles"
hidden = [10, 5]
weights = "he"
random = "course"
learning_rate = 0.01
steps = {STEPS}
record_every = 1000
"""
BARE = """\
import sys, time
from pathlib import Path
from engine.scenario import snapshots
from lessons.course import load_course
from lessons.scenarios import scenario
long = scenario(load_course(Path(sys.argv[1])), "long")
stream = snapshots(long, 50)
next(stream)
begun = time.perf_counter()
for snapshot in stream:
    if time.perf_counter() - begun > 3:
        break
print(snapshot.step / (time.perf_counter() - begun))
"""


def course(folder: str) -> Path:
    """Write a course whose one screen has a long run, and return where it is."""
    found = Path(folder) / "course"
    (found / "lesson").mkdir(parents=True, exist_ok=True)
    (found / "course.toml").write_text(
        'format = 1\nslug = "long"\ntitle = "Long"\n\n[[lessons]]\nslug = "lesson"\n'
        'title = "Lesson"\nminutes = 1\nscreens = ["run"]\n'
    )
    (found / "lesson" / "run.md").write_text(SCREEN)
    (found / "scenarios.toml").write_text(SCENARIO)
    return found


def answer(terminal: Terminal) -> float:
    """Return the milliseconds from a key to its answer, and close what it opened."""
    terminal.settle(0)
    picture = Picture()
    picture.draw(terminal.written())
    begun = terminal.press(KEY)
    found = 1000 * (terminal.wait_for(ANSWER, picture) - begun)
    terminal.press(KEY)
    terminal.settle(most=0.4)
    return found


def steps_made(terminal: Terminal) -> int:
    """Return the last step that is on the screen."""
    picture = Picture()
    picture.feed(terminal.written())
    found = re.findall(r"step +([\d,]+) of", "\n".join(picture.screen.display))
    return int(found[-1].replace(",", ""))


def frames(terminal: Terminal, since: int) -> float:
    """Return how many times a second something was drawn: writes with a pause before them."""
    times = [at for at, _ in terminal.chunks[since:]]
    return sum(after - before > PAUSE for before, after in pairwise(times)) / (times[-1] - times[0])


def watched(folder: Path, seconds: float, **env: str) -> tuple[float, float, float]:
    """Return the steps, the frames and the kilobytes of a second of a run that is watched."""
    with Terminal(ours("--course", str(folder), **env), str(folder)) as terminal:
        terminal.begin()
        terminal.press("\r")
        terminal.wait_for("pause")
        count, begun, before = len(terminal.chunks), time.perf_counter(), steps_made(terminal)
        while time.perf_counter() < begun + seconds:
            terminal.read(0.1)
        passed = terminal.chunks[-1][0] - begun
        sent = len(terminal.written(count)) / passed / 1000
        return (steps_made(terminal) - before) / passed, frames(terminal, count), sent


def run(rounds: int) -> None:
    """Compare keys with those of an idle app, and training with the bare engine."""
    idle: list[float] = []
    training: list[float] = []
    bare: list[float] = []
    here: list[tuple[float, float, float]] = []
    remote: list[tuple[float, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = course(name)
        for _ in range(max(1, rounds // 3)):
            with Terminal(ours("--course", str(folder)), name) as terminal:
                terminal.begin()
                answer(terminal)
                idle += [answer(terminal) for _ in range(10)]
                terminal.press("\r")
                terminal.wait_for("pause")
                training += [answer(terminal) for _ in range(10)]
            command = [sys.executable, "-c", BARE, str(folder)]
            env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
            bare.append(
                float(subprocess.run(command, capture_output=True, check=True, env=env).stdout) / 1000
            )
            here.append(watched(folder, SECONDS))
            remote.append(watched(folder, SECONDS, **REMOTE))
    heading("While a run trains")
    row("key to answer, idle app, ms", idle)
    row("key to answer, training, ms", training, idle, 1.5, 1.1)
    row("bare engine, thousand steps a second", bare)
    row("in the app", [each[0] / 1000 for each in here], bare, 0.85, 0.93, least=True)
    row("in the app over SSH", [each[0] / 1000 for each in remote], bare)
    row("frames a second, of 30", [each[1] for each in here], 30.0, 1)
    row("frames a second over SSH, of 10", [each[1] for each in remote], 10.0, 1)
    row("kB a second", [each[2] for each in here])
    row("kB a second over SSH", [each[2] for each in remote])
