"""Runs that are started by a typed line: one, several to guess about, boxes, lanes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from engine.measures import MEASURES, Measure, Moment
from engine.scenario import Scenario
from engine.side_by_side import PAIR_MEASURES
from engine.tables import Cell, Column, Table
from engine.verdict import TITLES, BothLabels, both_labels
from lessons.parts.race import Race
from lessons.parts.run import Run
from lessons.parts.trials import Trials, guess_truth
from lessons.parts.verdict import Verdict
from lessons.parts.width_one import WidthOne
from tui.plain.running import cost_lines, costs, figures, measure_lines, running
from tui.plain.stop import NotUnderstoodError, Stop, number_in
from tui.runner import Ongoing, OngoingPair
from tui.telling.lines import table_lines, wrapped
from tui.telling.pictures import decision_map_lines, weight_lines

QUESTIONS = {"moves": "does some weight move?", "apart": "do the units of some layer come apart?"}
YES_NO = {"yes": True, "y": True, "no": False}


class RunStop(Stop):
    """One run: its costs, its numbers, and its picture in words."""

    def __init__(self, part: Run, scenario: Scenario) -> None:
        self.part = part
        self.scenario = scenario
        self.moment: Moment | None = None

    def told(self) -> Iterator[str]:
        """Yield what there is to run, or what came of it."""
        steps, rate = self.scenario.steps, self.scenario.learning_rate
        yield from wrapped(f"A run: {self.scenario.title}. {steps:,} steps, learning rate {rate:g}.")
        yield from self._found()

    def offer(self) -> str:
        """Return what can be typed now."""
        return f"r: {'run it' if self.moment is None else 'run it anew'}. Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Run it."""
        if text.lower() not in ("r", "run"):
            raise NotUnderstoodError
        run = Ongoing(self.scenario)
        yield from running([run])
        self.moment = run.moment(ended=True)
        yield from self._found()

    def _found(self) -> Iterator[str]:
        if self.moment is None:
            return
        yield from cost_lines(self.moment)
        yield ""
        yield from measure_lines(self.moment, self.part.numbers)
        yield ""
        if self.part.picture == "map":
            yield from decision_map_lines(self.moment.data, self.moment.network)
        else:
            yield from weight_lines(self.moment.network)


class TrialsStop(Stop):
    """Lines to guess about and to run, filled in by their runs."""

    measures: ClassVar[Mapping[str, Measure]] = MEASURES
    what = "line"

    def __init__(self, part: Trials, scenarios: Sequence[Scenario]) -> None:
        self.part = part
        self.scenarios = tuple(scenarios)
        self.found: dict[int, Moment] = {}
        self.guesses: dict[int, bool] = {}

    def ongoing(self, scenario: Scenario) -> Ongoing:
        """Return what runs a line."""
        return Ongoing(scenario)

    def truth(self, row: int) -> bool | None:
        """Return what a guess about a line should have been, or None before its last step."""
        moment = self.found.get(row)
        if moment is None or moment.step < self.scenarios[row].steps:
            return None
        return guess_truth(self.part.guess, moment)

    def told(self) -> Iterator[str]:
        """Yield the lines as they stand."""
        if self.part.guess != "none":
            yield f"A guess for each {self.what}, before it runs: {QUESTIONS[self.part.guess]}"
        yield from table_lines(self._table())

    def _table(self) -> Table:
        guess = self.part.guess != "none"
        columns = [Column("label", self.what, "")]
        columns += [Column("guess", "your guess", "")] if guess else []
        columns += [Column("step", "steps", "")] if self.found else []
        columns += [
            Column(name, self.measures[name].heading, "") for name in self.part.measures if self.found
        ]
        rows = []
        for row, variant in enumerate(self.part.variants):
            cells = [f"{row + 1} {variant.label}", *([self._guess(row)] if guess else [])]
            moment = self.found.get(row)
            if moment:
                texts = [self.measures[name].text(moment) for name in self.part.measures]
                cells += [f"{moment.step:,}", *texts]
            elif self.found:
                cells += ["not run", *[""] * len(self.part.measures)]
            rows.append(tuple(cells))
        return Table(tuple(columns), tuple(rows))

    def _guess(self, row: int) -> str:
        guess, truth = self.guesses.get(row), self.truth(row)
        if guess is None:
            return "open" if truth is None else f"open (answer: {'yes' if truth else 'no'})"
        said = "yes" if guess else "no"
        return said if truth is None else f"{said}, {'right' if guess == truth else 'wrong'}"

    def offer(self) -> str:
        """Return what can be typed now."""
        guess = "1 yes or 1 no: guess. " if self.part.guess != "none" else ""
        return f"{guess}r: run all. r 1: run {self.what} 1. Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Take a guess, or run lines."""
        words = text.lower().replace(",", " ").split() or [""]
        count = len(self.scenarios)
        if words in (["r"], ["run"], ["r", "all"]):
            yield from self._run(range(count))
        elif words[0] in ("r", "run") and all(number_in(word, count) for word in words[1:]):
            yield from self._run([int(word) - 1 for word in dict.fromkeys(words[1:])])
        elif len(words) == 1 and number_in(words[0], count):
            yield from self._run([int(words[0]) - 1])
        elif (
            self.part.guess != "none"
            and len(words) == 2
            and words[1] in YES_NO
            and number_in(words[0], count)
        ):
            row = int(words[0]) - 1
            if row in self.found:
                yield "It has been run. A guess comes before that."
                return
            self.guesses[row] = YES_NO[words[1]]
            yield f"Your guess about {self.part.variants[row].label}: {'yes' if YES_NO[words[1]] else 'no'}."
        else:
            raise NotUnderstoodError

    def _run(self, rows: Sequence[int]) -> Iterator[str]:
        for row in rows:
            run = self.ongoing(self.scenarios[row])
            whole = yield from running([run], [self.part.variants[row].label])
            self.found[row] = run.moment(ended=True)
            if not whole:
                break
        yield from self.after()

    def after(self) -> Iterator[str]:
        """Yield what there is to see after runs."""
        yield from table_lines(self._table())


class WidthOneStop(TrialsStop):
    """Networks of twins, each beside its equivalent one unit wide."""

    measures = PAIR_MEASURES

    def __init__(self, part: WidthOne, scenarios: Sequence[Scenario]) -> None:
        super().__init__(Trials(part.variants, tuple(PAIR_MEASURES)), scenarios)

    def ongoing(self, scenario: Scenario) -> Ongoing:
        """Return what runs both networks."""
        return OngoingPair(scenario)


class VerdictStop(TrialsStop):
    """Starts that fall into four boxes: same or different losses, weights that move or do not."""

    what = "start"

    def __init__(self, part: Verdict, scenarios: Sequence[Scenario]) -> None:
        super().__init__(Trials(part.variants, ("moved", "accuracy", "cost"), "moves"), scenarios)

    def after(self) -> Iterator[str]:
        """Yield the runs, and what each box holds."""
        yield from super().after()
        yield ""
        yield "The four boxes:"
        over = len(self.found) == len(self.scenarios)
        starts = {row: self._start(row, moment) for row, moment in self.found.items()}
        for (same, moves), title in TITLES.items():
            rows = [
                row
                for row, start in starts.items()
                if start.same == same and bool(self.found[row].moved) == moves
            ]
            if not rows:
                held = "empty, no start came here" if over else "nothing yet"
                yield f"{title[0].upper()}{title[1:]}: {held}."
            for row in rows:
                said = f"{title[0].upper()}{title[1:]}: start {row + 1}, {self.part.variants[row].label}."
                yield from wrapped(f"{said} {_losses(starts[row])}")

    def _start(self, row: int, moment: Moment) -> BothLabels:
        return both_labels(moment.start, moment.data.x, self.scenarios[row].loss)


def _losses(start: BothLabels) -> str:
    if start.everywhere is None:
        count = len(start.if_zero)
        return f"The losses differ at {start.differing} of {count} points."
    zero, one = start.everywhere
    return f"Its loss is {zero:.6f} if y = 0, and {one:.6f} if y = 1."


class RaceStop(Stop):
    """Lanes: several runs, told side by side."""

    def __init__(self, part: Race, scenarios: Sequence[Scenario]) -> None:
        self.part = part
        self.scenarios = tuple(scenarios)
        self.found: list[Moment] = []

    def told(self) -> Iterator[str]:
        """Yield the lanes, or what came of them."""
        names = ", ".join(each.label for each in self.part.variants)
        yield from wrapped(
            f"A race of {len(self.scenarios)} runs: {names}. {self.scenarios[0].steps:,} steps each."
        )
        yield from self._found()

    def offer(self) -> str:
        """Return what can be typed now."""
        return f"r: {'run them anew' if self.found else 'start all'}. Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Run all lanes."""
        if text.lower() not in ("r", "run"):
            raise NotUnderstoodError
        runs = [Ongoing(scenario) for scenario in self.scenarios]
        yield from running(runs, [each.label for each in self.part.variants])
        self.found = [run.moment(ended=True) for run in runs]
        yield from self._found()

    def _found(self) -> Iterator[str]:
        if not self.found:
            return
        labels = [each.label for each in self.part.variants]
        some = [costs(moment.curve) for moment in self.found]
        rows = max(some, key=len)
        columns = (Column("step", "step", ",d"), *(Column(label, label, "") for label in labels))
        cells: list[tuple[Cell, ...]] = [
            (step, *(f"{_cost_at(moment, step):.6f}" for moment in self.found)) for step, _ in rows
        ]
        yield from figures(Table(columns, tuple(cells)), "The cost in each lane:")
        for label, scenario, moment in zip(labels, self.scenarios, self.found, strict=True):
            yield ""
            units = " and ".join(str(count) for count in moment.units)
            first, highest = moment.curve[0][1], max(cost for _, cost in moment.curve)
            peak = "its highest" if highest == first else f"the highest was {highest:.2f}"
            high = f" The cost began at {first:.2f}, {peak}." if highest > 1 else ""
            yield from wrapped(
                f"{label}: step {moment.step:,} of {scenario.steps:,}, cost {MEASURES['cost'].text(moment)}, "
                f"accuracy {MEASURES['accuracy'].text(moment)}, distinct units {units}.{high}"
            )
            yield from decision_map_lines(moment.data, moment.network)


def _cost_at(moment: Moment, step: int) -> float:
    """Return the last cost up to a step: a lane that was stopped has none at every step of the others."""
    return [cost for at, cost in moment.curve if at <= step][-1]
