"""Networks to look into and to change by typed lines: ledgers, nudges, switches, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.errors import EngineError
from engine.nudges import Nudging, nudge_table, nudgings
from engine.scenario import Scenario
from engine.switches import layers_with_gradient, with_zero_layers
from engine.wake import Awakening, Number, numbers, wake, with_numbers
from lessons.drawing import in_words as network_in_words
from lessons.numbers import typed_number
from lessons.parts.editor import Editor
from lessons.parts.ledger import LedgerTable
from lessons.parts.nudges import Nudges
from lessons.parts.switchboard import Switchboard
from lessons.wording import explain, power
from tui.plain.asking import Asker
from tui.plain.running import figures, in_words, running
from tui.plain.stop import NotUnderstoodError, Stop, number_in
from tui.runner import Ongoing
from tui.stepping import MANY, Stepping
from tui.telling.lines import table_lines, wrapped
from tui.telling.waking import LARGEST, RANGE, answer_of, number_words, said_of
from tui.widgets.switch_results import GUESSES, Result, Setting, results_table

HALVINGS = 3
MOST_STEPS = 1_000
PLACE = re.compile(r"([wb])\s*(\d)\s*[\s\[(]\s*(\d)\s*(?:[,\s]\s*(\d)\s*)?[\])]?\s*=\s*(\S+)", re.IGNORECASE)


class LedgerStop(Stop):
    """A ledger: a number chooses a case, `s` makes steps, `w` says why in words."""

    def __init__(self, part: LedgerTable, scenarios: Sequence[Scenario]) -> None:
        self.part = part
        self.scenarios = tuple(scenarios)
        self.variant = 0
        self.now = Stepping(self.scenarios[0], counts=part.steps)

    def told(self) -> Iterator[str]:
        """Yield the cases, and the ledger of the chosen one."""
        if len(self.scenarios) > 1:
            yield "Cases:"
            yield from (f"  {at}. {each.label}" for at, each in enumerate(self.part.variants, start=1))
        yield from self._ledger()

    def _ledger(self) -> Iterator[str]:
        if len(self.scenarios) > 1:
            yield f"Case {self.variant + 1}: {self.part.variants[self.variant].label}."
        if self.part.steps:
            takes = f"; {self.now.takes}" if self.now.takes else ""
            yield from wrapped(f"Step {self.now.step:,}{takes}.")
        if self.part.drawing:
            yield from (line for said in network_in_words(self.now.signals) for line in wrapped(said))
        yield from figures(self.now.table)

    def offer(self) -> str:
        """Return what can be typed now."""
        cases = f"1 to {len(self.scenarios)}: case. " if len(self.scenarios) > 1 else ""
        steps = "s: step. s 10: ten. r: step 0. " if self.part.steps else ""
        return f"{cases}{steps}w: why. Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Choose a case, make steps, or explain."""
        word, *counts = text.lower().split()
        case = number_in(text, len(self.scenarios)) if len(self.scenarios) > 1 else None
        if case:
            self._begin(case - 1)
            yield from self._ledger()
        elif word == "v" and len(self.scenarios) > 1:
            self._begin((self.variant + 1) % len(self.scenarios))
            yield from self._ledger()
        elif word in ("w", "why") and not counts:
            for entry in self.now.entries:
                said = " ".join(explain(entry))
                yield from wrapped(f"{power('dW', entry.layer)}, layer {entry.layer}: {said}")
        elif self.part.steps and word == "r" and not counts:
            self._begin(self.variant)
            yield from self._ledger()
        elif self.part.steps and word in ("s", "step", "t"):
            yield from self._steps(
                MANY if word == "t" else number_in(counts[0], MOST_STEPS - 1) if counts else 1
            )
        else:
            raise NotUnderstoodError

    def _begin(self, variant: int) -> None:
        self.variant = variant
        self.now = Stepping(self.scenarios[variant], counts=self.part.steps)

    def _steps(self, count: int | None) -> Iterator[str]:
        if count is None:
            raise NotUnderstoodError(f"Steps are a number from 1 to {MOST_STEPS - 1}.")
        if not self.now.make(count):
            yield from wrapped(self.now.fault or "The run is over: no step is left.")
        else:
            yield from self._ledger()


class NudgesStop(Stop):
    """Weights nudged alone, in pairs and along paths; the size can be halved."""

    def __init__(self, part: Nudges, scenario: Scenario) -> None:
        self.part = part
        self.scenario = scenario
        self.halved = 0
        self.found: tuple[Nudging, ...] = ()

    @property
    def by(self) -> float:
        """The size of a nudge now."""
        return float(self.part.by / 2**self.halved)

    def told(self) -> Iterator[str]:
        """Yield the size, and what came of it."""
        yield f"Size of a move, up or down: {self.by:g}."
        if self.found:
            yield from table_lines(nudge_table(self.found))

    def offer(self) -> str:
        """Return what can be typed now."""
        sizes = "h: half the size. d: double it. " if self.found else ""
        return f"r: move them, in all ways. {sizes}Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Move the weights, by the same size or another."""
        change = {"r": 0, "h": 1, "d": -1}.get(text.lower())
        if change is None:
            raise NotUnderstoodError
        halved = min(HALVINGS, max(0, self.halved + change))
        if change and halved == self.halved:
            yield f"The size goes from {self.part.by / 2**HALVINGS:g} to {self.part.by:g}."
            return
        self.halved, self.found = halved, ()
        data = self.scenario.split()
        network = self.scenario.network(data)
        found = list(nudgings(network, data.train, self.by, self.scenario.loss))
        self.found = tuple(found)
        yield from self.told()


class SwitchboardStop(Stop):
    """A switch for each layer; a guess, and a run that says."""

    def __init__(self, part: Switchboard, scenarios: Sequence[Scenario]) -> None:
        self.part = part
        self.scenarios = tuple(scenarios)
        self.setting = Setting(frozenset(), 0)
        self.guess: bool | None = None
        self.results: dict[Setting, Result] = {}

    @property
    def switches(self) -> range:
        """The numbers of the layers that have a switch."""
        return range(1, len(self.scenarios[self.setting.variant].hidden) + 2)

    def told(self) -> Iterator[str]:
        """Yield how the switches are, and the results so far."""
        yield from wrapped(self._switches())
        if self.results:
            yield from self._results()

    def _results(self) -> list[str]:
        table = results_table(self.part, self.switches, self.results)
        return figures(in_words(table), "In the first columns, the layers:")

    def _switches(self) -> str:
        layers = ", ".join(
            f"layer {layer} {'zero' if layer in self.setting.zeroed else self.part.name}"
            for layer in self.switches
        )
        units = self.part.variants[self.setting.variant].label
        guess = "open" if self.guess is None else GUESSES[self.guess]
        return f"{layers[0].upper()}{layers[1:]}; {units} units; your guess: {guess}."

    def offer(self) -> str:
        """Return what can be typed now."""
        last = self.switches[-1]
        return f"1 to {last}: switch. v: units. stuck, moves: guess. r: train. Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Switch, guess, or train."""
        word = text.lower()
        layers = [number_in(each, self.switches[-1]) for each in word.replace(",", " ").split()]
        if layers and all(layers):
            self._change(
                Setting(self.setting.zeroed ^ {each for each in layers if each}, self.setting.variant)
            )
            yield from wrapped(self._switches())
        elif word in ("v", "units"):
            self._change(Setting(self.setting.zeroed, (self.setting.variant + 1) % len(self.scenarios)))
            yield from wrapped(self._switches())
        elif word in ("stuck", "moves"):
            if self.setting in self.results:
                yield "It has been trained. A guess comes before that."
                return
            self.guess = word == "stuck"
            yield from wrapped(self._switches())
        elif word in ("r", "train"):
            yield from self._train()
        else:
            raise NotUnderstoodError

    def _change(self, setting: Setting) -> None:
        self.setting = setting
        known = self.results.get(setting)
        self.guess = known.guess if known else None

    def _train(self) -> Iterator[str]:
        scenario = with_zero_layers(self.scenarios[self.setting.variant], self.setting.zeroed)
        run = Ongoing(scenario)
        yield from running([run])
        self.results.pop(self.setting, None)
        alive = layers_with_gradient(scenario)
        self.results[self.setting] = Result(self.guess, alive, run.moment(ended=True))
        yield from self._results()


class EditorStop(Stop):
    """A small network whose numbers are set by name, until a step of training moves a weight."""

    def __init__(self, part: Editor, scenario: Scenario, asker: Asker) -> None:
        self.part = part
        self.scenario = scenario
        self.asker = asker
        split = scenario.split()
        self.data, self.start = split.train, scenario.network(split)
        self.places = frozenset(numbers(self.start))
        self.values: dict[Number, float] = {}
        self.result: Awakening | None = None
        self.helped = 0

    def told(self) -> Iterator[str]:
        """Yield the network, and what was changed."""
        shapes = []
        for number, layer in enumerate(self.start.layers, start=1):
            units, inputs = layer.W.shape
            shapes.append(f"W{number} is {units} by {inputs} (units by inputs), b{number} has {units}")
        yield from wrapped(f"Its numbers, all zero unless you change them: {'; '.join(shapes)}.")
        yield from wrapped(
            "W1[2,1] = 0.5 sets the weight in layer 1 of unit 2 from input 1; b2[1] = 1 sets a bias."
        )
        yield from self._now()

    def _now(self) -> Iterator[str]:
        if self.values:
            yield from wrapped(
                "Now "
                + ", ".join(
                    f"{_name(at)} = {number_words(self.values[at])}" for at in sorted(self.values, key=_order)
                )
                + "; all others are 0."
            )
        for said in said_of(
            self.part, self.scenario.steps, self.start.weight_count, len(self.values), self.result
        ):
            yield from wrapped(said.replace(" (*)", "").replace("→", "to").replace("• ", "- "))

    def offer(self) -> str:
        """Return what can be typed now."""
        help_word = "a hint" if self.helped < len(self.part.hints) else "an answer"
        return f"W1[2,1] = 0.5: set it. r: try. z: all zero. a: {help_word}. Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Set a number, try, or help."""
        word = text.lower()
        if word in ("r", "try"):
            yield from self._try()
        elif word == "z":
            self.values, self.result = {}, None
            yield "Every number is zero again."
        elif word in ("a", "hint", "answer"):
            yield from self._help()
        else:
            self._set(text)
            self.result = None
            yield from self._now()

    def _set(self, text: str) -> None:
        found = PLACE.fullmatch(text)
        if found is None:
            raise NotUnderstoodError
        kind, layer, unit, given, typed = found.groups()
        place = Number(int(layer), int(unit), int(given) if given else None)
        if (kind.lower() == "w") != bool(given) or place not in self.places:
            raise NotUnderstoodError("There is no such number.")
        number = typed_number(typed)
        if number is None or abs(number) > LARGEST or round(number, 2) != number:
            raise NotUnderstoodError(RANGE)
        self.values.pop(place, None)
        if number:
            self.values[place] = number

    def _try(self) -> Iterator[str]:
        try:
            self.result = wake(
                with_numbers(self.start, self.values),
                self.data,
                learning_rate=self.scenario.learning_rate,
                steps=self.scenario.steps,
                loss=self.scenario.loss,
            )
        except EngineError as error:
            yield from wrapped(str(error))
            return
        yield from self._now()
        if self.result.moved:
            names = ", ".join(_name(place) for place in sorted(self.result.moved, key=_order))
            yield from wrapped(f"Moved: {names}.")

    def _help(self) -> Iterator[str]:
        if self.helped < len(self.part.hints):
            yield from self.asker.text("Hint: ", self.part.hints[self.helped])
            self.helped += 1
            return
        yield from wrapped(f"An answer: {answer_of(self.part)}")
        yield from self.asker.blocks(self.part.reason)


def _name(place: Number) -> str:
    if place.input is None:
        return f"b{place.layer}[{place.unit}]"
    return f"W{place.layer}[{place.unit},{place.input}]"


def _order(place: Number) -> tuple[int, bool, int, int]:
    return place.layer, place.input is None, place.unit, place.input or 0
