"""`initlesson serve --rehearse N`: whether this machine is up to a class, tried with N scripted learners."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from lessons.course import Course
from tui.workshop.house import Bounds
from tui.workshop.maker import MakerError
from tui.workshop.rehearsal.measuring import machine, megabytes, processor_seconds, tree
from tui.workshop.rehearsal.rehearsed import Rehearsed, report
from tui.workshop.rehearsal.rehearsing import KEY_PATIENCE, PATIENCE, Plan
from tui.workshop.serve import ServeError, Server, Workshop
from tui.workshop.ssh.admission import Admission
from tui.workshop.ssh.words import make_word
from tui.workshop.store.folder import FolderKeeping
from tui.workshop.store.keeping import KeepingError

ARRIVING, WORKING = 10.0, 20.0
LONGEST = PATIENCE + 2 * KEY_PATIENCE
"""Seconds that a rehearsal may take longer than planned."""
LATE = 0.7
"""The part of their work after which memory is looked at: it grows with the pages, and then they leave."""


def rehearse(
    course: Course, learners: int, bounds: Bounds, arriving: float = ARRIVING, working: float = WORKING
) -> int:
    """Let scripted learners come over SSH, print what it took, and return 0 if the machine is up to it, or 1.

    The server is one of its own, with a free port of 127.0.0.1 and a folder that goes away.

    Args:
        course: What is learnt.
        learners: How many come.
        bounds: What the class may take; that all come from one address counts for nothing here.
        arriving: Seconds within which they come.
        working: Seconds for which they work when all are there.

    Raises:
        ServeError: there is no server to come to.

    """
    print(
        f"{learners} scripted learners come to a server of their own, and work for {working:g} s.", flush=True
    )
    plan = Plan(0, make_word(), learners, arriving, working)
    bounds = replace(bounds, of_address=bounds.sessions)
    try:
        with tempfile.TemporaryDirectory(prefix="initlesson-") as folder:
            found = asyncio.run(_rehearse(course, Path(folder), plan, bounds))
    except (KeepingError, MakerError, OSError) as error:
        raise ServeError(f"the rehearsal cannot be held: {error}") from None
    text, well = report(found)
    print(text)
    return 0 if well else 1


async def _rehearse(course: Course, folder: Path, plan: Plan, bounds: Bounds) -> Rehearsed:
    admission = Admission(plan.word)
    asked = Workshop(
        course, folder, FolderKeeping(folder), admission, host="127.0.0.1", port=0, bounds=bounds
    )
    async with Server(asked) as server:
        return await Watch(replace(plan, port=server.port), bounds.sessions).watch()


class Watch:
    """Lets the learners come, and notes what it takes.

    Args:
        plan: What they do.
        most: Sessions that the server takes at the same time.

    """

    def __init__(self, plan: Plan, most: int) -> None:
        self._plan = plan
        self._found = Rehearsed(plan.learners, most)
        self._everybody = asyncio.Event()

    async def watch(self) -> Rehearsed:
        """Return what was measured."""
        found, mine, loop = self._found, os.getpid(), asyncio.get_running_loop()
        before, alone = machine(), tree(mine)
        memory, begun = megabytes(alone), loop.time()
        taken, own = processor_seconds(alone), processor_seconds({mine})
        learners = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "tui.workshop.rehearsal.rehearsing"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if os.environ.get("INITLESSON_DEBUG") else asyncio.subprocess.DEVNULL,
            # Ctrl+C ends this process, which ends them.
            start_new_session=True,
        )
        assert learners.stdin
        assert learners.stdout
        learners.stdin.write(json.dumps(asdict(self._plan)).encode() + b"\n")
        hearing = asyncio.create_task(self._hear(learners.stdout))
        try:
            async with asyncio.timeout(self._plan.arriving + 2 * self._plan.working + LONGEST):
                await self._everybody.wait()
                await asyncio.sleep(LATE * self._plan.working)
                full, whole = machine(), megabytes(tree(mine) - tree(learners.pid))
                found.read = bool(whole and memory)
                found.memory = whole - memory if whole and memory else before.free - full.free
                found.left, found.whole, found.swapped = full.free, full.memory, full.swapped - before.swapped
                await hearing
        except TimeoutError:
            found.failed["it took too long, and was ended"] += 1
        finally:
            if learners.returncode is None:
                with suppress(ProcessLookupError):
                    learners.kill()
            await learners.wait()
            hearing.cancel()
        found.seconds = loop.time() - begun
        # Those who have left are counted with the template that they came from.
        found.taken, found.server = processor_seconds(alone) - taken, processor_seconds({mine}) - own
        found.busy = machine().busy - before.busy
        return found

    async def _hear(self, said: asyncio.StreamReader) -> None:
        found = self._found
        while line := await said.readline():
            match json.loads(line):
                case {"first": seconds}:
                    found.first.append(seconds)
                case {"key": seconds}:
                    found.keys.append(seconds)
                case {"failed": why}:
                    found.failed[why] += 1
                case {"everybody": _}:
                    self._everybody.set()
                case {"processor": seconds}:
                    found.scripts = seconds
        # Whoever waits for everybody waits for nobody if the learners have died.
        self._everybody.set()
