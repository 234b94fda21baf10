"""The learners of a rehearsal, in a process of their own: they must not wait for the server, nor it for them.

    python -m tui.workshop.rehearsal.rehearsing

A line of JSON on standard input says what to do; what happens comes as lines of JSON on standard output.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import sys
import time
from dataclasses import dataclass
from typing import Any

import asyncssh

from tui.workshop.rehearsal.scripted import Learner, options

PATIENCE = 60.0
"""Seconds for a first screen."""
KEY_PATIENCE = 20.0
"""Seconds for the answer to a key."""
PARTING = 5.0
"""Seconds to leave; whoever has not left by then, as on a page where q is a letter to type, hangs up."""
RIGHT, LEFT, ENTER = b"\x1b[C", b"\x1b[D", b"\r"
KEYS = (RIGHT, b"1", ENTER, b"2", ENTER, RIGHT, LEFT)
"""Over and over: a page is turned, and what it asks is answered; where nothing is asked, nothing happens."""
PAUSES = (1.0, 5.0)
"""Seconds between two keys: everybody is quicker than a learner who reads."""


@dataclass(frozen=True)
class Plan:
    """What the learners do.

    Attributes:
        port: Where the server listens, on 127.0.0.1.
        word: The word of the day.
        learners: How many come.
        arriving: Seconds within which they come.
        working: Seconds for which they work when all are there.

    """

    port: int
    word: str
    learners: int
    arriving: float
    working: float


async def rehearse(plan: Plan) -> None:
    """Let everybody come, work and leave."""
    how = options(plan.word)
    begun, there = time.monotonic(), Told(plan.learners)
    await asyncio.gather(*(_learn(number, plan, how, begun, there) for number in range(plan.learners)))
    say({"processor": time.process_time()})


class Told:
    """Counts those who have come, or never will, and says when it is everybody."""

    def __init__(self, learners: int) -> None:
        self._left = learners
        self.everybody = asyncio.Event()

    def one(self) -> None:
        """Count one."""
        self._left -= 1
        if not self._left:
            say({"everybody": True})
            self.everybody.set()


async def _learn(
    number: int, plan: Plan, how: asyncssh.SSHClientConnectionOptions, begun: float, there: Told
) -> None:
    await asyncio.sleep(max(0.0, begun + plan.arriving * number / plan.learners - time.monotonic()))
    learner = Learner(("127.0.0.1", plan.port), f"learner {number + 1}", how)
    try:
        try:
            say({"first": await learner.arrive(PATIENCE)})
        finally:
            there.one()
        chance = random.Random(number)
        working = asyncio.create_task(_work(learner, chance))
        everybody = asyncio.create_task(there.everybody.wait())
        await asyncio.wait((working, everybody), return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait((working,), timeout=plan.working * chance.uniform(0.8, 1.2))
        if not working.cancel():
            # It never ends by itself: it failed.
            working.result()
        await learner.leave(PARTING)
    except (OSError, asyncssh.Error) as error:
        say({"failed": str(error) or type(error).__name__})
    finally:
        learner.hang_up()


async def _work(learner: Learner, chance: random.Random) -> None:
    for keys in itertools.cycle(KEYS):
        await asyncio.sleep(chance.uniform(*PAUSES))
        if keys in (RIGHT, LEFT):
            say({"key": await learner.script.press(keys, KEY_PATIENCE)})
        else:
            learner.script.type(keys)


def say(value: dict[str, Any]) -> None:
    """Tell whoever started this process."""
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    asyncio.run(rehearse(Plan(**json.loads(sys.stdin.readline()))))
