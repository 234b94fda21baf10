"""A network of twins and its equivalent one unit wide: run a line, and both are trained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from engine.measures import MEASURES, Measure, Moment
from engine.scenario import Scenario
from engine.side_by_side import PairMoment
from lessons.parts.trials import Trials
from lessons.parts.width_one import WidthOne
from tui.runner import Ongoing, OngoingPair
from tui.widgets.trials import TrialsView


def _of_pair(text: Callable[[PairMoment], str]) -> Callable[[Moment], str]:
    return lambda moment: text(moment) if isinstance(moment, PairMoment) else ""


class WidthOneView(TrialsView):
    """A table of pairs, a line each: both costs, and the largest difference of the outputs' z so far.

    Args:
        part: What is to be shown.
        scenarios: The networks of twins.

    """

    measures: ClassVar[Mapping[str, Measure]] = {
        "cost": Measure("cost, twins", MEASURES["cost"].text),
        "single": Measure("cost, one unit", _of_pair(lambda moment: f"{moment.single_cost:.6f}")),
        "gap": Measure("difference of z", _of_pair(lambda moment: f"{moment.gap:.1e}".replace("-", "−"))),
    }

    def __init__(self, part: WidthOne, scenarios: Sequence[Scenario]) -> None:
        super().__init__(Trials(part.variants, tuple(self.measures)), scenarios)

    def ongoing(self, scenario: Scenario) -> Ongoing:
        """Return what runs both networks."""
        return OngoingPair(scenario)
