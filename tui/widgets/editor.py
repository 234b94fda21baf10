"""Every number of a small network on the screen, to be changed until the network wakes up."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive

from engine.errors import EngineError
from engine.scenario import Scenario
from engine.wake import Awakening, Number, numbers, wake, with_numbers
from lessons.layout import Resolve, lay_out, resolved, wrap
from lessons.model import Span
from lessons.parts.editor import Editor
from lessons.wording import place_words, power
from tui.telling.waking import LARGEST, RANGE, answer_of, number_words, said_of
from tui.widgets import typed
from tui.widgets.lines import MUTED, Lines, content, fill

CELL = 7
"""A mark before, five characters of a number, and a mark behind."""


class EditorView(Lines, can_focus=True):
    """The matrices; the chosen number and what it is; and what came of the last try.

    Args:
        part: What is to be shown.
        scenario: The network, its data, learning rate and number of steps.
        resolve: Turns the expression of a value into its number.

    """

    BINDINGS = [
        Binding("up,k", "move(-1)", "choose", key_display="↑↓", id="editor.up"),
        Binding("down,j", "move(1)", "choose", show=False, id="editor.down"),
        Binding("enter", "go", "try it", id="editor.go"),
        Binding("pageup", "jump(-1)", show=False, id="editor.block_before"),
        Binding("pagedown", "jump(1)", show=False, id="editor.block_after"),
        Binding("home", "go_to(0)", show=False, id="editor.first"),
        Binding("end", "go_to(-1)", show=False, id="editor.last"),
        Binding("plus", "add(0.5)", "½ more", key_display="+", id="editor.plus"),
        Binding("minus", "minus", show=False, id="editor.minus"),
        Binding("full_stop,comma", "point", show=False, id="editor.point"),
        Binding("backspace", "rub_out", show=False, id="editor.rub_out"),
        *(Binding(str(digit), f"digit({digit})", show=False, id=f"editor.{digit}") for digit in range(10)),
        Binding("r", "restart", "all zero", id="editor.restart"),
        Binding("a", "help", "hint, answer", id="editor.help"),
    ]

    at: reactive[int] = reactive(0)
    typed: reactive[str] = reactive("")
    values: reactive[dict[Number, float]] = reactive(dict, always_update=True, layout=True)
    result: reactive[Awakening | None] = reactive(None, layout=True)
    helped: reactive[int] = reactive(0, layout=True)

    def __init__(self, part: Editor, scenario: Scenario, resolve: Resolve) -> None:
        super().__init__()
        self.part = part
        self.scenario = scenario
        self.resolve = resolve
        split = scenario.split()
        self.data, self.start = split.train, scenario.network(split)
        self.places = numbers(self.start)
        self.problem = ""
        self.negative = False

    @property
    def chosen(self) -> Number:
        """The place of the number that keys change."""
        return self.places[self.at]

    def lines(self, width: int) -> Sequence[Content]:
        """Return the matrices, the chosen number, and what came of the last try."""
        here = place_words(self.chosen.layer, self.chosen.unit, self.chosen.input)
        chosen = Content.assemble(("▸ ", "bold $text-accent"), (here, "bold" if self.has_focus else MUTED))
        said = [content([line]) for text in self._said() for line in wrap((Span(text),), width)]
        layers = self._matrices(width)
        # Layers below each other take the room of the empty line.
        stacked = len(layers) > 1 + max(layer.W.shape[0] for layer in self.start.layers)
        empty = [] if stacked else [Content("")]
        return [*layers, chosen, *empty, *said, *self._help(width), *self._keys(width)]

    def _matrices(self, width: int) -> list[Content]:
        """Return the layers beside each other; what there is no room for comes below."""
        lines: list[Content] = []
        beside: list[int] = []
        used = 0
        for number, layer in enumerate(self.start.layers, start=1):
            wide = (layer.W.shape[1] + 1) * CELL
            if beside and used + 1 + wide > width:
                lines += self._beside(beside)
                beside, used = [], 0
            beside.append(number)
            used += wide + (1 if used else 0)
        return [*lines, *self._beside(beside)]

    def _beside(self, layers: Sequence[int]) -> list[Content]:
        rows = max(self.start.layers[number - 1].W.shape[0] for number in layers)
        heading: list[tuple[str, str]] = []
        lines: list[list[tuple[str, str]]] = [[] for _ in range(rows)]
        for number in layers:
            units, inputs = self.start.layers[number - 1].W.shape
            names = (f"{power('W', number):^{inputs * CELL}}", f"{power('b', number):^{CELL}}")
            heading += [(names[0], MUTED), (names[1], MUTED), (" ", "")]
            for row in range(rows):
                for given in (*range(1, inputs + 1), None):
                    inside = row < units
                    lines[row].append(
                        self._cell(Number(number, row + 1, given)) if inside else (" " * CELL, "")
                    )
                lines[row].append((" ", ""))
        return [Content.assemble(*pieces) for pieces in (heading, *lines)]

    def _cell(self, place: Number) -> tuple[str, str]:
        here = place == self.chosen
        text = (
            self.typed.replace("-", "−") if here and self.typed else number_words(self.values.get(place, 0.0))
        )
        moved = "*" if self.result and place in self.result.moved else " "
        style = "bold" if place in self.values else MUTED
        if here:
            style = "bold reverse" if self.has_focus else "bold"
        return f"{'▸' if here else ' '}{text:>{CELL - 2}}{moved}", style

    def _said(self) -> list[str]:
        if self.problem:
            return [self.problem]
        return said_of(self.part, self.scenario.steps, self.start.weight_count, len(self.values), self.result)

    def _help(self, width: int) -> list[Content]:
        drawn = []
        if self.helped > len(self.part.hints):
            given = (Span("An answer: ", "strong"), Span(answer_of(self.part)))
            drawn += [content([line]) for line in wrap(given, width)]
            return [*drawn, *(content([line]) for line in lay_out(self.part.reason, width, self.resolve))]
        for hint in self.part.hints[: self.helped]:
            said = (Span("Hint: ", "strong"), *resolved(hint, self.resolve))
            drawn += [content([line]) for line in wrap(said, width)]
        return drawn

    def _keys(self, width: int) -> list[Content]:
        if not self.has_focus:
            return [Content.styled("Tab comes here.", MUTED)]
        keys = (
            ("Enter", f"tries {self.scenario.steps} steps."),
            ("digits − .", "set a number,"),
            ("+", "adds ½."),
        )
        said = [Content.assemble((f"{key} ", "bold $text-accent"), (does, "")) for key, does in keys]
        return fill(said, width, gap=2)

    def _set(self, value: float) -> None:
        if abs(value) > LARGEST:
            self._refuse()
            return
        others = {place: each for place, each in self.values.items() if place != self.chosen}
        self.result, self.problem, self.negative = None, "", False
        self.values = {**others, self.chosen: value} if value else others

    def _refuse(self) -> None:
        """Say why a key changed nothing."""
        self.problem = RANGE
        self.refresh(layout=True)

    def _end_typing(self) -> None:
        """Let the next digit begin a number, and drop what was said about the last one."""
        self.typed, self.negative, self.problem = "", False, ""
        self.refresh(layout=True)

    def _type(self, text: str) -> None:
        """Take what has been typed so far."""
        self.typed = text
        self._set(typed.value(text))

    def action_digit(self, digit: int) -> None:
        """Go on with a number, or begin one."""
        begun = self._begun()
        longer = typed.with_digit(begun, digit)
        if longer == begun and longer not in ("0", "-0"):
            self._refuse()
        else:
            self._type(longer)

    def action_point(self) -> None:
        """Go on behind the point."""
        self._type(typed.with_point(self._begun()))

    def _begun(self) -> str:
        """Return what a digit or a point goes on with."""
        return self.typed or ("-" if self.negative else "")

    def action_rub_out(self) -> None:
        """Take back the last character of the number, typed now or before."""
        number = self.typed or f"{self.values.get(self.chosen, 0.0):g}"
        self._type(number[:-1])

    def action_minus(self) -> None:
        """Change the sign of the number; a digit that follows at once begins a negative one."""
        value = self.values.get(self.chosen, 0.0)
        if self.typed or not value:
            self._type(typed.with_other_sign(self.typed))
        else:
            negative = not self.negative
            self._set(-value)
            self.negative = negative

    def action_add(self, by: float) -> None:
        """Add to the chosen number."""
        self.typed = ""
        self._set(round(self.values.get(self.chosen, 0.0) + by, 2))

    def action_move(self, by: int) -> None:
        """Choose another number."""
        self._end_typing()
        self.at = (self.at + by) % len(self.places)

    def action_go_to(self, at: int) -> None:
        """Choose the first number, or the last one."""
        self._end_typing()
        self.at = at % len(self.places)

    def action_jump(self, by: int) -> None:
        """Go to the first number of the next matrix or bias, or of the one before."""
        blocks = [(place.layer, place.input is None) for place in self.places]
        starts = [at for at, block in enumerate(blocks) if blocks.index(block) == at]
        here = starts.index(blocks.index(blocks[self.at]))
        self._end_typing()
        self.at = starts[(here + by) % len(starts)]

    def action_go(self) -> None:
        """Make the steps from these numbers, and say what came of it; the numbers stay."""
        self._end_typing()
        try:
            self.result = wake(
                with_numbers(self.start, self.values),
                self.data,
                learning_rate=self.scenario.learning_rate,
                steps=self.scenario.steps,
                loss=self.scenario.loss,
            )
        except EngineError as error:
            self.problem = str(error)
            self.refresh(layout=True)

    def action_restart(self) -> None:
        """Make every number zero again."""
        self._end_typing()
        self.values, self.result = {}, None

    def action_help(self) -> None:
        """Give the next hint; after the last, an answer with its reason."""
        self.helped = min(self.helped + 1, len(self.part.hints) + 1)
        self.bring_end_into_view()

    def watch_has_focus(self, value: bool) -> None:
        """Say where the keys go."""
        super().watch_has_focus(value)
        self.refresh()
