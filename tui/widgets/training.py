"""Runs in a thread: what every widget shares that trains while keys are answered."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from engine.measures import Moment
from engine.scenario import Scenario
from tui.runner import Control, Ongoing, moments
from tui.terminal import Terminal

SWITCH = 0.001
"""Seconds that answering a key may wait for the thread that trains, each time that it takes turns."""


def seconds_a_frame(terminal: Terminal) -> float:
    """Return the shortest time between two frames: longer over SSH, where every byte is carried."""
    # A frame comes a little early at times: over SSH ten a second must not be exceeded.
    return 0.105 if terminal.remote else 0.08


class Training(Widget):
    """Trains scenarios one after another, or in turns, and tells `moment_came` what there is to see.

    A moment carries the number of the training that it belongs to: those of one that was left are dropped.
    Name it behind a base with CSS of its own: Textual takes default CSS from the first base alone.
    """

    BINDINGS = [Binding("s", "stop", "stop", id="training.stop")]

    running: reactive[bool] = reactive(False)
    paused: reactive[bool] = reactive(False)

    class Came(Message):
        """A moment has come.

        Attributes:
            number: The number of the training that it belongs to.
            row: Which of its scenarios it is of, from 0.
            moment: What there is to see.

        """

        def __init__(self, number: int, row: int, moment: Moment) -> None:
            super().__init__()
            self.number = number
            self.row = row
            self.moment = moment

    class Ended(Message):
        """A training is over.

        Attributes:
            number: The number of the training.
            fault: What went wrong, or "".

        """

        def __init__(self, number: int, fault: str) -> None:
            super().__init__()
            self.number = number
            self.fault = fault

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.control = Control()
        self.fault = ""

    def train(self, scenarios: Sequence[tuple[int, Scenario | Ongoing]], *, in_turns: bool = False) -> None:
        """Begin to train.

        Args:
            scenarios: (row, scenario) for each, or a run to go on with; `moment_came` is told the row.
            in_turns: Whether to train all of them a little at a time.

        """
        self.control.stop()
        self.number += 1
        self.control = Control()
        self.fault = ""
        self.paused = False
        self.running = True
        number, control = self.number, self.control
        sys.setswitchinterval(SWITCH)
        seconds = seconds_a_frame(getattr(self.app, "terminal", Terminal()))
        self.run_worker(
            lambda: self._train(number, control, tuple(scenarios), in_turns, seconds),
            thread=True,
            exit_on_error=False,
            group="training",
        )

    def ongoing(self, scenario: Scenario) -> Ongoing:
        """Return what runs a scenario."""
        return Ongoing(scenario)

    def _train(
        self,
        number: int,
        control: Control,
        scenarios: Sequence[tuple[int, Scenario | Ongoing]],
        in_turns: bool,
        seconds: float,
    ) -> None:
        try:
            runs = [
                (row, each if isinstance(each, Ongoing) else self.ongoing(each)) for row, each in scenarios
            ]
            streams = [(row, moments(run, control, seconds)) for row, run in runs]
            while streams:
                row, stream = streams[0]
                moment = next(stream)
                self.post_message(self.Came(number, row, moment))
                if moment.ended:
                    streams.pop(0)
                    if control.stopped:
                        break
                elif in_turns:
                    streams.append(streams.pop(0))
        except Exception as error:  # a thread has nobody above it to tell
            self.post_message(self.Ended(number, f"The run has ended: {error}"))
        else:
            self.post_message(self.Ended(number, ""))

    def pause_or_resume(self) -> None:
        """Pause the training, or let it go on."""
        if self.control.paused:
            self.control.resume()
        else:
            self.control.pause()
        self.paused = self.control.paused

    def action_stop(self) -> None:
        """End the training where it is."""
        self.control.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to stop only what is running."""
        return self.running if action == "stop" else True

    def action_go(self) -> None:
        """Begin the training, pause it, or let it go on."""
        if self.running:
            self.pause_or_resume()
        else:
            self.action_restart()

    def action_restart(self) -> None:
        """Begin the training from its beginning."""
        raise NotImplementedError

    def changed(self) -> None:
        """Show what the keys do now: something runs, waits or is over, or the focus has moved."""
        self.refresh()

    def watch_running(self) -> None:
        """Offer the keys that do something now."""
        self.refresh_bindings()
        self.changed()

    def watch_paused(self) -> None:
        """Say what the keys do now."""
        self.changed()

    def watch_has_focus(self, value: bool) -> None:
        """Say whether the keys belong to this part."""
        super().watch_has_focus(value)
        self.changed()

    def on_unmount(self) -> None:
        """Leave no thread behind."""
        self.control.stop()

    def on_training_came(self, message: Came) -> None:
        """Pass a moment on, unless it is of a training that was left."""
        message.stop()
        if message.number == self.number:
            self.moment_came(message.row, message.moment)

    def on_training_ended(self, message: Ended) -> None:
        """Note that a training is over."""
        message.stop()
        if message.number == self.number:
            self.fault = message.fault
            self.running = self.paused = False
            self.training_ended()

    def moment_came(self, row: int, moment: Moment) -> None:
        """Show what there is to see of a scenario."""
        raise NotImplementedError

    def training_ended(self) -> None:
        """Show that nothing is running any more; `fault` says why, if something went wrong."""
