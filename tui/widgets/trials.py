"""Several runs to guess about and to start, a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive

from engine.measures import MEASURES, Measure, Moment
from engine.scenario import Scenario
from lessons.parts.trials import QUESTIONS, Trials, guess_truth
from tui.messages import PartDone
from tui.widgets.lines import MUTED, Lines
from tui.widgets.table import broken
from tui.widgets.training import Training

INDENT = "  "
WORDS = {None: "·", True: "yes", False: "no"}


class TrialsView(Lines, Training, can_focus=True):
    """A table of runs: choose a line, guess, run it, compare.

    Args:
        part: What is to be shown.
        scenarios: The scenarios of its lines.

    """

    DEFAULT_CSS = """
    TrialsView { width: 1fr; max-width: 100; height: auto; margin: 0 0 1 0; }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", "choose", key_display="↑↓", id="trials.up"),
        Binding("down,j", "move(1)", "choose", show=False, id="trials.down"),
        Binding("space", "guess", "guess", id="trials.guess"),
        Binding("enter", "go", "run, pause", id="trials.go"),
        Binding("r", "run_all", "run all", id="trials.all"),
    ]

    measures: ClassVar[Mapping[str, Measure]] = MEASURES
    """What the columns may be, by name."""

    row: reactive[int] = reactive(0)
    found: reactive[dict[int, Moment]] = reactive(dict, always_update=True)

    def __init__(self, part: Trials, scenarios: Sequence[Scenario]) -> None:
        super().__init__()
        self.part = part
        self.scenario_of = tuple(scenarios)
        self.ran: set[int] = set()
        self.guesses: list[bool | None] = [None] * len(self.scenario_of)
        self.guess_column = range(0)

    def truth(self, row: int) -> bool | None:
        """Return what a guess about a line should have been, or None before its last step."""
        moment = self.found.get(row)
        if moment is None or moment.step < self.scenario_of[row].steps:
            return None
        return guess_truth(self.part.guess, moment)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the table, and what can be done below it."""
        heads = ["", *([QUESTIONS[self.part.guess]] if self.part.guess != "none" else []), "step"]
        heads += [self.measures[name].heading for name in self.part.measures]
        rows = [self._cells(row) for row in range(len(self.scenario_of))]
        cells_wide = [max(len(row[column]) for row in rows) for column in range(len(heads))]
        headings = [[head] for head in heads]
        if sum(map(max, map(len, heads), cells_wide)) + len(heads) + 1 > width:
            headings = [broken(head, wide) for head, wide in zip(heads, cells_wide, strict=True)]
        widths = [max(wide, *map(len, head)) for wide, head in zip(cells_wide, headings, strict=True)]
        gap = 2 if sum(widths) + 2 * len(widths) + 2 < width else 1
        # Where even that is too wide, the name of a row has a line of its own.
        own = len("▸ ") + sum(widths) + len(widths) - 1 > width
        if own:
            widths[0] = min(widths[0], len(INDENT))
        if self.part.guess != "none":
            start = len("▸ ") + widths[0] + gap
            self.guess_column = range(start, start + widths[1])
        drawn = [
            self._line("  ", [*parts], widths, [MUTED] * len(heads), gap)
            for parts in zip_longest(*headings, fillvalue="")
        ]
        for row, cells in enumerate(rows):
            here = row == self.row
            styles = ["bold" if here and self.has_focus else ""] * len(cells)
            if self.part.guess != "none" and self.truth(row) is not None:
                right = self.guesses[row] == self.truth(row)
                styles[1] = "" if self.guesses[row] is None else "$text-success" if right else "$text-error"
            mark = "▸ " if here else "  "
            if own:
                drawn.append(Content.assemble((mark, "bold $text-accent"), (cells[0], styles[0])))
                mark, cells[0] = "  ", INDENT
            drawn.append(self._line(mark, cells, widths, styles, gap))
        return [*drawn, Content.styled(self.fault or self._says(), "$text-error" if self.fault else MUTED)]

    def _cells(self, row: int) -> list[str]:
        moment = self.found.get(row)
        cells = [self.part.variants[row].label]
        if self.part.guess != "none":
            guess, truth = self.guesses[row], self.truth(row)
            mark = "" if truth is None or guess is None else " ✓" if guess == truth else " ✗"
            cells.append(WORDS[guess] + mark)
        cells.append(f"{moment.step:,}" if moment else "·")
        return [*cells, *(self.measures[name].text(moment) if moment else "·" for name in self.part.measures)]

    def _line(
        self, mark: str, cells: Sequence[str], widths: Sequence[int], styles: Sequence[str], gap: int
    ) -> Content:
        pieces: list[tuple[str, str]] = [(mark, "bold $text-accent")]
        for column, (cell, wide, style) in enumerate(zip(cells, widths, styles, strict=True)):
            pieces.append((cell.rjust(wide) if column else cell.ljust(wide), style))
            pieces.append((" " * gap, ""))
        return Content.assemble(*(piece for piece in pieces[:-1] if piece[0]))

    def _says(self) -> str:
        if self.paused:
            return "Paused. Enter goes on."
        if self.running:
            return "Running. Enter pauses."
        if not self.has_focus:
            return "Tab comes here."
        guess = "Space: your guess. " if self.part.guess != "none" else ""
        return f"{guess}Enter: run this line. r: run all."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a guess only where one is asked for."""
        if action == "guess":
            return self.part.guess != "none"
        return super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Choose another line."""
        self.row = (self.row + by) % len(self.scenario_of)

    def action_guess(self) -> None:
        """Change the guess about a line that has not been run."""
        if self.row not in self.ran:
            self.guesses[self.row] = {None: True, True: False, False: None}[self.guesses[self.row]]
            self.refresh()

    def on_click(self, event: Click) -> None:
        """Choose the line that is clicked; a click on its guess changes that."""
        inside = event.get_content_offset(self)
        row = inside.y - 1 if inside else -1
        if inside is None or row not in range(len(self.scenario_of)):
            return
        self.row = row
        if inside.x in self.guess_column:
            self.action_guess()

    def action_restart(self) -> None:
        """Run the chosen line."""
        self._run([self.row])

    def action_run_all(self) -> None:
        """Run all lines, one after another."""
        self._run(range(len(self.scenario_of)))

    def _run(self, rows: Sequence[int]) -> None:
        self.found = {row: moment for row, moment in self.found.items() if row not in rows}
        self.ran |= set(rows)
        self.train([(row, self.scenario_of[row]) for row in rows])

    def moment_came(self, row: int, moment: Moment) -> None:
        """Fill in a line."""
        self.found = {**self.found, row: moment}

    def training_ended(self) -> None:
        """Let the focus go on when every line has been run."""
        if all(self.truth(row) is not None for row in range(len(self.scenario_of))):
            self.post_message(PartDone(self))
