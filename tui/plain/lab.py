"""The lab by typed lines: settings by number, steps, a ledger, a map in words."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import EngineError
from engine.measures import MEASURES, Moment
from lessons.lab import TASK, Setting, choice, ledger_table_of, scenario_of, settings
from tui.plain.running import cost_lines, figures
from tui.plain.stop import NotUnderstoodError, Stop, number_in
from tui.runner import Ongoing
from tui.telling.lines import wrapped
from tui.telling.pictures import decision_map_lines

NUMBERS = ("cost", "accuracy", "moved")
STEPS = 1_000
MOST_STEPS = 20_000


class SomeSteps(Ongoing):
    """A run of which only some steps are made at a time."""

    until = 0

    @property
    def over(self) -> bool:
        """Whether as many steps as were asked for have been made."""
        return super().over or self.step >= self.until

    @property
    def step(self) -> int:
        """How many updates have been made."""
        return self._last.step


class LabStop(Stop):
    """A network of the learner's own."""

    def __init__(self) -> None:
        self.chosen: dict[str, str] = {}
        self.setting: Setting | None = None
        self._begin()

    def _begin(self) -> None:
        self.run = SomeSteps(scenario_of(self.chosen), every=1)
        self.broken = False

    def told(self) -> Iterator[str]:
        """Yield the settings, and the network as it is."""
        yield "The lab: a network of your own."
        yield TASK
        yield from self._settings()
        yield from self._now()

    def _settings(self) -> Iterator[str]:
        for at, setting in enumerate(settings(self.chosen), start=1):
            yield f"  {at}. {setting.label}: {choice(self.chosen, setting)}"

    def _now(self) -> Iterator[str]:
        moment = self._moment()
        yield ""
        said = ", ".join(f"{MEASURES[name].heading} {MEASURES[name].text(moment)}" for name in NUMBERS)
        yield f"Step {moment.step:,}: {said}."
        yield from figures(ledger_table_of(self.run.scenario, moment))

    def _moment(self) -> Moment:
        return self.run.moment()

    def offer(self) -> str:
        """Return what can be typed now."""
        if self.setting:
            return f"1 to {len(self.setting.choices)}: {self.setting.label}. Enter: leave it as it is."
        last = len(settings(self.chosen))
        return f"1 to {last}: setting. r, s: 1,000 steps, one. c: map. z: anew. l: list. Enter: out."

    @property
    def takes_enter(self) -> bool:  # type: ignore[override]
        """Whether an empty line leaves a setting as it is."""
        return self.setting is not None

    def take(self, text: str) -> Iterator[str]:
        """Change a setting, make steps, or show."""
        word, *counts = text.lower().split() or [""]
        if self.setting is not None:
            yield from self._choose(text)
        elif at := number_in(text, len(settings(self.chosen))):
            self.setting = settings(self.chosen)[at - 1]
            now = choice(self.chosen, self.setting)
            for number, each in enumerate(self.setting.choices, start=1):
                yield f"  {number}. {each}{', as it is now' if each == now else ''}"
        elif word in ("r", "run") and not counts:
            yield from self._steps(STEPS)
        elif word in ("s", "step"):
            yield from self._steps(_count(counts))
        elif word == "z":
            self._begin()
            yield from self._now()
        elif word == "l":
            yield from self._settings()
        elif word == "c":
            moment = self._moment()
            yield from cost_lines(moment)
            yield from decision_map_lines(moment.data, moment.network)
        else:
            raise NotUnderstoodError

    def _choose(self, text: str) -> Iterator[str]:
        assert self.setting is not None
        at = number_in(text, len(self.setting.choices))
        if at is None and text not in ("", "0"):
            raise NotUnderstoodError
        setting, self.setting = self.setting, None
        if at is None:
            yield "It stays as it is."
            return
        self.chosen[setting.key] = setting.choices[at - 1]
        self._begin()
        yield f"{setting.label}: {setting.choices[at - 1]}. The network begins anew."
        yield from self._now()

    def _steps(self, count: int) -> Iterator[str]:
        if self.broken:
            yield "The run has ended. z begins anew."
            return
        self.run.until = self.run.step + count
        try:
            while not self.run.over:
                self.run.go_on()
        except KeyboardInterrupt:
            # What generates the steps ends with it.
            self.broken = True
            yield f"Stopped at step {self.run.step:,}."
        except EngineError as error:
            self.broken = True
            yield from wrapped(f"The run has ended: {error}")
        yield from self._now()


def _count(words: list[str]) -> int:
    if not words:
        return 1
    if len(words) == 1 and words[0].isascii() and words[0].isdecimal() and len(words[0]) < 6:
        count = int(words[0])
        if 1 <= count <= MOST_STEPS:
            return count
    raise NotUnderstoodError(f"Steps are a number from 1 to {MOST_STEPS:,}.")
