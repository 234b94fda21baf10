"""The app on a real pseudo-terminal beside its peers: `uv run python -m tests.benchmarks.terminal`.

Rounds are interleaved, and a ratio is the median of the rounds' own ratios. Read ratios: times drift with the
machine. Targets that are not reached say MISS.
"""

from __future__ import annotations

import argparse

from tests.benchmarks import terminal_drawing, terminal_line, terminal_pages, terminal_runs, terminal_start

TABLES = {
    "start": terminal_start.start,
    "command": terminal_start.answer,
    "pages": terminal_pages.turn,
    "p": terminal_pages.move,
    "idle": terminal_line.idle,
    "slow": terminal_line.slow,
    "run": terminal_runs.run,
    "drawing": terminal_drawing.draw,
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
