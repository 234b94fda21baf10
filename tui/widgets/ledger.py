"""Who zeroed the gradient: the ledger of a scenario, at its first step or at any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from engine.ledger import Entry
from engine.scenario import Scenario
from lessons.drawing import LEGEND, drawing
from lessons.layout import wrap
from lessons.model import Span
from lessons.parts.ledger import LedgerTable
from lessons.wording import explain, power
from tui.stepping import MANY, Stepping
from tui.widgets.lines import MUTED, Lines, content, fill
from tui.widgets.table import table_content, table_rows

FACTORS = ("max_abs_delta", "max_abs_input", "max_abs_gradient")


class LedgerView(Lines, can_focus=True):
    """A line a layer: δ, a_prev, dW and the computed cause; below, the cause of the chosen line in words.

    All of it is of the examples that the next step takes.

    Args:
        part: What is to be shown; the ledger's entries for W are.
        scenarios: The scenarios of its variants.

    """

    BINDINGS = [
        Binding("up,k", "move(-1)", "layer", key_display="↑↓", id="ledger.up"),
        Binding("down,j", "move(1)", "layer", show=False, id="ledger.down"),
        Binding("enter,space", "step(1)", "step", id="ledger.step"),
        Binding("t", f"step({MANY})", f"{MANY} steps", id="ledger.many"),
        Binding("r", "restart", "step 0", id="ledger.restart"),
        Binding("v", "vary", "other case", id="ledger.vary"),
        *(
            Binding(str(number), f"choose({number})", show=False, id=f"ledger.{number}")
            for number in range(1, 10)
        ),
    ]

    row: reactive[int] = reactive(0, layout=True)
    variant: reactive[int] = reactive(0, layout=True)
    step: reactive[int] = reactive(0, layout=True)

    def __init__(self, part: LedgerTable, scenarios: Sequence[Scenario]) -> None:
        super().__init__()
        self.part = part
        self.scenarios = tuple(scenarios)
        self._begin()
        self.set_reactive(LedgerView.row, len(self.entries) - 1)

    def _begin(self) -> None:
        """Put the chosen variant to its first step."""
        self.now = Stepping(self.scenarios[self.variant], counts=self.part.steps)
        self._show()

    def _show(self) -> None:
        self.set_reactive(LedgerView.row, min(self.row, len(self.entries) - 1))
        self.set_reactive(LedgerView.step, self.now.step)
        self.refresh(layout=True)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger's entries for W."""
        return self.now.entries

    def lines(self, width: int) -> Sequence[Content]:
        """Return the table and the chosen line's causes."""
        table = self.now.table
        keys = [column.key for column in table.columns]

        def style(row: int, key: str) -> str:
            zero = key in FACTORS and table.rows[row][keys.index(key)] == 0
            emphasis = "bold $text-error" if zero else ""
            chosen = row == self.row and key == "layer" and not self.part.drawing
            return f"{emphasis} reverse".strip() if chosen else emphasis

        room = width if self.part.drawing else width - len("▸ ")
        gap = 2 if self.part.steps else 3
        if self.part.drawing:
            # The drawing says in its way what the sentences say.
            return [*self._heading(width), *table_content(table, style, room, gap)]
        headings, rows = table_rows(table, style, room, gap)
        marked = [Content("  ") + line for line in headings]
        for number, (line, *more) in enumerate(rows):
            mark = "▸ " if number == self.row else "  "
            marked.append(Content.styled(mark, "bold $text-accent") + line)
            marked += [Content("  ") + each for each in more]
        entry = self.entries[self.row]
        said = [Content.styled(f"  {power('dW', entry.layer)}, layer {entry.layer}:", "bold")]
        for sentence in explain(entry):
            said += [content([line]) for line in wrap((Span(sentence),), width, first="  • ")]
        # Every line's causes take the room of the longest, so that nothing below jumps.
        longest = max(len(each.causes) for each in self.entries)
        said += [Content("")] * (longest - len(entry.causes))
        return [*self._heading(width), *marked, Content(""), *said]

    def _heading(self, width: int) -> Iterator[Content]:
        if len(self.scenarios) > 1:
            cases = [
                Content.styled(
                    f"{'▸' if number == self.variant + 1 else ' '}{number} {each.label} ",
                    "reverse" if number == self.variant + 1 else MUTED,
                )
                for number, each in enumerate(self.part.variants, start=1)
            ]
            yield from fill(cases, width)
        if self.part.steps:
            step = Content.assemble(("step ", MUTED), (f"{self.step:,}", "bold"))
            takes = self.now.takes
            yield from fill([step, *([Content.styled(takes, MUTED)] if takes else [])], width, gap=3)
            if fault := self.now.fault:
                yield from (content([line], "$text-error") for line in wrap((Span(fault),), width))
        if self.part.drawing:
            yield from self._drawing(width)
        if len(self.scenarios) > 1 or self.part.steps or self.part.drawing:
            yield Content("")

    def _drawing(self, width: int) -> Iterator[Content]:
        """Draw the network; what is zero stands out as in the table."""
        for line in drawing(self.now.signals, width):
            yield Content.assemble(*((text, "bold $text-error" if zero else "") for text, zero in line))
        yield Content.styled(LEGEND, MUTED)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer steps and other cases only where there are some."""
        if action in ("step", "restart"):
            return self.part.steps
        if action in ("vary", "choose"):
            return len(self.scenarios) > 1
        if action == "move":
            return not self.part.drawing
        return True

    def action_step(self, count: int) -> None:
        """Make so many steps, or as many as are left."""
        if self.now.make(count):
            self._show()
        elif self.now.fault:
            self.refresh(layout=True)

    def action_restart(self) -> None:
        """Go back to the first step."""
        self._begin()

    def action_vary(self) -> None:
        """Take the next case, from its first step."""
        self.variant = (self.variant + 1) % len(self.scenarios)
        self._begin()

    def action_choose(self, number: int) -> None:
        """Take the case of that number, from its first step."""
        if number <= len(self.scenarios):
            self.variant = number - 1
            self._begin()

    def action_move(self, by: int) -> None:
        """Choose another line."""
        self.row = (self.row + by) % len(self.entries)
