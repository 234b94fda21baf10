"""Numbers as learners type them."""

from __future__ import annotations

import math
import re

CHARACTERS = "0123456789.,-−+/eE"
LONGEST = 16
"""Characters of a typed number."""

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
FRACTION = re.compile(rf"({NUMBER})(?:/({NUMBER}))?")


def typed_number(text: str) -> float | None:
    """Return the number that a text stands for, or None: −0.5, -0,5, 5e-1 and −1/2 are one."""
    found = FRACTION.fullmatch(text.strip().replace("−", "-").replace(",", "."))
    if found is None:
        return None
    below = float(found[2]) if found[2] else 1.0
    number = float(found[1]) / below if below else math.nan
    return number if math.isfinite(number) else None
