"""From a live part of a page to the widget that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from lessons.model import Live
from lessons.parts.activations import Activations
from lessons.parts.editor import Editor
from lessons.parts.ledger import LedgerTable
from lessons.parts.loss_curves import LossCurves
from lessons.parts.loss_table import LossTable
from lessons.parts.nudges import Nudges
from lessons.parts.published import Published
from lessons.parts.race import Race
from lessons.parts.review import Review
from lessons.parts.run import Run
from lessons.parts.steps import Steps
from lessons.parts.switchboard import Switchboard
from lessons.parts.trials import Trials
from lessons.parts.verdict import Verdict
from lessons.parts.width_one import WidthOne

if TYPE_CHECKING:
    from tui.widgets.context import Context


def live_widget(part: Live, context: Context) -> Widget:
    """Return a widget that shows a live part.

    Widgets that show numbers bring numpy with them, so they are imported when the first of them is needed.

    Raises:
        LessonError: the part names a scenario that the course does not have.

    """
    match part:
        case Review():
            from tui.widgets.review import ReviewView

            return ReviewView(context.course, context.answers, context.resolve)
        case Run():
            from tui.widgets.run import RunView

            return RunView(part, *context.scenarios(part))
        case LossTable(start):
            from tui.widgets.loss_table import LossTableView

            return LossTableView(start)
        case LossCurves(start):
            from tui.widgets.loss_curves import LossCurvesView

            return LossCurvesView(start)
        case LedgerTable():
            from tui.widgets.ledger import LedgerView

            return LedgerView(part, context.scenarios(part))
        case Trials():
            from tui.widgets.trials import TrialsView

            return TrialsView(part, context.scenarios(part))
        case Verdict():
            from tui.widgets.verdict import VerdictView

            return VerdictView(part, context.scenarios(part))
        case Steps():
            from tui.widgets.steps import StepsView

            return StepsView(part, context.resolve)
        case Nudges():
            from tui.widgets.nudges import NudgesView

            return NudgesView(part, *context.scenarios(part))
        case Activations():
            from tui.widgets.activations import ActivationsView

            return ActivationsView(*context.scenarios(part))
        case WidthOne():
            from tui.widgets.width_one import WidthOneView

            return WidthOneView(part, context.scenarios(part))
        case Race():
            from tui.widgets.race import RaceView

            return RaceView(part, context.scenarios(part))
        case Published():
            from lessons.published import published
            from tui.widgets.published import PublishedView

            figures = [published(context.course, name) for name in part.scenarios]
            return PublishedView(part, context.scenarios(part), figures)
        case Switchboard():
            from tui.widgets.switchboard import SwitchboardView

            return SwitchboardView(part, context.scenarios(part))
        case Editor():
            from tui.widgets.editor import EditorView

            (small,) = context.scenarios(part)
            return EditorView(part, small, context.resolve)
    raise TypeError(f"no widget for {part}")
