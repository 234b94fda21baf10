"""A published column of costs beside that of a run here, digit by digit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from engine.tables import Column, Table

ABSENT = "·"
"""What stands where there is nothing to compare yet, or nothing that can be subtracted."""

COLUMNS = (
    Column("step", "step", ",d"),
    Column("published", "published", ""),
    Column("here", "this machine", ""),
    Column("agree", "agree", ""),
    Column("difference", "difference", ""),
)


def written(number: float) -> str:
    """Return a cost in the fewest digits that give the same float64 again, without an exponent."""
    shortest = repr(float(number))
    if "e" not in shortest:
        return shortest
    mantissa, _, power = shortest.partition("e")
    places = max(0, len(mantissa.partition(".")[2]) - int(power))
    return f"{number:.{places}f}"


def agreeing(one: float, other: float) -> tuple[int, int]:
    """Return how many leading characters of two written numbers agree, and how many digits those are.

    Zeros before the first other digit do not count as digits.
    """
    first, second = written(one), written(other)
    pairs = zip(first, second, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))
    # 12.5 and 125.0 begin alike, and no digit stands in the same place.
    if first.find(".") != second.find("."):
        return 0, 0
    return same, len(first[:same].replace(".", "").lstrip("0"))


def comparison(every: int, published: Sequence[float], costs: Mapping[int, float]) -> Table:
    """Return a table, a row a published cost: it, the run's own, how many digits agree, the difference.

    Args:
        every: Steps from one published cost to the next; the first is of step 0.
        published: The published costs, of which some may be infinite.
        costs: The run's own cost at each step, as far as it has come.

    """
    rows = []
    for number, theirs in enumerate(published):
        step = number * every
        ours = costs.get(step)
        if ours is None:
            rows.append((step, written(theirs), ABSENT, ABSENT, ABSENT))
        elif not math.isfinite(theirs):
            rows.append((step, written(theirs), written(ours), "none", ABSENT))
        else:
            digits = "all" if theirs == ours else str(agreeing(theirs, ours)[1])
            difference = "0" if theirs == ours else f"{ours - theirs:+.0e}".replace("-", "−")
            rows.append((step, written(theirs), written(ours), digits, difference))
    return Table(COLUMNS, tuple(rows))
