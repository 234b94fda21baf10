"""A switch for each layer, a guess, a run, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from engine.measures import Moment
from engine.scenario import Scenario
from engine.switches import layers_with_gradient, with_zero_layers
from engine.tables import Table
from lessons.parts.switchboard import Switchboard
from tui.widgets.lines import MUTED, Lines, fill
from tui.widgets.switch_results import GUESSES, KEPT, Result, Setting, results_table
from tui.widgets.table import table_content
from tui.widgets.training import Training

BAR = 12


class SwitchboardView(Lines, Training, can_focus=True):
    """Switches above, the latest results below, the newest last.

    Args:
        part: What is to be shown.
        scenarios: The scenarios of its variants, no layer switched to zero.

    """

    BINDINGS = [
        Binding("enter", "go", "run, pause", id="switches.go"),
        Binding("space", "guess", "guess", id="switches.guess"),
        Binding("1", "switch(1)", "switch layer", key_display="1…", id="switches.1"),
        *(
            Binding(str(number), f"switch({number})", show=False, id=f"switches.{number}")
            for number in range(2, 10)
        ),
        Binding("v", "vary", "other units", id="switches.vary"),
        Binding("r", "restart", "run anew", show=False, id="switches.restart"),
    ]

    setting: reactive[Setting] = reactive(Setting(frozenset(), 0))
    results: reactive[dict[Setting, Result]] = reactive(dict, always_update=True)

    def __init__(self, part: Switchboard, scenarios: Sequence[Scenario]) -> None:
        super().__init__()
        self.part = part
        self.scenario_of = tuple(scenarios)
        self.guess: bool | None = None
        self.run_of = self.setting

    @property
    def switches(self) -> range:
        """The numbers of the layers that have a switch."""
        return range(1, len(self.scenario_of[self.setting.variant].hidden) + 2)

    def scenario(self) -> Scenario:
        """Return what would be run now."""
        return with_zero_layers(self.scenario_of[self.setting.variant], self.setting.zeroed)

    @property
    def table(self) -> Table:
        """The latest results as a table."""
        return results_table(self.part, self.switches, self.results)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the switches, the results, and what can be done."""
        table = self.table
        keys = [column.key for column in table.columns]

        def style(row: int, key: str) -> str:
            text = str(table.rows[row][keys.index(key)])
            if key == "guess":
                return "$text-success" if "✓" in text else "$text-error" if "✗" in text else ""
            return "bold" if key == "alive" and text == "none" else ""

        drawn = table_content(table, style, width, gap=2) if table.rows else []
        if drawn and drawn[0].cell_length > width:
            table = results_table(self.part, self.switches, self.results, short=True)
            drawn = table_content(table, style, width, gap=2)
        empty = [Content("")] * (KEPT + 1 - len(drawn))
        return [*self._switches(width), Content(""), *drawn, *empty, self._says(width)]

    def _switches(self, width: int) -> list[Content]:
        pieces = []
        for layer in self.switches:
            zero = layer in self.setting.zeroed
            words = "zero" if zero else self.part.name
            pieces.append(
                Content.assemble(
                    (f"{layer} ", "bold $text-accent"),
                    ("layer ", MUTED),
                    (f" {words:<{max(4, len(self.part.name))}} ", "bold reverse" if zero else "bold"),
                )
            )
        units = self.part.variants[self.setting.variant].label
        pieces.append(
            Content.assemble(("v ", "bold $text-accent"), ("units ", MUTED), (f"{units:<8}", "bold"))
        )
        guess = Content.assemble(
            ("Space ", "bold $text-accent"), ("your guess: ", MUTED), (GUESSES[self.guess], "bold")
        )
        drawn = fill(pieces, width, gap=3)
        return [*drawn, guess] if len(drawn) == 1 else fill([*pieces, guess], width, gap=3)

    def _says(self, width: int) -> Content:
        if self.fault:
            return Content.styled(self.fault, "$text-error")
        if self.running:
            result = self.results.get(self.run_of)
            steps = self.scenario_of[self.run_of.variant].steps
            step = result.moment.step if result and result.moment else 0
            keys = f"Enter {'goes on' if self.paused else 'pauses'}, s stops. "
            # As wide at the last step as at the first, so that the bar keeps its width.
            count = f" step {step:,} of {steps:,}".ljust(len(f" step {steps:,} of {steps:,}"))
            bar = max(0, min(BAR, width - len(keys) - len(count)))
            filled = round(step / steps * bar)
            pieces = [
                (keys, ""),
                ("█" * filled, "$text-accent"),
                ("░" * (bar - filled), MUTED),
                (count.rstrip(), ""),
            ]
            return Content.assemble(*(piece for piece in pieces if piece[0]))
        if not self.has_focus:
            return Content.styled("Tab comes here.", MUTED)
        return Content.assemble(("Enter ", "bold $text-accent"), ("trains this network.", ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Change nothing about a network that is being trained."""
        if action in ("switch", "vary", "guess"):
            return not self.running
        return super().check_action(action, parameters)

    def _change(self, setting: Setting) -> None:
        self.setting = setting
        known = self.results.get(setting)
        self.guess = known.guess if known else None

    def action_switch(self, number: int) -> None:
        """Switch a layer to zero, or back."""
        if number in self.switches:
            self._change(Setting(self.setting.zeroed ^ {number}, self.setting.variant))

    def action_vary(self) -> None:
        """Take other hidden units."""
        self._change(Setting(self.setting.zeroed, (self.setting.variant + 1) % len(self.scenario_of)))

    def action_guess(self) -> None:
        """Change the guess about a network that has not been trained."""
        if self.setting not in self.results:
            self.guess = {None: True, True: False, False: None}[self.guess]
            self.refresh()

    def action_restart(self) -> None:
        """Train the network from its beginning; its result becomes the newest."""
        if self.running:
            return
        scenario, self.run_of = self.scenario(), self.setting
        others = {each: result for each, result in self.results.items() if each != self.setting}
        self.results = {**others, self.setting: Result(self.guess, layers_with_gradient(scenario))}
        self.train([(0, scenario)])

    def moment_came(self, row: int, moment: Moment) -> None:
        """Fill in the newest result."""
        self.results[self.run_of].moment = moment
        self.refresh()

    def training_ended(self) -> None:
        """Say what can be done now."""
        self.refresh()
