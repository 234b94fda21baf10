"""The two-by-two table: same loss for both labels or not, weights that move or not."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content

from engine.measures import MEASURES, Moment
from engine.scenario import Scenario
from engine.verdict import TITLES, BothLabels, both_labels
from lessons.model import Variant
from lessons.parts.trials import Trials
from lessons.parts.verdict import Verdict
from tui.widgets.curve import braille
from tui.widgets.lines import MUTED
from tui.widgets.trials import TrialsView

TEXT_LINES = 4
SMALLEST_HEIGHT = 24
MOST_CURVE_LINES = 12
WIDE_ENOUGH = len(" accuracy 0.99   cost 0.123456, its curve: ")


class VerdictView(TrialsView):
    """A list of starts to guess about and to run, and the four cells into which their runs fall.

    Args:
        part: What is to be shown.
        scenarios: The scenarios of its starts.

    """

    BINDINGS = [
        Binding(str(number), f"choose({number})", show=False, id=f"verdict.{number}")
        for number in range(1, 5)
    ]

    def __init__(self, part: Verdict, scenarios: Sequence[Scenario]) -> None:
        numbered = tuple(
            Variant(f"{number} {each.label}", each.scenario)
            for number, each in enumerate(part.variants, start=1)
        )
        super().__init__(Trials(numbered, (), "moves"), scenarios)
        self.starts: dict[int, BothLabels] = {}

    def place(self, row: int) -> tuple[bool, bool] | None:
        """Return the cell of a start, (same loss, weights move), or None before its run has shown it.

        One weight that has moved is enough to know; that none moves is known when the run is over.
        """
        moment = self.found.get(row)
        if moment is None or not (moment.moved or moment.ended):
            return None
        return self._start(row, moment).same, moment.moved > 0

    def _start(self, row: int, moment: Moment) -> BothLabels:
        if row not in self.starts:
            self.starts[row] = both_labels(moment.start, moment.data.x, self.scenario_of[row].loss)
        return self.starts[row]

    def lines(self, width: int) -> Sequence[Content]:
        """Return the list, the four cells, and what can be done."""
        *starts, says = super().lines(width)
        return [*starts, *self._cells_of(width), says]

    def _cells_of(self, width: int) -> list[Content]:
        """Return the cells two by two, or below each other where there is no room for two."""
        least = max(len(title) for title in TITLES.values()) + 2
        across = 2 if width >= 2 * least + 3 else 1
        wide = max(least, (width - 1) // across - 1)
        spare = max(0, (self.app.size.height - SMALLEST_HEIGHT) // 2) if across == 2 else 0
        curve = min(MOST_CURVE_LINES, spare)
        held = {cell: [row for row in self.found if self.place(row) == cell] for cell in TITLES}
        high = (TEXT_LINES + curve) * max(1, *(len(rows) for rows in held.values()))
        drawn = []
        cells = list(TITLES)
        bar = Content.styled("│", MUTED)
        for first in range(0, len(cells), across):
            beside = cells[first : first + across]
            left, middle, right = "├┼┤" if first else "┌┬┐"
            titles = [self._title(TITLES[cell], bool(held[cell]), wide) for cell in beside]
            ends = Content.styled(left, MUTED), Content.styled(right, MUTED)
            drawn.append(ends[0] + Content.styled(middle, MUTED).join(titles) + ends[1])
            columns = [self._cell(held[cell], wide, curve) for cell in beside]
            for line in range(high):
                pieces = [lines[line] if line < len(lines) else Content("") for lines in columns]
                padded = [
                    Content(" ") + piece.truncate(wide - 1, ellipsis=True, pad=True) for piece in pieces
                ]
                drawn.append(bar + bar.join(padded) + bar)
        drawn.append(Content.styled(f"└{'┴'.join(['─' * wide] * across)}┘", MUTED))
        return drawn

    def _title(self, title: str, filled: bool, wide: int) -> Content:
        style = "bold $text-accent" if filled else "bold"
        return Content.assemble(" ", (title, style), (f" {'─' * (wide - len(title) - 2)}", MUTED))

    def _cell(self, rows: Sequence[int], wide: int, curve: int) -> list[Content]:
        """Return what stands in a cell: a block for each start that fell into it."""
        if not rows:
            over = all(self.place(row) for row in range(len(self.scenario_of)))
            return [Content.styled("empty: no start came here" if over else "·", MUTED)]
        lines: list[Content] = []
        for row in rows:
            moment, steps = self.found[row], self.scenario_of[row].steps
            at = f", step {moment.step:,}" if moment.step < steps else ""
            shape = ((", its curve:" if wide >= WIDE_ENOUGH else ":") if curve else " ", MUTED)
            accuracy, cost = (MEASURES[name].text(moment) for name in ("accuracy", "cost"))
            lines += [
                Content.styled(self.part.variants[row].label, "bold"),
                self._losses(self._start(row, moment)),
                self._moved(MEASURES["moved"].text(moment), at, wide - 1),
                Content.assemble(("accuracy ", MUTED), accuracy, ("   cost ", MUTED), cost, shape),
            ]
            top = max(1.0, *(cost for _, cost in moment.curve))
            drawn = braille(moment.curve, wide - 2, curve, steps, top) if curve else []
            lines += [Content.styled(line, "$text-accent") for line in drawn]
        return lines

    @staticmethod
    def _moved(count: str, at: str, room: int) -> Content:
        what = "weights moved " if len("weights moved ") + len(count) + len(at) <= room else "moved "
        return Content.assemble((what, MUTED), count, (at, MUTED))

    def _losses(self, start: BothLabels) -> Content:
        if start.everywhere is None:
            count = len(start.if_zero)
            where = f"all {count} points" if start.differing == count else f"{start.differing} of {count}"
            return Content.assemble(("losses differ at ", MUTED), where)
        zero, one = start.everywhere
        return Content.assemble(("loss y=0 ", MUTED), f"{zero:.6f}", ("  y=1 ", MUTED), f"{one:.6f}")

    def _says(self) -> str:
        over = all(self.truth(row) is not None for row in range(len(self.scenario_of)))
        if over and self.has_focus and not self.running:
            return "All have run. → goes on. Enter: run this start again."
        return super()._says().replace("this line", "this start")

    def action_choose(self, number: int) -> None:
        """Choose the start of that number, from 1."""
        if number <= len(self.scenario_of):
            self.row = number - 1

    def watch_found(self) -> None:
        """Make room where two starts fall into one cell."""
        self.refresh(layout=True)
