"""Classes of scripted learners in this process, against a server in others, and what they take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median

import asyncssh

from tests.benchmarks.terminal_report import p95
from tests.benchmarks.workshop_designs import Design
from tui.workshop.rehearsal.measuring import megabytes, processor_seconds
from tui.workshop.rehearsal.scripted import Learner

CLASS, WITHIN = 50, 10.0
IDLE, ACTIVE = 100, 10
BESIDE = 6
"""Learners of the idle crowd who come at the same time: starting programs keeps two processors busy."""
PATIENCE = 180.0
KEY_PATIENCE = 30.0
WATCHED = 20.0
"""Seconds for which an idle class is watched."""
SETTLED = 2.0
TURNS, PAUSE = 20, 0.5
RIGHT, LEFT, TRAIN = b"\x1b[C", b"\x1b[D", b"\t\r"


@dataclass(frozen=True)
class Figures:
    """What was measured in a round: milliseconds, seconds, megabytes, and per cent of a processor."""

    paced: float
    paced_p95: float
    at_once: float
    seconds: float
    memory: float | None
    idle: float
    key: float
    key_p95: float
    scripts: float


class School:
    """Learners for one design.

    Args:
        design: Where they go.
        how: How they log in.

    """

    def __init__(self, design: Design, how: asyncssh.SSHClientConnectionOptions) -> None:
        self._design, self._how = design, how
        self._number = 0

    @asynccontextmanager
    async def class_of(
        self, learners: int, within: float = 0.0, beside: int | None = None
    ) -> AsyncIterator[tuple[list[Learner], list[float]]]:
        """Let learners come, give them and the milliseconds to their first screens, and let them go.

        Args:
            learners: How many.
            within: Seconds in which they come; all at once if 0.
            beside: How many of them may be on their way at a time.

        """
        came = [self._learner() for _ in range(learners)]
        turns = asyncio.Semaphore(beside or learners)

        async def arrive(number: int, learner: Learner) -> float:
            await asyncio.sleep(within * number / learners)
            async with turns:
                return 1000 * await learner.arrive(PATIENCE)

        before = len(self._design.processes())
        try:
            yield came, await asyncio.gather(*(arrive(*each) for each in enumerate(came)))
        finally:
            await asyncio.gather(*(learner.leave(PATIENCE) for learner in came), return_exceptions=True)
            for learner in came:
                learner.hang_up()
            await self._all_gone(before)

    def _learner(self) -> Learner:
        self._number += 1
        name = self._design.user or f"learner {self._number}"
        return Learner(("127.0.0.1", self._design.port), name, self._how)

    async def _all_gone(self, before: int) -> None:
        end = time.monotonic() + PATIENCE
        while len(self._design.processes()) > before and time.monotonic() < end:
            await asyncio.sleep(0.2)


async def measure(design: Design, how: asyncssh.SSHClientConnectionOptions) -> Figures:
    """Return the figures of one design in one round."""
    school = School(design, how)
    async with school.class_of(2):
        pass  # the first fill the caches
    before, own = processor_seconds(design.processes()), time.process_time()
    async with school.class_of(CLASS, WITHIN) as (_, paced):
        own = time.process_time() - own
        await asyncio.sleep(SETTLED)
        seconds = processor_seconds(design.processes()) - before
    async with school.class_of(CLASS) as (_, at_once):
        pass
    async with school.class_of(IDLE + ACTIVE, beside=BESIDE) as (learners, _):
        await asyncio.sleep(SETTLED)
        everybody = design.processes()
        memory = megabytes(everybody)
        before, begun = processor_seconds(everybody), time.perf_counter()
        await asyncio.sleep(WATCHED)
        idle = 100 * (processor_seconds(everybody) - before) / (time.perf_counter() - begun)
        turned = await asyncio.gather(*(_turn(number, each) for number, each in enumerate(learners[:ACTIVE])))
    keys = [milliseconds for each in turned for milliseconds in each]
    each = None if memory is None else memory / (IDLE + ACTIVE)
    return Figures(
        median(paced), p95(paced), median(at_once), seconds, each, idle, median(keys), p95(keys), own
    )


async def turning_beside(design: Design, how: asyncssh.SSHClientConnectionOptions, training: int) -> float:
    """Return the 95th percentile of key to screen, in milliseconds, beside so many learners who train."""
    async with School(design, how).class_of(ACTIVE + training, beside=BESIDE) as (learners, _):
        for each in learners[ACTIVE:]:
            each.script.type(TRAIN)
        await asyncio.sleep(SETTLED)
        sessions = design.processes()
        used = processor_seconds(sessions)
        turned = await asyncio.gather(*(_turn(number, each) for number, each in enumerate(learners[:ACTIVE])))
        if training and processor_seconds(sessions) - used < TURNS * PAUSE / 2:
            raise RuntimeError("they do not train")
    return p95([milliseconds for each in turned for milliseconds in each])


async def _turn(number: int, learner: Learner) -> list[float]:
    await asyncio.sleep(PAUSE * number / ACTIVE)
    found = []
    for turn in range(TURNS):
        found.append(1000 * await learner.script.press(LEFT if turn % 2 else RIGHT, KEY_PATIENCE))
        await asyncio.sleep(PAUSE)
    return found
