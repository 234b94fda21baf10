"""Weights nudged alone, two together, and along paths: what the cost does."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from engine.nudges import Nudging, nudge_table, nudgings
from engine.scenario import Scenario
from lessons.layout import wrap
from lessons.model import Span
from lessons.parts.nudges import Nudges
from tui.messages import PartDone
from tui.widgets.lines import MUTED, Lines, content
from tui.widgets.table import table_content

HALVINGS = 3


class NudgesView(Lines, can_focus=True):
    """A line a kind of nudge, filled in when the learner asks for it; the size can be halved.

    Args:
        part: What is to be shown.
        scenario: The scenario whose first network is nudged.

    """

    BINDINGS = [
        Binding("enter,space", "go", "move them", id="nudges.go"),
        Binding("down,j", "resize(1)", "size", key_display="↑↓", id="nudges.smaller"),
        Binding("up,k", "resize(-1)", "size", show=False, id="nudges.larger"),
    ]

    halved: reactive[int] = reactive(0, layout=True)
    found: reactive[tuple[Nudging, ...]] = reactive((), layout=True)
    running: reactive[bool] = reactive(False)

    class Came(Message):
        """A kind of nudge has been tried; None: all have.

        Attributes:
            number: The number of the trial that it belongs to.
            nudging: What came of it.
            fault: What went wrong, or "".

        """

        def __init__(self, number: int, nudging: Nudging | None, fault: str = "") -> None:
            super().__init__()
            self.number = number
            self.nudging = nudging
            self.fault = fault

    def __init__(self, part: Nudges, scenario: Scenario) -> None:
        super().__init__()
        self.part = part
        self.scenario = scenario
        self.number = 0
        self.fault = ""
        self.done = False

    @property
    def by(self) -> float:
        """The size of a nudge now."""
        return float(self.part.by / 2**self.halved)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the size, the table, and what can be done."""
        size = Content.assemble(("size of a move, up or down: ", MUTED), (f"{self.by:g}", "bold"))
        kinds = 3
        table = table_content(nudge_table(self.found), lambda _, __: "", width, gap=2) if self.found else []
        rows = [*table, *[Content("")] * (kinds + 1 - len(table))]
        return [size, Content(""), *rows, Content(""), *self._says(width)]

    def _says(self, width: int) -> list[Content]:
        if self.fault:
            return [content([line], "$text-error") for line in wrap((Span(self.fault),), width)]
        return [self._offers()]

    def _offers(self) -> Content:
        if self.running:
            return Content.styled("Moving them …", MUTED)
        if not self.has_focus:
            return Content.styled("Tab comes here.", MUTED)
        if self.found:
            return Content.assemble(
                ("↓", "bold $text-accent"),
                ("  halve the size     ", MUTED),
                ("↑", "bold $text-accent"),
                ("  double it", MUTED),
            )
        return Content.assemble(("Enter", "bold $text-accent"), ("  move them, in every combination", MUTED))

    def action_go(self) -> None:
        """Try every nudge of the present size."""
        self.number += 1
        self.found, self.fault, self.running = (), "", True
        number, by = self.number, self.by
        self.run_worker(lambda: self._try(number, by), thread=True, exit_on_error=False, group="nudges")

    def _try(self, number: int, by: float) -> None:
        try:
            data = self.scenario.split()
            network, loss = self.scenario.network(data), self.scenario.loss
            for nudging in nudgings(network, data.train, by, loss, stopped=lambda: number != self.number):
                self.post_message(self.Came(number, nudging))
        except Exception as error:  # a thread has nobody above it to tell
            self.post_message(self.Came(number, None, str(error)))
        else:
            self.post_message(self.Came(number, None))

    def on_nudges_view_came(self, message: Came) -> None:
        """Fill in a line, unless it is of a size that was left."""
        message.stop()
        if message.number != self.number:
            return
        if message.nudging is not None:
            self.found = (*self.found, message.nudging)
            return
        self.running, self.fault = False, message.fault
        if self.fault:
            self.refresh(layout=True)
        if not self.fault and self.halved == HALVINGS and not self.done:
            self.done = True
            self.post_message(PartDone(self))

    def action_resize(self, halvings: int) -> None:
        """Take another size, and try it if one has been tried."""
        self.halved = max(0, min(HALVINGS, self.halved + halvings))
        if self.found or self.running:
            self.action_go()

    def on_unmount(self) -> None:
        """Let a trial that is left end early."""
        self.number += 1

    def on_focus(self) -> None:
        """Say where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """Say where the keys go."""
        self.refresh()
