"""Published figures beside those of a run here, digit by digit."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from engine.digits import ABSENT, agreeing, comparison
from engine.measures import Moment
from engine.predictions import accuracy
from engine.scenario import Scenario
from engine.tables import Table
from lessons.layout import wrap
from lessons.model import Span
from lessons.parts.published import Published
from lessons.published import Figures
from tui.messages import PartDone
from tui.runner import Ongoing
from tui.widgets.lines import MUTED, Lines, content, fill
from tui.widgets.table import table_content
from tui.widgets.training import Training

WITH_DIFFERENCE = 64
"""The least width at which the table has all its columns."""


class PublishedView(Lines, Training, can_focus=True):
    """A table, a row a published cost, filled by the run; the first digit that differs is reversed.

    Args:
        part: What is to be shown.
        scenarios: The scenarios of its variants.
        figures: What was published of each.

    """

    BINDINGS = [
        Binding("enter,space", "go", "run, pause", id="published.go"),
        Binding("v", "vary", "other start", id="published.vary"),
        Binding("r", "restart", "run anew", id="published.restart"),
        *(
            Binding(str(number), f"choose({number})", show=False, id=f"published.{number}")
            for number in range(1, 10)
        ),
    ]

    variant: reactive[int] = reactive(0, layout=True)
    found: reactive[dict[int, Moment]] = reactive(dict, always_update=True)

    def __init__(self, part: Published, scenarios: Sequence[Scenario], figures: Sequence[Figures]) -> None:
        super().__init__()
        self.part = part
        self.scenario_of = tuple(scenarios)
        self.figures = tuple(figures)
        self.reached: dict[int, dict[str, float]] = {}

    @property
    def table(self) -> Table:
        """The comparison of the chosen variant, as far as its run has come."""
        figures, moment = self.figures[self.variant], self.found.get(self.variant)
        return comparison(figures.every, figures.cost, dict(moment.curve) if moment else {})

    def lines(self, width: int) -> Sequence[Content]:
        """Return the variants, the table, the accuracies, and what Enter does."""
        # Where there is too little room, the marked digits must do.
        table = self.table if width >= WITH_DIFFERENCE else self.table.without("difference")
        drawn = table_content(table, lambda row, key: "bold" if key == "here" else "", width, gap=2)
        keys = [column.key for column in table.columns]
        starts = {
            key: drawn[0].plain.index(column.heading) for key, column in zip(keys, table.columns, strict=True)
        }
        marked = [drawn[0]]
        for line, row in zip(drawn[1:], table.rows, strict=True):
            theirs, ours = str(row[keys.index("published")]), str(row[keys.index("here")])
            if ours != ABSENT and ours != theirs and theirs != "inf":
                same, _ = agreeing(float(theirs), float(ours))
                at = starts["here"] + same
                line = line.stylize("reverse $text-warning", at, at + 1)
            marked.append(line)
        return [*self._heading(width), *marked, *self._accuracies(width), *self._says(width)]

    def _heading(self, width: int) -> list[Content]:
        cases = [
            Content.styled(
                f"{'▸' if number == self.variant + 1 else ' '}{number} {each.label} ",
                "reverse" if number == self.variant + 1 else MUTED,
            )
            for number, each in enumerate(self.part.variants, start=1)
        ]
        return fill(cases, width, gap=0)

    def _accuracies(self, width: int) -> list[Content]:
        figures, moment = self.figures[self.variant], self.found.get(self.variant)
        said = []
        for name, theirs in (("train", figures.train), ("test", figures.test)):
            ours = ABSENT
            if moment and moment.step == self.scenario_of[self.variant].steps:
                ours = f"{self.reached[self.variant][name]:.5g}"
            what = f"accuracy {name}: " if name == "train" else f"{name}: "
            said.append(
                Content.assemble((what, MUTED), (f"{theirs:.5g}", ""), (", here ", MUTED), (ours, "bold"))
            )
        return fill(said, width, gap=3)

    def _says(self, width: int) -> list[Content]:
        if self.fault:
            return [content([line], "$text-error") for line in wrap((Span(self.fault),), width)]
        if not self.has_focus:
            return [Content.styled("Tab comes here.", MUTED)]
        does = "run it here"
        if self.running:
            does = "go on" if self.paused else "pause"
        elif self.variant in self.found:
            does = "run it again"
        digits = "1" if len(self.part.variants) == 1 else f"1 to {len(self.part.variants)}"
        said = [
            Content.assemble(("Enter ", "bold $text-accent"), (does, "")),
            Content(f"{digits}: another start"),
            Content.styled("agree: how many digits do", MUTED),
        ]
        return fill(said, width, gap=3)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer another start only where there is one."""
        if action in ("vary", "choose"):
            return len(self.part.variants) > 1
        return super().check_action(action, parameters)

    def action_restart(self) -> None:
        """Run the chosen start from its beginning."""
        self.found = {row: moment for row, moment in self.found.items() if row != self.variant}
        self.train([(self.variant, self.scenario_of[self.variant])])

    def ongoing(self, scenario: Scenario) -> Ongoing:
        """Return what runs a start, with a cost for each that was published."""
        figures = self.figures[self.scenario_of.index(scenario)]
        return Ongoing(scenario, kept=range(0, figures.every * len(figures.cost), figures.every))

    def action_vary(self) -> None:
        """Take the next start."""
        self.action_choose((self.variant + 1) % len(self.part.variants) + 1)

    def action_choose(self, number: int) -> None:
        """Take the start of that number; a run of another one goes on."""
        if number <= len(self.part.variants):
            self.variant = number - 1

    def moment_came(self, row: int, moment: Moment) -> None:
        """Fill the table in, and at the end the accuracies."""
        if moment.step == self.scenario_of[row].steps:
            split = self.scenario_of[row].split()
            self.reached[row] = {
                "train": accuracy(moment.network, split.train),
                "test": accuracy(moment.network, split.test),
            }
        self.found = {**self.found, row: moment}

    def training_ended(self) -> None:
        """Let the focus go on when every start has been run."""
        self.refresh()
        whole = [
            self.found[row].step == each.steps
            for row, each in enumerate(self.scenario_of)
            if row in self.found
        ]
        if not self.fault and len(whole) == len(self.scenario_of) and all(whole):
            self.post_message(PartDone(self))
