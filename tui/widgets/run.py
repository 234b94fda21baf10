"""A run that the learner starts, watches, stops and starts again."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from engine.measures import MEASURES, Moment
from engine.scenario import Scenario
from lessons.parts.run import Run
from tui.messages import PartDone
from tui.widgets.curve import CostCurve
from tui.widgets.decision_map import DecisionMap
from tui.widgets.heat_map import HeatMap
from tui.widgets.lines import MUTED
from tui.widgets.training import Training

BAR = 24
MARGINS = 6
"""Cells beside it on a page."""
LEAST_CURVE = 26
"""Cells that a curve needs beside a heat map."""


class RunView(Training, can_focus=True):
    """Progress, cost curve, a picture of the network, and a few numbers.

    Args:
        part: What is to be shown.
        scenario: What to run.

    """

    DEFAULT_CSS = """
    RunView {
        layout: vertical;
        width: 1fr;
        height: auto;
        max-width: 100;
        margin: 0 0 1 0;
        #pictures { height: 9; }
        &.-narrow #pictures { layout: vertical; height: auto; }
        &.-narrow CostCurve { height: 8; width: 1fr; }
        &.-narrow HeatMap { width: 1fr; max-width: 100%; margin: 1 0 0 0; }
        #progress { height: 1; }
        #numbers { height: auto; }
    }
    """
    BINDINGS = [
        Binding("enter,space", "go", "run, pause", id="run.go"),
        Binding("r", "restart", "run anew", id="run.restart"),
    ]

    moment: reactive[Moment | None] = reactive(None)

    def __init__(self, part: Run, scenario: Scenario) -> None:
        super().__init__()
        self.part = part
        self.scenario = scenario

    def compose(self) -> ComposeResult:
        """Build the pictures and the lines of numbers."""
        data = self.scenario.split()
        network = self.scenario.network(data)
        yield Static(id="progress")
        self.picture = DecisionMap(data.train, network) if self.part.picture == "map" else HeatMap(network)
        with Horizontal(id="pictures") as pictures:
            if isinstance(self.picture, HeatMap):
                self.picture.styles.height = self.picture.rows
                self._place(pictures, self.app.size.width - MARGINS)
            yield CostCurve(self.scenario.steps)
            yield self.picture
        yield Static(id="numbers")

    def on_mount(self) -> None:
        """Say what Enter will do."""
        self.changed()

    def _place(self, pictures: Widget, width: int) -> None:
        if isinstance(self.picture, HeatMap):
            narrow = width - self.picture.wide < LEAST_CURVE
            self.set_class(narrow, "-narrow")
            pictures.styles.height = None if narrow else self.picture.rows

    def action_restart(self) -> None:
        """Start the run from its beginning."""
        self.moment = None
        self.train([(0, self.scenario)])

    def moment_came(self, row: int, moment: Moment) -> None:
        """Show a moment."""
        self.moment = moment

    def training_ended(self) -> None:
        """Let the focus go on after a whole run; say why after a broken one."""
        self.changed()
        if self.moment is not None and self.moment.step == self.scenario.steps:
            self.post_message(PartDone(self))

    def watch_moment(self, moment: Moment | None) -> None:
        """Pass what there is to see down to the pictures."""
        if not self.is_mounted:
            return
        self.query_one(CostCurve).points = moment.curve if moment else ()
        if moment:
            self.picture.network = moment.network
        self.changed()

    def on_resize(self) -> None:
        """Fit the bar into the width, and put the pictures below each other where they do not fit."""
        if isinstance(self.picture, HeatMap):
            self._place(self.query_one("#pictures"), self.size.width)
        self.changed()

    @property
    def room(self) -> int:
        """The cells across; before its page is laid out, those that it is going to have."""
        return self.size.width or self.app.size.width - MARGINS

    def changed(self) -> None:
        """Say what Enter does now, and how far the run is."""
        if not self.is_mounted:
            return
        moment, steps = self.moment, self.scenario.steps
        step = moment.step if moment else 0
        wide = max(4, min(BAR, self.room - len("Enter  train it again  step  of ") - 2 * len(f"{steps:,}")))
        filled = round(step / steps * wide)
        does = "train it" if moment is None else "train it again"
        if self.running:
            does = "go on" if self.paused else "pause"
        key, style = ("Enter", "bold $text-accent") if self.has_focus else ("Tab", MUTED)
        self.query_one("#progress", Static).update(
            Content.assemble(
                (f"{key:<5}", style),
                (f" {does:<14} ", style if not self.has_focus else ""),
                ("█" * filled, "$text-accent"),
                ("░" * (wide - filled), MUTED),
                (f"  step {step:>{len(f'{steps:,}')},} of {steps:,}", ""),
            ),
            layout=False,
        )
        numbers = self.query_one("#numbers", Static)
        if self.fault:
            numbers.update(Content.styled(self.fault, "$text-error"))
            return
        lines = [Content.styled("Not trained yet.", MUTED)] if moment is None else self._measured(moment)
        # A frame without a layout takes half the time.
        numbers.update(Content("\n").join(lines), layout=len(lines) != numbers.size.height)

    def _measured(self, moment: Moment) -> list[Content]:
        lines = [Content("")]
        for name in self.part.numbers:
            measure = MEASURES[name]
            said = Content.assemble((f"{measure.heading} ", MUTED), (measure.text(moment), "bold"))
            if not lines[-1].cell_length:
                lines[-1] = said
            elif lines[-1].cell_length + 3 + said.cell_length <= self.room:
                lines[-1] = lines[-1] + "   " + said
            else:
                lines.append(said)
        return lines
