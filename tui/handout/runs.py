"""The runs that a handout tells of, each made once."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import OverflowedError
from engine.measures import Moment
from engine.predictions import accuracy
from engine.scenario import Scenario
from lessons.course import Course
from lessons.published import FILE, load_published
from tui.runner import Ongoing

ROWS = 6
"""About so many costs of a run are told."""


@dataclass(frozen=True, eq=False)
class Finished:
    """A run that is over.

    Attributes:
        scenario: What was run.
        moment: Its last moment.
        fault: Why it ended before its last step, or "".

    """

    scenario: Scenario
    moment: Moment
    fault: str

    def costs(self) -> dict[int, float]:
        """Return the cost at a few steps, the first and the last among them."""
        curve = dict(self.moment.curve)
        steps = [step for step in few_steps(self.scenario) if step in curve]
        return {step: curve[step] for step in dict.fromkeys([*steps, self.moment.step])}

    def accuracy(self) -> dict[str, float]:
        """Return the accuracies after the last step."""
        split = self.scenario.split()
        return {
            "train": accuracy(self.moment.network, split.train),
            "test": accuracy(self.moment.network, split.test),
        }


def few_steps(scenario: Scenario) -> range:
    """Return a few steps of a run, evenly from 0: multiples of how often it records."""
    recorded = scenario.record_every
    return range(0, scenario.steps, recorded * max(1, -(-scenario.steps // (recorded * ROWS))))


class Runs:
    """Makes runs and keeps them.

    Args:
        course: Its published figures say which costs must be kept.

    """

    def __init__(self, course: Course) -> None:
        self._published = load_published(course) if (course.folder / FILE).exists() else {}
        self._finished: dict[Scenario, Finished] = {}

    def of(self, scenario: Scenario) -> Finished:
        """Return the run of a scenario, over or broken off where its numbers left the range of float64."""
        if scenario not in self._finished:
            self._finished[scenario] = self._run(scenario)
        return self._finished[scenario]

    def _run(self, scenario: Scenario) -> Finished:
        kept = set(few_steps(scenario))
        if figures := self._published.get(scenario.name):
            kept |= set(range(0, figures.every * len(figures.cost), figures.every))
        run, fault = Ongoing(scenario, kept=kept), ""
        try:
            while not run.over:
                run.go_on()
        except OverflowedError as error:
            fault = f"{scenario.title}: {error}"
        return Finished(scenario, run.moment(ended=True), fault)
