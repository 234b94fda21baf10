"""A run that the learner starts, watches, stops and starts again."""

from __future__ import annotations

import os
import threading

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from engine.scenario import Scenario
from tui.messages import PartDone
from tui.runner import Moment, moments
from tui.widgets.curve import CostCurve
from tui.widgets.decision_map import DecisionMap
from tui.widgets.lines import MUTED

BAR = 24


def seconds_a_frame() -> float:
    """Return the shortest time between two frames: longer over SSH, where every byte is carried."""
    return 0.1 if os.environ.get("SSH_CONNECTION") else 1 / 30


class RunView(Vertical, can_focus=True):
    """Progress, cost curve, decision map, and how many weights have moved.

    Args:
        scenario: What to run.

    """

    DEFAULT_CSS = """
    RunView {
        height: auto;
        max-width: 100;
        margin: 0 0 1 0;
        #pictures { height: 9; }
        #progress { height: 1; }
        #numbers { height: auto; }
    }
    """
    BINDINGS = [Binding("enter,space", "start_or_stop", "run, stop", id="run.start")]

    moment: reactive[Moment | None] = reactive(None)
    running: reactive[bool] = reactive(False)

    class Came(Message):
        """A moment of a run has come.

        Attributes:
            run: The number of the run that it belongs to.
            moment: What there is to see.

        """

        def __init__(self, run: int, moment: Moment) -> None:
            super().__init__()
            self.run = run
            self.moment = moment

    class Failed(Message):
        """A run has ended with an error.

        Attributes:
            run: The number of the run.
            error: What went wrong.

        """

        def __init__(self, run: int, error: Exception) -> None:
            super().__init__()
            self.run = run
            self.error = error

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self.scenario = scenario
        self.run_number = 0
        self.stop = threading.Event()
        self.fault = ""

    def compose(self) -> ComposeResult:
        """Build the pictures and the lines of numbers."""
        data = self.scenario.split()
        network = self.scenario.network(data)
        self.total = network.weight_count
        yield Static(id="progress")
        with Horizontal(id="pictures"):
            yield CostCurve(self.scenario.steps)
            yield DecisionMap(data.train, network)
        yield Static(id="numbers")

    def on_mount(self) -> None:
        """Say what Enter will do."""
        self._show()

    def on_unmount(self) -> None:
        """Leave no thread behind."""
        self.stop.set()

    def action_start_or_stop(self) -> None:
        """Start the run, or stop it."""
        if self.running:
            self.stop.set()
            return
        self.run_number += 1
        self.stop = threading.Event()
        self.moment = None
        self.fault = ""
        self.running = True
        number, stop = self.run_number, self.stop
        self.run_worker(lambda: self._train(number, stop), thread=True, exit_on_error=False, group="run")

    def _train(self, number: int, stop: threading.Event) -> None:
        try:
            for moment in moments(self.scenario, stop, seconds_a_frame()):
                self.post_message(self.Came(number, moment))
        except Exception as error:  # a thread has nobody above it to tell
            self.post_message(self.Failed(number, error))

    def on_run_view_came(self, message: Came) -> None:
        """Show a moment, unless it is of a run that was left."""
        message.stop()
        if message.run == self.run_number:
            self.moment = message.moment
            if message.moment.ended:
                self.running = False
                if message.moment.step == self.scenario.steps:
                    self.post_message(PartDone(self))

    def on_run_view_failed(self, message: Failed) -> None:
        """Say why a run has ended."""
        message.stop()
        if message.run == self.run_number:
            self.fault = f"The run has ended: {message.error}"
            self.running = False

    def watch_moment(self, moment: Moment | None) -> None:
        """Pass what there is to see down to the pictures."""
        if not self.is_mounted:
            return
        self.query_one(CostCurve).points = moment.curve if moment else ()
        if moment:
            self.query_one(DecisionMap).network = moment.network
        self._show()

    def watch_running(self) -> None:
        """Say what Enter will do now."""
        if self.is_mounted:
            self._show()

    def watch_has_focus(self, value: bool) -> None:
        """Say whether Enter belongs to this part."""
        super().watch_has_focus(value)
        if self.is_mounted:
            self._show()

    def on_resize(self) -> None:
        """Fit the bar into the width."""
        self._show()

    def _show(self) -> None:
        moment, steps = self.moment, self.scenario.steps
        step = moment.step if moment else 0
        wide = max(
            4, min(BAR, self.size.width - len("Enter: train it again   step of ") - 2 * len(f"{steps:,}"))
        )
        filled = round(step / steps * wide)
        does = "stop" if self.running else "train it" if step == 0 else "train it again"
        key, style = ("Enter", "bold $text-accent") if self.has_focus else ("Tab", MUTED)
        self.query_one("#progress", Static).update(
            Content.assemble(
                (f"{key:<5}", style),
                (f" {does:<14} ", style if not self.has_focus else ""),
                ("█" * filled, "$text-accent"),
                ("░" * (wide - filled), MUTED),
                (f"  step {step:>{len(f'{steps:,}')},} of {steps:,}", ""),
            )
        )
        numbers = self.query_one("#numbers", Static)
        if self.fault:
            numbers.update(Content.styled(self.fault, "$text-error"))
        elif moment is None:
            numbers.update(Content.styled("Not trained yet.", MUTED))
        else:
            numbers.update(
                Content.assemble(
                    ("cost ", MUTED),
                    (f"{moment.curve[-1][1]:.6f}", "bold"),
                    ("   accuracy ", MUTED),
                    (f"{moment.accuracy:.2f}", "bold"),
                    ("   weights moved ", MUTED),
                    (f"{moment.moved} of {self.total}", "bold"),
                )
            )
