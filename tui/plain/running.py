"""A run while nobody looks: a line now and then, and Ctrl+C ends it where it is."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence

from engine.errors import EngineError
from engine.measures import MEASURES, Moment
from engine.tables import Cell, Column, Table
from tui.runner import Ongoing
from tui.telling.lines import lines, table_lines, wrapped
from tui.telling.told import Figures

FIRST_WORD = 10.0
"""Seconds until a run says how far it is; then twice as long each time."""
ROWS = 6


def running(runs: Sequence[Ongoing], names: Sequence[str] = ()) -> Generator[str, None, bool]:
    """Bring runs to their ends, one after another, and yield a line when that takes long, or fails.

    Returns whether nobody stopped them.
    """
    due, pause = time.monotonic() + FIRST_WORD, FIRST_WORD
    for at, run in enumerate(runs):
        name = f"{names[at]}: " if names else ""
        try:
            while not run.over:
                run.go_on()
                if time.monotonic() >= due:
                    at_step = f"step {run.moment().step:,} of {run.scenario.steps:,}"
                    yield f"{name}{at_step}, still running. Ctrl+C stops it."
                    pause *= 2
                    due = time.monotonic() + pause
        except KeyboardInterrupt:
            yield f"{name}stopped at step {run.moment().step:,}."
            return False
        except EngineError as error:
            yield from wrapped(f"{name}The run has ended: {error}")
    return True


def costs(curve: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return a few of the points of a curve, the first and the last among them."""
    if len(curve) <= ROWS:
        return list(curve)
    return [curve[round(at * (len(curve) - 1) / (ROWS - 1))] for at in range(ROWS)]


def cost_lines(moment: Moment) -> list[str]:
    """Return some of a run's costs as a table."""
    columns = Column("step", "step", ",d"), Column("cost", "cost", ".6f")
    return table_lines(Table(columns, tuple(costs(moment.curve))))


def measure_lines(moment: Moment, names: Sequence[str]) -> list[str]:
    """Return the numbers of a run that a page names, a line each."""
    return [f"{MEASURES[name].heading}: {MEASURES[name].text(moment)}" for name in names]


def figures(table: Table, caption: str = "") -> list[str]:
    """Return a table as lines."""
    return lines([Figures(table, caption)])


def in_words(table: Table) -> Table:
    """Return a table with words in place of marks."""

    def word(cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell
        return "none" if cell == "·" else cell.replace(" ✓", ", right").replace(" ✗", ", wrong")

    return Table(table.columns, tuple(tuple(map(word, row)) for row in table.rows))
