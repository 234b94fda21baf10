"""Who comes, and what a way in (SSH, attach) needs of the house that they come to."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Protocol

from tui.workshop.names import Name

KNOWN_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")


class HouseError(Exception):
    """A sentence for whoever wanted to come in."""


@dataclass(frozen=True)
class Arrival:
    """Somebody who may come in.

    Attributes:
        name: As they gave it.
        address: Where they come from.
        credential: What they came in with: `key:` and a fingerprint, `word:` and a digest, or "" for nothing.
        term: What their terminal calls itself.
        columns: Its width.
        lines: Its height.

    """

    name: Name
    address: str
    credential: str
    term: str = ""
    columns: int = 80
    lines: int = 24


class Running(Protocol):
    """A session that is drawing."""

    @property
    def arrival(self) -> Arrival:
        """Whose it is."""

    @property
    def since(self) -> float:
        """When it began, in Unix time."""

    @property
    def terminal(self) -> int:
        """The master end of its pseudo-terminal, which never waits; open until `ended` has told everybody."""

    @property
    def ended(self) -> asyncio.Future[str]:
        """Why it is over, once it is."""

    def resize(self, columns: int, lines: int) -> None:
        """Give its terminal another size."""

    def hang_up(self, why: str) -> None:
        """End it: the other end has gone."""

    def touch(self) -> None:
        """Say that somebody typed."""

    async def taken_over(self) -> None:
        """End it: the learner goes on elsewhere."""


class House(Protocol):
    """Everybody who is at work."""

    def full(self, address: str) -> str:
        """Return why nobody else may come from an address, or ""."""

    def at_work(self, name: Name) -> Running | None:
        """Return the session of a learner, if there is one."""

    async def begin(self, arrival: Arrival) -> Running:
        """Begin a session.

        Raises:
            HouseError: it cannot be.

        """


def known_term(given: str) -> str:
    """Return what a terminal calls itself, or "" for what no terminal does."""
    return given if KNOWN_TERM.fullmatch(given) else ""
