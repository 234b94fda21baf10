"""Live parts on paper: what a learner would have run is told with what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from engine.digits import comparison
from engine.loss_table import loss_table, push_table
from engine.measures import MEASURES, TWIN_TOLERANCE
from engine.scenario import Scenario
from engine.switches import switch_table, with_zero_layers
from engine.tables import Cell, Column, Table
from engine.training import weights_moved
from engine.verdict import first_steps, start_of
from lessons.course import Course
from lessons.model import Live, Variant
from lessons.parts.loss_curves import LossCurves
from lessons.parts.loss_table import LossTable
from lessons.parts.published import Published
from lessons.parts.race import Race
from lessons.parts.run import Run
from lessons.parts.switchboard import Switchboard
from lessons.parts.trials import Trials
from lessons.parts.verdict import Verdict
from lessons.published import published
from lessons.scenarios import scenarios_of
from tui.handout.runs import Finished, Runs
from tui.telling.pictures import decision_map_told, weights_told
from tui.telling.told import Figures, Told, said

TRIES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Values of p that the loss tables are told for, beside the one that they open at."""
GUESSES = {
    "moves": ("a weight moves", "does a weight move?"),
    "apart": ("units come apart", "do the units of some hidden layer come apart?"),
}
COST = ".6f"


def results(course: Course, runs: Runs, part: Live) -> list[Told] | None:
    """Return what a live part says on paper, or None where that is no other than what it says anywhere."""
    match part:
        case LossTable(start):
            return [Figures(_joined([loss_table(p) for p in _probabilities(start)]), LOSSES)]
        case LossCurves(start):
            return [Figures(_joined([push_table(p) for p in _probabilities(start)]), LOSSES)]
    named = list(zip(_variants(part), scenarios_of(course, part), strict=True))
    finished = [(each.label or found.title, found) for each, found in named]
    match part:
        case Run():
            return _run(runs.of(named[0][1]), part)
        case Trials():
            return _trials(part, [(label, runs.of(found)) for label, found in finished])
        case Race():
            return _race([(label, runs.of(found)) for label, found in finished])
        case Verdict():
            return _verdict([(label, runs.of(found)) for label, found in finished])
        case Published():
            return _published(course, [(label, runs.of(found)) for label, found in finished])
        case Switchboard():
            return _switchboard(part.name, runs, finished)
    return None


LOSSES = "Loss, slope and error signal for both labels, at several p"


def _variants(part: Live) -> Sequence[Variant]:
    found: Sequence[Variant] | None = getattr(part, "variants", None)
    return found if found is not None else [Variant("", name) for name in part.scenarios]


def _probabilities(start: float) -> list[float]:
    return sorted({*TRIES, start})


def _joined(tables: Sequence[Table]) -> Table:
    return Table(tables[0].columns, tuple(row for table in tables for row in table.rows))


def _texts(headings: Sequence[str], rows: Iterable[Sequence[Cell]], left: int = 1) -> Table:
    columns = tuple(Column(heading, heading, "" if at < left else ">") for at, heading in enumerate(headings))
    return Table(columns, tuple(tuple(row) for row in rows))


def _faults(finished: Iterable[Finished]) -> list[Told]:
    return [said(f"Broken off: {each.fault}") for each in finished if each.fault]


def _run(run: Finished, part: Run) -> list[Told]:
    title = run.scenario.title
    shares = run.accuracy()
    rows: list[tuple[str, str]] = [
        (MEASURES[name].heading, MEASURES[name].text(run.moment))
        for name in dict.fromkeys([*part.numbers, "moved", "units"])
        if name != "accuracy"
    ]
    rows += [(f"accuracy, {name} set", f"{share:.2f}") for name, share in shares.items()]
    return [
        Figures(
            _texts(("number", f"after {run.moment.step:,} steps"), [row for row in rows if row[1]]),
            f"The run: {title}",
        ),
        Figures(_costs([("cost", run)]), "Its cost on the way"),
        *(_map(run) if part.picture == "map" else weights_told(run.moment.network)),
        *_faults([run]),
    ]


def _map(run: Finished, label: str = "") -> list[Told]:
    """Return in words what the map of a run shows: the text around it speaks of it."""
    places = "places of the map that are called 1"
    caption = f"{label}: the {places}" if label else places.capitalize()
    told = decision_map_told(run.moment.data, run.moment.network)
    return [replace(each, caption=caption) if isinstance(each, Figures) else each for each in told]


def _costs(runs: Sequence[tuple[str, Finished]]) -> Table:
    """Return the costs of some runs at a few steps, a column a run."""
    costs = [run.costs() for _, run in runs]
    steps = sorted({step for each in costs for step in each})
    rows = [
        (f"{step:,}", *(format(each[step], COST) if step in each else "·" for each in costs))
        for step in steps
    ]
    return _texts(("step", *(label for label, _ in runs)), rows, left=0)


def _trials(part: Trials, runs: Sequence[tuple[str, Finished]]) -> list[Told]:
    guess = GUESSES.get(part.guess)
    headings = ["run", *([guess[0]] if guess else []), "step"]
    headings += [MEASURES[name].heading for name in part.measures]
    rows = []
    for label, run in runs:
        moment = run.moment
        truth = moment.moved > 0 if part.guess == "moves" else any(units > 1 for units in moment.units)
        rows.append(
            [
                label,
                *(["yes" if truth else "no"] if guess else []),
                f"{moment.step:,}",
                *(MEASURES[name].text(moment) for name in part.measures),
            ]
        )
    told: list[Told] = [said(f"Cover the table, and guess for each run: {guess[1]}")] if guess else []
    return [*told, Figures(_texts(headings, rows), "What came of each run"), *_faults(run for _, run in runs)]


def _race(runs: Sequence[tuple[str, Finished]]) -> list[Told]:
    names = ("cost", "accuracy", "moved", "units")
    rows = [
        (label, f"{run.moment.step:,}", *(MEASURES[name].text(run.moment) for name in names))
        for label, run in runs
    ]
    headings = ("lane", "step", *(MEASURES[name].heading for name in names))
    return [
        Figures(_texts(headings, rows), "The lanes at the end"),
        Figures(_costs(runs), "Their costs on the way"),
        *(each for label, run in runs for each in (said(f"{label}:", "strong"), *_map(run, label))),
        *_faults(run for _, run in runs),
    ]


def _verdict(runs: Sequence[tuple[str, Finished]]) -> list[Told]:
    rows = []
    for label, run in runs:
        moment = run.moment
        same = "same loss" if start_of(run.scenario).same else "different losses"
        box = f"{same}, weights {'move' if moment.moved else 'stuck'}"
        rows.append((label, box, *(MEASURES[name].text(moment) for name in ("moved", "accuracy", "cost"))))
    headings = ("start", "box", *(MEASURES[name].heading for name in ("moved", "accuracy", "cost")))
    return [
        said("Cover the tables, and guess for each start: does a weight move?"),
        Figures(first_steps({label: run.scenario for label, run in runs}), "Before the first step"),
        Figures(_texts(headings, rows, left=2), "After the last step: the box of each start"),
        *_faults(run for _, run in runs),
    ]


def _published(course: Course, runs: Sequence[tuple[str, Finished]]) -> list[Told]:
    told: list[Told] = []
    for label, run in runs:
        figures = published(course, run.scenario.name)
        shares = run.accuracy()
        told += [
            Figures(
                comparison(figures.every, figures.cost, dict(run.moment.curve)),
                f"{label}: published costs, and those computed here",
            ),
            Figures(
                _texts(
                    ("accuracy", "published", "this machine"),
                    [
                        ("train", f"{figures.train:g}", f"{shares['train']:g}"),
                        ("test", f"{figures.test:g}", f"{shares['test']:g}"),
                    ],
                ),
                f"{label}: published accuracies, and those computed here",
            ),
        ]
    return [*told, *_faults(run for _, run in runs)]


def _switchboard(name: str, runs: Runs, variants: Sequence[tuple[str, Scenario]]) -> list[Told]:
    told: list[Told] = []
    for label, scenario in variants:
        table = switch_table(scenario, name)
        layers = range(1, len(table.columns))
        settings = product((False, True), repeat=len(layers))
        zeroed = [[layer for layer, zero in zip(layers, each, strict=True) if zero] for each in settings]
        finished = [runs.of(with_zero_layers(scenario, each)) for each in zeroed]
        moved = [
            f"{weights_moved(moment.start, moment.network, TWIN_TOLERANCE)} of {moment.network.weight_count}"
            for moment in (run.moment for run in finished)
        ]
        right = [MEASURES["accuracy"].text(run.moment) for run in finished]
        columns = (
            *table.columns,
            Column("moved", "weights moved", ""),
            Column("accuracy", "accuracy", ""),
        )
        rows = tuple(
            (*row, *more) for row, more in zip(table.rows, zip(moved, right, strict=True), strict=True)
        )
        told += [
            Figures(Table(columns, rows), f"{label}: every setting of the switches"),
            *_faults(finished),
        ]
    return told
