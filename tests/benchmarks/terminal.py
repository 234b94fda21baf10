"""The app on a real pseudo-terminal beside its peers: `uv run python -m tests.benchmarks.terminal`.

Rounds are interleaved, and a ratio is the median of the rounds' own ratios. Read ratios: times drift with the
machine. Targets that are not reached say MISS.
"""

from __future__ import annotations

import argparse

from tests.benchmarks import terminal_start

TABLES = {
    "start": terminal_start.start,
    "command": terminal_start.answer,
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="The app beside its peers, on a pseudo-terminal.")
    parser.add_argument("--rounds", type=int, default=9, help="interleaved rounds (default 9)")
    parser.add_argument("--only", choices=TABLES, help="one table alone")
    options = parser.parse_args()
    for name, table in TABLES.items():
        if options.only in (None, name):
            table(options.rounds)


if __name__ == "__main__":
    main()
