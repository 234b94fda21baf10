"""This project's cost curve; → draws the next one."""

from textual.app import App, ComposeResult

from tests.benchmarks.terminal_peers.figures import STEPS, costs
from tui.widgets.curve import CostCurve


class Curve(App[None]):
    BINDINGS = [("right", "draw", "")]
    frame = 0

    def compose(self) -> ComposeResult:
        yield CostCurve(STEPS)

    def on_mount(self) -> None:
        self.action_draw()

    def action_draw(self) -> None:
        self.frame += 1
        self.query_one(CostCurve).points = costs(self.frame)


Curve().run()
