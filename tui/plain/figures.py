"""Numbers to look up by typed lines: the loss at a p, a calculation, published figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.digits import comparison
from engine.loss_table import loss_table, push_table
from engine.measures import Moment
from engine.predictions import accuracy
from engine.scenario import Scenario
from engine.tables import Table
from lessons.numbers import typed_number
from lessons.parts.published import Published
from lessons.parts.steps import Steps
from lessons.published import Figures
from tui.plain.asking import Asker
from tui.plain.running import figures, in_words, running
from tui.plain.stop import NotUnderstoodError, Stop, number_in
from tui.runner import Ongoing
from tui.telling.lines import wrapped

LOWEST, HIGHEST = 0.01, 0.99
SOME = (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99)


class LossStop(Stop):
    """The loss for both labels at a p that is typed; with `curves`, also which way each label pushes z."""

    def __init__(self, start: float, *, curves: bool) -> None:
        self.p = start
        self.curves = curves

    def told(self) -> Iterator[str]:
        """Yield the table at p."""
        table = push_table(self.p) if self.curves else loss_table(self.p)
        yield from figures(table.without("p"), f"At p = {self.p:g}:")
        losses = [float(row[[column.key for column in table.columns].index("loss")]) for row in table.rows]
        if losses[0] == losses[1]:
            yield "The two losses are equal."
        else:
            yield f"The loss for y = {0 if losses[0] > losses[1] else 1} is larger."

    def offer(self) -> str:
        """Return what can be typed now."""
        return "A number from 0.01 to 0.99: a new p. c: the curves in numbers. Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Move p, or tell the curves."""
        if text.lower() in ("c", "curves"):
            yield from self._curves()
            return
        found = typed_number(text.removeprefix("p").strip().removeprefix("="))
        if found is None or not LOWEST <= found <= HIGHEST:
            raise NotUnderstoodError
        self.p = found
        yield from self.told()

    def _curves(self) -> Iterator[str]:
        tables = [loss_table(p) for p in SOME]
        columns = {column.key: column for column in tables[0].columns}
        heads = ("p", "loss", "delta")
        picked = tuple(columns[key] for key in heads)
        at = [list(columns).index(key) for key in heads]
        for label in (0, 1):
            rows = tuple(tuple(table.rows[label][index] for index in at) for table in tables)
            way = "rises" if label == 0 else "falls"
            yield from figures(Table(picked, rows), f"If y = {label}, the loss {way} all the way:")
            yield ""
        yield from wrapped("The two curves are mirror images. They cross once, at p = 0.5.")


class StepsStop(Stop):
    """A calculation: Enter tells its next line."""

    def __init__(self, part: Steps, asker: Asker) -> None:
        self.part = part
        self.asker = asker
        self.known = 1

    @property
    def takes_enter(self) -> bool:  # type: ignore[override]
        """Whether a line is left."""
        return self.known < len(self.part.steps)

    @property
    def done(self) -> bool:  # type: ignore[override]
        """Whether every line has been told."""
        return not self.takes_enter

    def told(self) -> Iterator[str]:
        """Yield the lines told so far."""
        for at in range(self.known):
            yield from self._step(at)

    def _step(self, at: int) -> Iterator[str]:
        step = self.part.steps[at]
        (*text,) = self.asker.text("", step.spans)
        yield " ".join(" ".join(text).split())
        yield from self.asker.blocks(step.note)

    def offer(self) -> str:
        """Return what can be typed now."""
        return f"Enter: the next line, {self.known + 1} of {len(self.part.steps)}. n: leave it, next page."

    def take(self, text: str) -> Iterator[str]:
        """Tell the next line."""
        if text:
            raise NotUnderstoodError
        self.known += 1
        yield from self._step(self.known - 1)


class PublishedStop(Stop):
    """Published figures beside those of a run here."""

    def __init__(self, part: Published, scenarios: Sequence[Scenario], published: Sequence[Figures]) -> None:
        self.part = part
        self.scenarios = tuple(scenarios)
        self.figures = tuple(published)
        self.variant = 0
        self.found: dict[int, Moment] = {}

    def told(self) -> Iterator[str]:
        """Yield the starts, and the figures of the chosen one."""
        yield "Starts:"
        yield from (f"  {at}. {each.label}" for at, each in enumerate(self.part.variants, start=1))
        yield from self._table()

    def _table(self) -> Iterator[str]:
        theirs, moment = self.figures[self.variant], self.found.get(self.variant)
        table = comparison(theirs.every, theirs.cost, dict(moment.curve) if moment else {})
        if moment is None:
            for key in ("here", "agree", "difference"):
                table = table.without(key)
        yield from figures(
            in_words(table), f"Start {self.variant + 1}, {self.part.variants[self.variant].label}:"
        )
        split = self.scenarios[self.variant].split()
        for name, share, data in (("train", theirs.train, split.train), ("test", theirs.test, split.test)):
            here = f"; here {accuracy(moment.network, data):.5g}" if moment and self._over(moment) else ""
            yield f"accuracy {name}: {share:.5g}{here}"

    def _over(self, moment: Moment) -> bool:
        return moment.step == self.scenarios[self.variant].steps

    def offer(self) -> str:
        """Return what can be typed now."""
        return f"1 to {len(self.scenarios)}: a start. r: run it here, and compare. Enter: go on."

    def take(self, text: str) -> Iterator[str]:
        """Choose a start, or run it."""
        if at := number_in(text, len(self.scenarios)):
            self.variant = at - 1
        elif text.lower() in ("v",):
            self.variant = (self.variant + 1) % len(self.scenarios)
        elif text.lower() in ("r", "run"):
            theirs = self.figures[self.variant]
            kept = range(0, theirs.every * len(theirs.cost), theirs.every)
            run = Ongoing(self.scenarios[self.variant], kept=kept)
            yield from running([run])
            self.found[self.variant] = run.moment(ended=True)
        else:
            raise NotUnderstoodError
        yield from self._table()
