"""What processes take of a machine, as Linux counts it in /proc."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")


def tree(*roots: int) -> set[int]:
    """Return some processes, and all that came from them and are still there."""
    children: dict[int, list[int]] = {}
    for process in _processes():
        with suppress(OSError):
            children.setdefault(int(_stat(process)[1]), []).append(process)
    found, left = set(roots), [*roots]
    while left:
        new = [each for each in children.get(left.pop(), ()) if each not in found]
        found.update(new)
        left += new
    return found


def processor_seconds(processes: set[int]) -> float:
    """Return the processor time that processes, and children of theirs that have ended, have taken."""
    seconds = 0.0
    for process in processes:
        with suppress(OSError):
            # To the nanosecond: a session that begins takes less than one of the system's ticks.
            for task in (PROC / f"{process}/task").iterdir():
                with suppress(OSError):
                    seconds += int((task / "schedstat").read_text().split()[0]) / 1e9
            seconds += sum(int(ticks) for ticks in _stat(process)[13:15]) * TICK
    return seconds


def megabytes(processes: set[int]) -> float | None:
    """Return the memory of processes, what is shared divided among them; None where it may not be read."""
    found = 0.0
    for process in processes:
        try:
            about = (PROC / f"{process}/smaps_rollup").read_text()
        except PermissionError:
            # Those of another user, and sessions, which nobody but root may look into.
            return None
        except OSError:
            continue
        found += sum(int(line.split()[1]) for line in about.splitlines() if line.startswith("Pss:")) / 1024
    return found


@dataclass(frozen=True)
class Machine:
    """What the whole machine has and has done.

    Attributes:
        free: Megabytes that are to be had.
        memory: Megabytes there are.
        swapped: Megabytes that are swapped out.
        busy: Seconds that its processors have worked.

    """

    free: float
    memory: float
    swapped: float
    busy: float


def machine() -> Machine:
    """Return how it is with the machine now."""
    about = dict(line.split(":", 1) for line in (PROC / "meminfo").read_text().splitlines())
    kilobytes = {name: int(value.split()[0]) for name, value in about.items()}
    user, nice, system, _, _, irq, softirq = (
        int(ticks) for ticks in (PROC / "stat").read_text().split("\n")[0].split()[1:8]
    )
    return Machine(
        kilobytes["MemAvailable"] / 1024,
        kilobytes["MemTotal"] / 1024,
        (kilobytes["SwapTotal"] - kilobytes["SwapFree"]) / 1024,
        (user + nice + system + irq + softirq) * TICK,
    )


def _processes() -> list[int]:
    return [int(each.name) for each in PROC.iterdir() if each.name.isdigit()]


def _stat(process: int) -> list[str]:
    """Return the fields of a process behind its name: its state, its parent, …."""
    return (PROC / f"{process}/stat").read_text().rpartition(")")[2].split()
