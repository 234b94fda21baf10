"""The same curve by textual-plotext; → draws the next one."""

import importlib

from textual.app import App, ComposeResult

from tests.benchmarks.terminal_peers.figures import costs

PlotextPlot = importlib.import_module("textual_plotext").PlotextPlot


class Curve(App[None]):
    BINDINGS = [("right", "draw", "")]
    frame = 0

    def compose(self) -> ComposeResult:
        self.plot = PlotextPlot()
        yield self.plot

    def on_mount(self) -> None:
        self.action_draw()

    def action_draw(self) -> None:
        self.frame += 1
        self.plot.plt.clear_data()
        self.plot.plt.ylim(0, 1.2)
        self.plot.plt.plot(*zip(*costs(self.frame), strict=True), marker="braille")
        self.plot.refresh()


Curve().run()
