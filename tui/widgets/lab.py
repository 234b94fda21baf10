"""The lab: settings to the left, a run of what they describe to the right, its ledger below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from engine.errors import EngineError
from engine.measures import MEASURES, Moment
from lessons.lab import TASK, choice, ledger_table_of, scenario_of, settings
from tui.runner import Ongoing
from tui.widgets.curve import CostCurve
from tui.widgets.decision_map import DecisionMap
from tui.widgets.lines import MUTED, fill
from tui.widgets.table import table_content
from tui.widgets.training import Training

NUMBERS = ("cost", "accuracy", "moved")
FIRST_STEPS = 1_000
MARGINS = 3
"""Cells left and right of the ledger, and one for the scroll bar."""
LEAST_WIDTH = 74
"""Cells that settings, curve and map need beside each other."""


class LabView(Training, can_focus=True):
    """A network of the learner's own: choose, step, run, pause, begin anew."""

    DEFAULT_CSS = """
    LabView {
        height: 1fr;
        layout: vertical;
        padding: 1 1 0 1;
        #top { height: 13; }
        #settings { width: 40; }
        CostCurve { width: 1fr; }
        DecisionMap { width: 1fr; }
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        #numbers { height: auto; margin: 0 0 1 0; }
        &.-tall #top { height: 20; }
        &.-tall DecisionMap { width: 40; }
        &.-large #top { height: 36; }
        &.-large DecisionMap { width: 72; }
        &.-narrow #top { height: 12; }
        &.-narrow CostCurve { display: none; }
        #task { margin: 1 0 0 1; }
        #ledger { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", "setting", key_display="↑↓", id="lab.up"),
        Binding("down,j", "move(1)", "setting", show=False, id="lab.down"),
        Binding("home", "go_to(0)", show=False, id="lab.first"),
        Binding("end", "go_to(-1)", show=False, id="lab.last"),
        Binding("left,h", "change(-1)", "change", key_display="←→", id="lab.less"),
        Binding("right,l", "change(1)", "change", show=False, id="lab.more"),
        Binding("enter", "go", "run, pause", id="lab.go"),
        Binding("space", "step", "one step", id="lab.step"),
        Binding("r", "restart", "begin anew", id="lab.restart"),
        Binding("pagedown", "page_down", "more below", key_display="PgDn", id="lab.more_below"),
        Binding("pageup", "page_up", show=False, id="lab.more_above"),
    ]

    row: reactive[int] = reactive(0)

    def __init__(self) -> None:
        super().__init__()
        self.chosen: dict[str, str] = {}
        self.run = Ongoing(scenario_of(self.chosen), every=1)
        self.shown: Moment | None = None

    def compose(self) -> ComposeResult:
        """Build the settings, the pictures and the lines below them."""
        moment = self.run.moment()
        with Horizontal(id="top"):
            yield Static(id="settings")
            self.curve = CostCurve(FIRST_STEPS)
            yield self.curve
            self.map = DecisionMap(moment.data, moment.network)
            yield self.map
        yield Static(id="numbers")
        yield Static(id="ledger")
        yield Static(Content.styled(TASK, MUTED), id="task")

    def on_mount(self) -> None:
        """Show the network before its first step."""
        self._show_settings()
        self.watch(self, "show_vertical_scrollbar", self.refresh_bindings, init=False)
        self.moment_came(0, self.run.moment())

    def on_resize(self) -> None:
        """Use the room: leave the curve away where there is too little, and draw the ledger anew."""
        self.set_class(self.size.width < LEAST_WIDTH, "-narrow")
        width, height = self.app.size
        self.set_class(width >= 100 and height >= 32, "-tall")
        self.set_class(width >= 140 and height >= 48, "-large")
        if self.shown and not self.fault:
            self.moment_came(0, self.shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll where there is something below."""
        return self.max_scroll_y > 0 if action == "page_down" else super().check_action(action, parameters)

    def moment_came(self, row: int, moment: Moment) -> None:
        """Show the network at a moment."""
        self.shown = moment
        right = FIRST_STEPS
        while right < moment.step:
            right *= 2
        self.curve.steps = right
        self.curve.points = moment.curve
        self.map.network = moment.network
        said = [Content.assemble(("step ", MUTED), (f"{moment.step:,}", "bold"))]
        for name in NUMBERS:
            measure = MEASURES[name]
            said.append(Content.assemble((f"{measure.heading} ", MUTED), (measure.text(moment), "bold")))
        lines = fill(said, self.app.size.width - MARGINS, gap=3)
        self.query_one("#numbers", Static).update(Content("\n").join(lines))
        self.query_one("#ledger", Static).update(Content("\n").join(self._ledger(moment)))

    def _ledger(self, moment: Moment) -> list[Content]:
        table = ledger_table_of(self.run.scenario, moment)
        zeros = ("max_abs_delta", "max_abs_input", "max_abs_gradient")
        keys = [column.key for column in table.columns]

        def style(row: int, key: str) -> str:
            return "bold $text-error" if key in zeros and table.rows[row][keys.index(key)] == 0 else ""

        return table_content(table, style, self.app.size.width - MARGINS, gap=2)

    def _show_settings(self) -> None:
        lines = []
        for number, setting in enumerate(settings(self.chosen)):
            here, shown = number == self.row, choice(self.chosen, setting)
            lines.append(
                Content.assemble(
                    ("▸ " if here else "  ", "bold $text-accent"),
                    (f"{setting.label:<19}", "bold" if here else MUTED),
                    (f"‹ {shown} ›" if here else f"  {shown}", "bold $text-accent" if here else ""),
                )
            )
        self.query_one("#settings", Static).update(Content("\n").join(lines))

    def watch_row(self) -> None:
        """Show where the cursor is."""
        if self.is_mounted:
            self._show_settings()

    def action_move(self, by: int) -> None:
        """Choose another setting."""
        self.row = (self.row + by) % len(settings(self.chosen))

    def action_go_to(self, row: int) -> None:
        """Choose the first setting, or the last one."""
        self.row = row % len(settings(self.chosen))

    def action_change(self, by: int) -> None:
        """Change the setting, and begin anew with it."""
        setting = settings(self.chosen)[self.row]
        at = setting.choices.index(choice(self.chosen, setting))
        self.chosen[setting.key] = setting.choices[(at + by) % len(setting.choices)]
        self._show_settings()
        self.action_restart()

    def action_restart(self) -> None:
        """Begin anew with the settings as they are."""
        self.control.stop()
        self.number += 1
        self.running = False
        self.fault = ""
        self.run = Ongoing(scenario_of(self.chosen), every=1)
        moment = self.run.moment()
        self.map.show(moment.data, moment.network)
        self.moment_came(0, moment)

    def action_go(self) -> None:
        """Run on from here, or pause."""
        if self.running:
            self.control.stop()
        elif not self.fault:
            self.train([(0, self.run)])

    def action_step(self) -> None:
        """Make one step, where nothing is running."""
        if not self.running and not self.fault:
            try:
                self.run.go_on()
            except EngineError as error:
                self.fault = f"The run has ended: {error}"
                self.training_ended()
            else:
                self.moment_came(0, self.run.moment())

    def training_ended(self) -> None:
        """Say why a run broke off."""
        if self.fault:
            self.query_one("#numbers", Static).update(Content.styled(self.fault, "$text-error"))
