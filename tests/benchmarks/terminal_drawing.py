"""Pictures that change while a run trains: the cost curve and a table, each beside the usual widget."""

from __future__ import annotations

import importlib.util
import tempfile

from tests.benchmarks.terminal_pages import RIGHT, Turns, begin
from tests.benchmarks.terminal_pty import Terminal, peer
from tests.benchmarks.terminal_report import heading, row

TIMES = 5


def draw(rounds: int) -> None:
    """Compare the cost curve with textual-plotext, and a table of 10×10 numbers with Textual's DataTable."""
    pairs = {"10×10 table": ("table", "data_table", "DataTable", 0.40, 0.25, 0.7, 0.55)}
    if importlib.util.find_spec("textual_plotext"):
        pairs["cost curve"] = ("curve", "plotext_curve", "textual-plotext", 0.30, 0.17, 0.8, 0.68)
    else:
        print("\ntextual-plotext is not installed: nothing to compare the cost curve with")
    for what, (own, other, name, ms, ms_aim, sent, sent_aim) in pairs.items():
        found = {own: Turns(), other: Turns()}
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(max(1, rounds // 3)):
                for kind, turns in found.items():
                    with Terminal(peer(kind), folder) as terminal:
                        turns.press(terminal, begin(terminal), [RIGHT] * TIMES)
        heading(f"{what}: one update")
        row(f"{name}, ms", found[other].ms)
        row("initlesson, ms", found[own].ms, found[other].ms, ms, ms_aim)
        row(f"{name}, bytes", found[other].bytes)
        row("initlesson, bytes", found[own].bytes, found[other].bytes, sent, sent_aim)
