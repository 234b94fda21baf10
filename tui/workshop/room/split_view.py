"""How the question selected is split: a histogram in text, before and after, and the shift between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content
from textual.reactive import reactive

from lessons.layout import lay_out, resolved, wrap
from lessons.model import Choice, Question, Span
from tui.widgets.lines import MUTED, Lines, content, fill
from tui.workshop.room.desk import Desk
from tui.workshop.room.splits import SURENESS, Source, Split, before_and_after, shift, sources, split

SIGNS = dict(zip(SURENESS, "█▓░▒", strict=True))
"""What a bar is made of, by how sure they were."""
NAMES = {sure: sure or "not said" for sure in SURENESS}
WHEN = ("before", "after")
CELL = 5
SHORT = 8
"""Cells before the shift where it names no choice."""
COLOURS = ("$text-primary", "$text-accent")


class SplitView(Lines):
    """The question selected, and what the room makes of it; nothing of an open vote, which would sway it.

    Args:
        desk: What the instructor looks at.

    """

    DEFAULT_CSS = """
    SplitView { margin: 0; padding: 0 1 0 0; max-width: 120; }
    """

    shift_only: reactive[bool] = reactive(False, layout=True)
    both: reactive[bool] = reactive(False, layout=True)
    """Whether there is room for the histogram and the shift below each other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compared(self) -> list[Source]:
        """Return the answers before and after, or the only ones."""
        question = self.desk.question
        if question is None:
            return []
        return before_and_after(sources(self.desk.room, self.desk.selected, question.slug))

    @property
    def revealed(self) -> bool:
        """Whether the right answer is shown."""
        return self.desk.key in self.desk.revealed

    def lines(self, width: int) -> Sequence[Content]:
        """Return the question, and the histogram or the shift."""
        question = self.desk.question
        if question is None:
            nothing = f"{self.desk.called(self.desk.selected)} asks nothing with choices."
            return [content([line], MUTED) for line in wrap((Span(nothing),), width)]
        return list(self._lines(question, width))

    def _lines(self, question: Question, width: int) -> Iterator[Content]:
        for line in lay_out(question.prompt[-1:], width, self.desk.resolve):
            yield content([line], "bold")
        compared = self.compared()
        if any(source.open for source in compared):
            yield from self._open(question, compared[-1], width)
            return
        splits = [split(source.given, question) for source in compared]
        if self.shift_only and len(compared) == 2:
            yield from self._shift(question, compared, width)
        else:
            yield from self._histogram(question, compared, splits, width)
            if self.both and len(compared) == 2:
                yield Content("")
                yield from self._shift(question, compared, width)
        yield from self._right(question, compared, splits, width)

    def _heading(self, width: int, columns: str) -> Content:
        asked = self.desk.asked()
        which = f" ({min(self.desk.which, len(asked) - 1) + 1}/{len(asked)})" if len(asked) > 1 else ""
        return _over(f"{self.desk.called(self.desk.selected)}{which}", columns, width)

    def _open(self, question: Question, source: Source, width: int) -> Iterator[Content]:
        yield self._heading(width, "")
        yield Content("")
        for number, choice in enumerate(question.choices, start=1):
            yield from self._choice(number, choice, width)
        yield Content("")
        given, here = len(source.given), len(self.desk.room.here)
        room = max(1, width - len(" 300 of 300"))
        full = min(room, round(room * given / max(1, here)))
        yield Content.assemble(
            ("█" * full, "$text-accent"), ("░" * (room - full), MUTED), f" {given} of {here}"
        )
        how = f"The {source.name} is open. How it is split is shown when it is closed, lest it sways anybody."
        yield from (content([line], MUTED) for line in wrap((Span(how),), width))

    def _choice(self, number: int, choice: Choice, width: int) -> Iterator[Content]:
        right = self.revealed and choice.right
        said = resolved(choice.spans, self.desk.resolve)
        for line in wrap(said, width, first=f"{'✓' if right else ' '} {number}  "):
            yield content([line], "bold $text-success" if right else "")

    def _histogram(
        self, question: Question, compared: Sequence[Source], splits: Sequence[Split], width: int
    ) -> Iterator[Content]:
        sure = [
            each
            for each in SURENESS
            if any(counts[each] for part in splits for counts in part.counts.values())
        ]
        sure = [] if sure == [None] else [*SURENESS[:-1], *([None] if None in sure else [])]
        columns = f"{'n':>{CELL}}{'%':>{CELL}}" + "".join(f"{SIGNS[each]:>{CELL}}" for each in sure)
        yield self._heading(width, columns)
        for number, choice in enumerate(question.choices, start=1):
            yield from self._choice(number, choice, width)
            for at, part in enumerate(splits):
                when = WHEN[at] if len(splits) > 1 else ""
                counts = part.counts[choice.slug]
                numbers = f"{part.of(choice.slug):>{CELL}}{part.percent(choice.slug):>{CELL}}"
                numbers += "".join(f"{counts[each]:>{CELL}}" for each in sure)
                before = f"     {when:<7}" if when else "     "
                bar = bar_of(counts, part.chosen, width - len(before) - len(columns))
                yield Content.assemble(
                    (before, MUTED),
                    (bar, COLOURS[at]),
                    " " * (width - len(before) - len(bar) - len(numbers)),
                    numbers,
                )
        legend = [f"{SIGNS[each]} {NAMES[each]}" for each in sure]
        for at, (source, part) in enumerate(zip(compared, splits, strict=True)):
            when = f"{WHEN[at]}: " if len(splits) > 1 else ""
            besides = [
                f"{count} {what}"
                for count, what in (
                    (part.looked, "looked at the answer"),
                    (part.skipped, "skipped it"),
                    (part.other, "chose what is no choice any more"),
                )
                if count
            ]
            legend.append(f"{when}{', '.join([f'{part.chosen} answered in the {source.name}', *besides])}")
        yield Content("")
        yield from fill([Content.styled(each, MUTED) for each in legend], width, gap=3)

    def _shift(self, question: Question, compared: Sequence[Source], width: int) -> Iterator[Content]:
        before, after = compared
        full = width
        moved = shift(before.given, after.given)
        slugs = [choice.slug for choice in question.choices]
        columns = "".join(f"{number + 1:>{CELL}}" for number in range(len(slugs))) + f"{'all':>{CELL}}"
        if not self.shift_only:
            width = min(width, len(columns) + SHORT)
        ways = f"Down: the {before.name}. Across: the {after.name}."
        if len(ways) + len(columns) > width:
            yield Content.styled(ways, MUTED)
            ways = ""
        yield _over(ways, columns, width)
        for number, choice in enumerate(question.choices):
            if self.shift_only:
                name, *more = self._choice(number + 1, choice, width - len(columns))
            else:  # the choices stand above
                name, more = Content(f"  {number + 1}"), []
            cells = [moved[choice.slug, to] for to in slugs]
            row = [
                (f"{count or '·':>{CELL}}", "bold" if at == number else "") for at, count in enumerate(cells)
            ]
            yield name.pad_right(width - len(columns) - name.cell_length) + Content.assemble(
                *row, (f"{sum(cells):>{CELL}}", MUTED)
            )
            yield from more
        totals = [sum(moved[each, to] for each in slugs) for to in slugs]
        total = "".join(f"{count:>{CELL}}" for count in [*totals, sum(totals)])
        yield Content.styled(f"     {'all':<{max(0, width - 5 - len(total))}}{total}", MUTED)
        stayed = sum(moved[slug, slug] for slug in slugs)
        said = (
            f"{sum(totals)} answered both times: {stayed} stayed, {sum(totals) - stayed} changed their mind."
        )
        yield from (content([line]) for line in wrap((Span(said),), full))

    def _right(
        self, question: Question, compared: Sequence[Source], splits: Sequence[Split], width: int
    ) -> Iterator[Content]:
        if not self.revealed:
            yield Content.styled("r shows which one is right.", MUTED)
            return
        right = question.right.slug
        number = question.choices.index(question.right) + 1
        shares = [f"{part.percent(right)} %" for part in splits]
        if len(compared) == 1:
            said = f"✓ {number} is right: {shares[0]} chose it."
        else:
            moved = shift(compared[0].given, compared[1].given)
            came = sum(count for (first, then), count in moved.items() if first != right == then)
            left = sum(count for (first, then), count in moved.items() if first == right != then)
            shares_said = f"{shares[0]} before, {shares[1]} after"
            said = f"✓ {number} is right: {shares_said}; {came} came to it, {left} left it."
        yield from (content([line], "bold $text-success") for line in wrap((Span(said),), width))


def _over(name: str, columns: str, width: int) -> Content:
    """Return the line over some columns: what they are of, and their headings."""
    left = Content(name).truncate(width - len(columns), ellipsis=True, pad=True)
    return (left + columns).stylize(MUTED)


def bar_of(counts: Mapping[str | None, int], everybody: int, room: int) -> str:
    """Return a bar of a choice, its length the share of all, its parts how sure they were."""
    bar, so_far = "", 0
    for sure in SURENESS:
        so_far += counts[sure]
        bar += SIGNS[sure] * (round(room * so_far / max(1, everybody)) - len(bar))
    return bar
