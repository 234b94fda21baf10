"""A class over SSH, three ways in turns: `uv run --extra workshop python -m tests.benchmarks.workshop`.

Learners are scripts in this process (asyncssh), the servers are others; everything is on 127.0.0.1. OpenSSH's
server is started with a configuration of its own and ended again. Read ratios: times drift with the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import asyncssh

from tests.benchmarks import workshop_designs
from tests.benchmarks.terminal_report import heading, row
from tests.benchmarks.workshop_class import Figures, School, measure, turning_beside
from tests.benchmarks.workshop_designs import Design, find_sshd, make_key
from tests.benchmarks.workshop_training import TRAINING, make_course
from tui.workshop.rehearsal.measuring import machine, megabytes
from tui.workshop.rehearsal.scripted import options

MANY = 200
IDLE = 0.7
"""Per cent of a processor: a tenth of what as many programs take that blink and tick. Fresh ones here
either do not: there is nothing to divide by."""


class Opens(Protocol):
    """Starts a design in a folder."""

    def __call__(self, folder: Path) -> AbstractContextManager[Design]:
        """Start it."""


FRESH, SERVE, ATTACH = "sshd, fresh initlesson", "initlesson serve", "sshd, initlesson attach"
DESIGNS: dict[str, Opens] = {
    FRESH: workshop_designs.fresh,
    SERVE: workshop_designs.serve,
    ATTACH: workshop_designs.attach,
}
ROWS = (
    # A figure, its name, what the ratio to the fresh programs must and should keep to.
    ("paced", "50 in 10 s: connection to screen, ms", 0.05, 0.01),
    ("paced_p95", "  their 95th percentile, ms", None, None),
    ("at_once", "50 at once: connection to screen, ms", 0.05, None),
    ("seconds", "50 in 10 s: processor, s", None, None),
    ("memory", "memory a session of 110, MB", 0.5, 0.33),
    ("idle", f"110 idle: % of a processor, within {IDLE}", None, None),
    ("key", "key to screen, 10 beside 100 idle, ms", None, None),
    ("key_p95", "  its 95th percentile, ms", 0.5, None),
    ("scripts", "processor of the scripts for 50, s", None, None),
)


def compare(rounds: int, folder: Path, key: asyncssh.SSHKey) -> None:
    """Measure all designs in turns, and print a table."""
    found: dict[str, list[Figures]] = {name: [] for name in DESIGNS}
    for number in range(rounds):
        for name, opened in DESIGNS.items():
            print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr, flush=True)
            place = folder / f"{number}-{len(found[name])}-{len(name)}"
            place.mkdir()
            for file in ("learners.pub", "host"):
                (place / file).hardlink_to(folder / file)
            with opened(place) as design:
                found[name].append(asyncio.run(measure(design, options(key=key))))
    heading("A class over SSH")
    for figure, name, must, aim in ROWS:
        print(name)
        values = {design: [getattr(each, figure) for each in found[design]] for design in DESIGNS}
        if None in values[SERVE]:
            print("  cannot be read: start this as root")
            continue
        row(f"  {FRESH}", values[FRESH])
        for peer in (SERVE, ATTACH):
            if figure == "idle":
                row(f"  {peer}", values[peer], None, IDLE)
            else:
                row(f"  {peer}", values[peer], values[FRESH], must, aim)


def many(folder: Path, key: asyncssh.SSHKey) -> None:
    """Let many learners come to the workshop's own server at once."""
    with workshop_designs.serve(folder) as design:
        asyncio.run(_many(design, options(key=key)))


async def _many(design: Design, how: asyncssh.SSHClientConnectionOptions) -> None:
    before, alone = machine(), megabytes(design.processes())
    async with School(design, how).class_of(MANY) as (_, first):
        await asyncio.sleep(2)
        full, memory = machine(), megabytes(design.processes())
    heading(f"{MANY} at once on initlesson serve")
    row("connection to screen, ms", first)
    row("  the last, ms", [max(first)])
    if memory and alone:
        row("all its processes, MB", [memory])
        row("a session more, MB", [(memory - alone) / MANY])
        print(f"500 on paper: {alone + 500 * (memory - alone) / MANY:,.0f} MB of {full.memory:,.0f} MB")
    row("swapped out meanwhile, MB", [full.swapped - before.swapped], None, 0)
    row("left on this machine, MB", [full.free])


def beside(rounds: int, folder: Path, key: asyncssh.SSHKey) -> None:
    """Let learners turn pages beside others who train without a pause, and without them, in turns."""
    alone: list[float] = []
    together: list[float] = []
    with workshop_designs.serve(folder, make_course(folder / "course")) as design:
        for _ in range(rounds):
            alone.append(asyncio.run(turning_beside(design, options(key=key), 0)))
            together.append(asyncio.run(turning_beside(design, options(key=key), TRAINING)))
    heading("Learners who train without a pause, on initlesson serve")
    row("key to screen of 10, p95, ms", alone)
    row(f"  beside {TRAINING} who train", together, alone)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="A class over SSH, three ways in turns.")
    parser.add_argument(
        "--rounds", type=int, default=3, help="interleaved rounds, six minutes each (default 3)"
    )
    parser.add_argument("--only", choices=("compare", "many", "beside"), help="one table alone")
    asked = parser.parse_args()
    if asked.only in (None, "compare") and not find_sshd():
        parser.error("OpenSSH's server is not installed (Debian: openssh-server): take --only many or beside")
    with tempfile.TemporaryDirectory(prefix="workshop-") as name:
        folder = Path(name)
        key = make_key(folder)
        if asked.only in (None, "compare"):
            compare(asked.rounds, folder, key)
        if asked.only in (None, "beside"):
            beside(asked.rounds, folder, key)
        if asked.only in (None, "many"):
            many(folder, key)


if __name__ == "__main__":
    main()
