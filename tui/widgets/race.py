"""A few runs side by side: started together, a little of each at a time."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from engine.measures import MEASURES, Moment
from engine.scenario import Scenario
from lessons.parts.race import Race
from tui.messages import PartDone
from tui.widgets.curve import CURVE, braille
from tui.widgets.decision_map import LONG, map_rows
from tui.widgets.lines import MUTED, fill
from tui.widgets.picture import Picture, Row
from tui.widgets.training import Training

SCALE = 1.0
"""The cost at the upper edge of every lane's curve, so that lanes can be compared."""
FRAME = 5
"""Lines of a lane that are neither curve nor map: its name, and four numbers."""

LEAST_LANE = 18
"""Cells that a lane needs for its numbers, and one between two lanes."""


class Lane(Picture):
    """One run: its name, its cost curve, its decision map and its numbers, below each other.

    Args:
        label: What the lane is called.
        scenario: What is run in it.

    """

    DEFAULT_CSS = """
    Lane { width: 1fr; height: 100%; margin: 0 1 0 0; }
    """

    moment: reactive[Moment | None] = reactive(None, repaint=False)

    def __init__(self, label: str, scenario: Scenario) -> None:
        super().__init__()
        self.label = label
        self.take(scenario)

    def take(self, scenario: Scenario) -> None:
        """Show a scenario before its first step."""
        self.scenario = scenario
        split = scenario.split()
        self.data, self.begun = split.train, scenario.network(split)
        self.reach = float(abs(self.data.x).max()) * 1.05
        self.moment = None

    def watch_moment(self) -> None:
        """Show how far the run is now."""
        self.redraw()

    def rows(self) -> Sequence[Row]:
        """Return the lane in the room that it has."""
        columns = max(6, self.size.width)
        room = max(2, self.size.height - FRAME)
        curve_rows = max(1, room * 2 // 5)
        moment = self.moment
        points = moment.curve if moment else ()
        highest = max((cost for _, cost in points), default=0.0)
        # A curve that left the scale says so, and how far.
        cut = f"↑{highest:.0f}" if highest > SCALE else ""
        name = self.label[: max(1, columns - len(cut) - 1)]
        return [
            [(f"{name:<{columns - len(cut)}}", "bold"), (cut, "bold $text-warning")],
            *([(row, CURVE)] for row in braille(points, columns, curve_rows, self.scenario.steps, SCALE)),
            *map_rows(
                self.data,
                moment.network if moment else self.begun,
                self.reach,
                columns,
                max(1, room - curve_rows),
            ),
            *self._numbers(moment),
        ]

    @staticmethod
    def _numbers(moment: Moment | None) -> list[Row]:
        units = " and ".join(str(count) for count in moment.units) if moment else "·"
        said = {
            "step": f"{moment.step:,}" if moment else "·",
            "cost": MEASURES["cost"].text(moment) if moment else "·",
            "accuracy": MEASURES["accuracy"].text(moment) if moment else "·",
            "distinct": units,
        }
        return [[(f"{name:<9}", MUTED), (text, "bold")] for name, text in said.items()]


class RaceView(Training, can_focus=True):
    """Lanes beside each other, and above them what Enter does and how to read a lane.

    Args:
        part: What is to be shown.
        scenarios: The scenarios of its lanes.

    """

    DEFAULT_CSS = """
    RaceView {
        layout: vertical; width: 1fr; height: auto; max-width: 104; margin: 0 0 1 0;
        #state { height: auto; }
        #lanes { height: 13; }
        &.-narrow #lanes { layout: grid; grid-size: 2; grid-rows: 13; height: auto; }
    }
    """
    BINDINGS = [
        Binding("enter,space", "go", "run, pause", id="race.go"),
        Binding("r", "restart", "run anew", id="race.restart"),
    ]

    def __init__(self, part: Race, scenarios: Sequence[Scenario]) -> None:
        super().__init__()
        self.scenarios = tuple(scenarios)
        self.lanes = [
            Lane(each.label, scenario) for each, scenario in zip(part.variants, self.scenarios, strict=True)
        ]

    def compose(self) -> ComposeResult:
        """Put the lanes beside each other."""
        yield Static(id="state")
        with Horizontal(id="lanes"):
            yield from self.lanes

    def on_mount(self) -> None:
        """Say what Enter will do."""
        self.changed()

    def on_resize(self) -> None:
        """Put two lanes beside each other where there is no room for all."""
        self.set_class(self.size.width < LEAST_LANE * len(self.lanes), "-narrow")
        self.changed()

    def action_restart(self) -> None:
        """Start all lanes from their beginning."""
        for lane, scenario in zip(self.lanes, self.scenarios, strict=True):
            lane.take(scenario)
        self.train(list(enumerate(self.scenarios)), in_turns=True)

    def moment_came(self, row: int, moment: Moment) -> None:
        """Show a moment in its lane."""
        self.lanes[row].moment = moment

    def training_ended(self) -> None:
        """Let the focus go on when every lane is at its end."""
        self.changed()
        if not self.fault and all(
            lane.moment is not None and lane.moment.step == lane.scenario.steps for lane in self.lanes
        ):
            self.post_message(PartDone(self))

    def changed(self) -> None:
        """Say what Enter does now, and how far the run is."""
        if not self.is_mounted:
            return
        state = self.query_one("#state", Static)
        if self.fault:
            state.update(Content.styled(self.fault, "$text-error"))
            return
        does = "start all" if all(lane.moment is None for lane in self.lanes) else "start anew"
        if self.running:
            does = "go on" if self.paused else "pause"
        key, style = ("Enter", "bold $text-accent") if self.has_focus else ("Tab", MUTED)
        said = [
            Content.assemble((f"{key:<5} {does:<10}", style)),
            Content.styled(f"cost from 0 to {SCALE:g}, ↑ above; {LONG}", MUTED),
        ]
        state.update(Content("\n").join(fill(said, self.size.width, gap=2)))
