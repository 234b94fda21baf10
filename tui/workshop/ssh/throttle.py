"""How often an address may be wrong."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

FREE = 3
"""Wrong tries that cost next to nothing: everybody mistypes."""
SHORTEST, LONGEST = 0.25, 8.0
"""Seconds that an answer to a wrong try is kept back."""
FORGIVEN = 5
"""Wrong tries that a right one makes up for: a whole class may come from one address."""
MOST = 4096
"""Addresses that are remembered."""


def neighbourhood(address: str) -> str:
    """Return what counts as one address: of IPv6 the network, in which one has many."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return f"{IPv6Address(int(known) >> 64 << 64)}/64"


class Throttle:
    """Counts wrong tries; what is counted fades within a minute.

    Args:
        most: Wrong tries a minute before an address is refused for a while.
        credit: Wrong tries that right ones can make up for in advance.
        clock: Seconds, never going back.

    """

    def __init__(
        self, most: int = 20, credit: int = 400, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._credit, self._clock = most, credit, clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def refused(self, address: str) -> bool:
        """Return whether nothing from an address is looked at for now."""
        return self._level(neighbourhood(address)) >= self._most

    def wrong(self, address: str) -> float:
        """Count a wrong try, and return the seconds to keep the answer back."""
        level = self._add(address, 1)
        return min(LONGEST, SHORTEST * 2 ** max(0.0, min(level, self._most) - FREE))

    def right(self, address: str) -> None:
        """Count a right one."""
        self._add(address, -FORGIVEN)

    def __len__(self) -> int:
        return len(self._levels)

    def _level(self, where: str) -> float:
        level, then = self._levels.get(where, (0.0, 0.0))
        fades = self._most / 60 * (self._clock() - then)
        return max(0.0, level - fades) if level > 0 else min(0.0, level + fades)

    def _add(self, address: str, tries: int) -> float:
        where = neighbourhood(address)
        # A flood is remembered no better than what refuses it.
        level = max(-self._credit, min(2 * self._most, self._level(where) + tries))
        self._levels[where] = level, self._clock()
        self._levels.move_to_end(where)
        if len(self._levels) > MOST:
            self._levels.popitem(last=False)
        return level
