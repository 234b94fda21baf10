"""A network of twins and its equivalent one unit wide: run a line, and both are trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from engine.measures import Measure
from engine.scenario import Scenario
from engine.side_by_side import PAIR_MEASURES
from lessons.parts.trials import Trials
from lessons.parts.width_one import WidthOne
from tui.runner import Ongoing, OngoingPair
from tui.widgets.trials import TrialsView


class WidthOneView(TrialsView):
    """A table of pairs, a line each: both costs, and the largest difference of the outputs' z so far.

    Args:
        part: What is to be shown.
        scenarios: The networks of twins.

    """

    measures: ClassVar[Mapping[str, Measure]] = PAIR_MEASURES

    def __init__(self, part: WidthOne, scenarios: Sequence[Scenario]) -> None:
        super().__init__(Trials(part.variants, tuple(self.measures)), scenarios)

    def ongoing(self, scenario: Scenario) -> Ongoing:
        """Return what runs both networks."""
        return OngoingPair(scenario)
