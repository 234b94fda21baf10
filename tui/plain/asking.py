"""What the course asks, answered by typed lines: questions, numbers, and sentences to put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lessons.course import Course
from lessons.layout import wrap
from lessons.model import JOINT, Assembly, Blank, Block, Choice, Question, Span, Spans
from lessons.numbers import LONGEST, typed_number
from lessons.values import number, value
from tui.plain.stop import NotUnderstoodError, Stop, number_in
from tui.progress import CONFIDENCES, Answer
from tui.session import Session
from tui.telling import asking
from tui.telling.lines import WIDTH, lines
from tui.telling.told import Numbered


@dataclass(frozen=True)
class Asker:
    """Who asks: the course, the screen, and what is written down about the learner."""

    course: Course
    screen: str
    session: Session

    def resolve(self, expression: str) -> str:
        """Return the number that an expression of the prose stands for."""
        return value(self.course, expression)

    def blocks(self, blocks: tuple[Block, ...]) -> list[str]:
        """Return blocks as lines."""
        return lines(asking.with_numbers(block, self.resolve) for block in blocks)

    def text(self, before: str, spans: Spans) -> list[str]:
        """Return a text behind some words, as lines."""
        said = (Span(before), *asking.spoken(spans, self.resolve))
        return [line.text for line in wrap(said, WIDTH)]

    def numbered(self, choices: tuple[Choice, ...]) -> list[str]:
        """Return choices with their numbers, as lines."""
        return lines([Numbered(tuple(asking.spoken(each.spans, self.resolve) for each in choices))])


class Asking(Stop):
    """What has a name in the progress file, and perhaps hints.

    Args:
        asked: What is asked.
        asker: Who asks.

    """

    def __init__(self, asked: Question | Blank | Assembly, asker: Asker) -> None:
        self.slug = asked.slug
        self.asker = asker

    @property
    def answer(self) -> Answer | None:
        """What the learner did with it so far."""
        return self.asker.session.progress.answer(self.asker.screen, self.slug)

    def keep(self, answer: Answer) -> None:
        """Write an answer down."""
        self.asker.session.give(self.asker.screen, self.slug, answer)

    def next_hint(self, hints: tuple[Spans, ...]) -> list[str] | None:
        """Return the next hint, if there is one that was not taken."""
        taken = self.asker.session.progress.hints_taken(self.asker.screen, self.slug)
        if taken >= len(hints):
            return None
        self.asker.session.take_hint(self.asker.screen, self.slug, taken + 1)
        return self.asker.text("Hint: ", hints[taken])

    def help_word(self, hints: tuple[Spans, ...]) -> str:
        """Return what an `a` gives next."""
        taken = self.asker.session.progress.hints_taken(self.asker.screen, self.slug)
        return "a hint" if taken < len(hints) else "the answer"


class QuestionStop(Asking):
    """A question: a number takes a choice, a prediction's confidence is asked for, `a` gives hints."""

    def __init__(self, question: Question, asker: Asker) -> None:
        super().__init__(question, asker)
        self.question = question
        self.chosen: Choice | None = None
        self.warned = False

    @property
    def done(self) -> bool:  # type: ignore[override]
        """Whether it was answered, or its answer looked at."""
        return self.answer is not None and (self.answer.choice is not None or self.answer.looked)

    def told(self) -> Iterator[str]:
        """Yield the question and its choices, or what came of it."""
        yield asking.LABELS[self.question.kind]
        yield from self.asker.blocks(self.question.prompt)
        if self.done:
            yield from self._answered()
            return
        yield from self.asker.numbered(self.question.choices)
        taken = self.asker.session.progress.hints_taken(self.asker.screen, self.slug)
        for hint in self.question.hints[:taken]:
            yield from self.asker.text("Hint: ", hint)

    def offer(self) -> str:
        """Return what can be typed now."""
        if self.chosen:
            words = ", ".join(f"{at}: {each}" for at, each in enumerate(CONFIDENCES, start=1))
            return f"How sure are you? {words}. 0: another choice."
        count = len(self.question.choices)
        return f"1 to {count}: your answer. a: {self.help_word(self.question.hints)}. Enter: leave it open."

    @property
    def takes_enter(self) -> bool:  # type: ignore[override]
        """Whether an empty line keeps the choice without a confidence."""
        return self.chosen is not None

    def take(self, text: str) -> Iterator[str]:
        """Take a choice, a confidence or a wish for help."""
        if text.lower() in ("a", "hint", "answer"):
            yield from self._help()
        elif self.chosen is not None:
            yield from self._sure(text)
        elif at := number_in(text, len(self.question.choices)):
            choice = self.question.choices[at - 1]
            if self.question.kind == "predict":
                self.chosen = choice
                yield from self.asker.text("Your choice: ", choice.spans)
            else:
                self.keep(Answer(choice.slug))
                yield from self._answered()
        else:
            raise NotUnderstoodError

    def _sure(self, text: str) -> Iterator[str]:
        at = number_in(text, len(CONFIDENCES))
        if text == "0":
            self.chosen = None
            yield from self.asker.numbered(self.question.choices)
        elif at or not text:
            self._commit(CONFIDENCES[at - 1] if at else None)
            yield from self._answered()
        else:
            raise NotUnderstoodError

    def _help(self) -> Iterator[str]:
        if hint := self.next_hint(self.question.hints):
            yield from hint
        elif self.question.kind == "predict" and not self.warned:
            self.warned = True
            yield "A guess first teaches more. a again shows the answer."
        else:
            self.chosen = None
            self.keep(Answer(None, looked=True))
            yield from self._answered()

    def _commit(self, confidence: str | None) -> None:
        assert self.chosen is not None
        chosen, self.chosen = self.chosen, None
        self.keep(Answer(chosen.slug, confidence))

    def _answered(self) -> Iterator[str]:
        answer = self.answer
        mine = self.question.choice(answer.choice) if answer and answer.choice else None
        if self.question.kind == "predict" and mine is not None:
            sure = f" ({answer.confidence})" if answer and answer.confidence else ""
            yield from self.asker.text(f"Your prediction is kept{sure}: ", mine.spans)
            return
        if mine is not None and not mine.right:
            yield from self.asker.text("Not so: ", mine.spans)
            yield from self.asker.blocks(mine.feedback)
        yield from self.asker.text(
            "Right: " if mine and mine.right else "Right is: ", self.question.right.spans
        )
        yield from self.asker.blocks(self.question.right.feedback)

    def leave(self) -> None:
        """Keep a choice whose confidence was not said."""
        if self.chosen is not None:
            self._commit(None)


class BlankStop(Asking):
    """A number to work out and to type, judged against the engine's."""

    def __init__(self, blank: Blank, asker: Asker) -> None:
        super().__init__(blank, asker)
        self.blank = blank
        self.truth = number(asker.course, blank.answer)

    def _near(self, text: str, truth: float) -> bool:
        found = typed_number(text)
        return found is not None and abs(found - truth) <= self.blank.tolerance

    @property
    def done(self) -> bool:  # type: ignore[override]
        """Whether the right number was typed, or the answer looked at."""
        answer = self.answer
        return answer is not None and (answer.looked or self._near(answer.choice or "", self.truth))

    def told(self) -> Iterator[str]:
        """Yield what is asked, and how it stands."""
        yield "Work out:"
        yield from self.asker.blocks(self.blank.prompt)
        if self.done:
            yield from self._found()
        elif self.answer and self.answer.choice:
            yield from self._judged(self.answer.choice)

    def offer(self) -> str:
        """Return what can be typed now."""
        return f"A number, such as −0.5 or −1/2. a: {self.help_word(self.blank.hints)}. Enter: leave it open."

    def take(self, text: str) -> Iterator[str]:
        """Judge a number, or help."""
        if text.lower() in ("a", "hint", "answer"):
            hint = self.next_hint(self.blank.hints)
            if hint is None:
                self.keep(Answer(None, looked=True))
            yield from hint or self._found()
            return
        typed = "".join(text.split())
        if len(typed) > LONGEST or typed_number(typed) is None:
            raise NotUnderstoodError("That is no number.")
        if self.answer is None or self.answer.choice != typed:
            self.keep(Answer(typed))
        yield from self._found() if self.done else self._judged(typed)

    def _judged(self, typed: str) -> Iterator[str]:
        mirrored = self._near(typed, -self.truth)
        why = "the size is right, mind the sign." if mirrored else "not yet. Try again, or type a for a hint."
        yield f"{typed}: {why}"

    def _found(self) -> Iterator[str]:
        exact, answer = self.asker.resolve(self.blank.answer), self.answer
        if answer is None or answer.looked or answer.choice is None:
            yield f"The answer: {exact}."
        else:
            same = answer.choice.replace("-", "−") == exact
            yield f"{answer.choice}: right." + ("" if same else f" Computed: {exact}.")
        yield from self.asker.blocks(self.blank.reason)


class AssemblyStop(Asking):
    """Sentences to put together, a gap at a time; then each is judged, and a wrong one can be chosen anew."""

    def __init__(self, assembly: Assembly, asker: Asker) -> None:
        super().__init__(assembly, asker)
        self.assembly = assembly
        before = assembly.taken(self.answer.choice) if self.answer and self.answer.choice else None
        self.taken: list[Choice | None] = list(before) if before else [None] * len(assembly.gaps)
        self.gap: int | None = None if before else 0
        self.looked = self.answer is not None and self.answer.looked

    @property
    def wrong(self) -> list[int]:
        """The gaps whose piece does not hold, from 0, once all are judged."""
        return [at for at, each in enumerate(self.taken) if self.gap is None and each and not each.right]

    @property
    def done(self) -> bool:  # type: ignore[override]
        """Whether every piece holds, or the answer was looked at."""
        return self.looked or (self.gap is None and not self.wrong)

    def told(self) -> Iterator[str]:
        """Yield what is asked, and how it stands."""
        yield from self.asker.blocks(self.assembly.prompt)
        yield from self._now()

    def _now(self) -> Iterator[str]:
        yield ""
        if self.looked:
            for at, choice in enumerate(self.assembly.right):
                yield from self._sentence("", at, choice)
            yield "This is the whole answer."
        elif self.gap is None:
            yield from self._judged()
        else:
            gap = self.assembly.gaps[self.gap]
            yield from self.asker.text(
                f"Gap {self.gap + 1} of {len(self.taken)}: ", (*gap.before, Span(" …"))
            )
            yield from self.asker.numbered(gap.choices)

    def _judged(self) -> Iterator[str]:
        for at, choice in enumerate(self.taken):
            assert choice is not None
            yield from self._sentence(f"{at + 1}, {'right' if choice.right else 'not so'}: ", at, choice)
            if not choice.right:
                yield from self.asker.blocks(choice.feedback)
        if not self.wrong:
            yield "Every piece holds."

    def _sentence(self, before: str, at: int, choice: Choice) -> list[str]:
        return self.asker.text(before, (*self.assembly.gaps[at].before, Span(" "), *choice.spans))

    def offer(self) -> str:
        """Return what can be typed now."""
        if self.gap is None:
            numbers = ", ".join(str(at + 1) for at in self.wrong)
            return f"{numbers}: choose that anew. a: the answer. Enter: go on."
        undo = " 0: as it was." if all(self.taken) else " 0: the gap before." if self.gap else ""
        count = len(self.assembly.gaps[self.gap].choices)
        return f"1 to {count}: the piece.{undo} a: the answer. Enter: leave it open."

    def take(self, text: str) -> Iterator[str]:
        """Take a piece, or open one again."""
        if text.lower() in ("a", "answer"):
            if self.answer is None or (self.answer.choice is None and not self.answer.looked):
                self.keep(Answer(None, looked=True))
            self.looked = True
        elif self.gap is None:
            at = number_in(text, len(self.taken))
            if at is None or at - 1 not in self.wrong:
                raise NotUnderstoodError
            self.gap = at - 1
        elif text == "0" and all(self.taken):
            self.gap = None
        elif text == "0" and self.gap:
            self.gap -= 1
            self.taken[self.gap] = None
        elif at := number_in(text, len(self.assembly.gaps[self.gap].choices)):
            self._fill(self.assembly.gaps[self.gap].choices[at - 1])
        else:
            raise NotUnderstoodError
        yield from self._now()

    def _fill(self, choice: Choice) -> None:
        assert self.gap is not None
        again = all(self.taken)
        self.taken[self.gap] = choice
        if not again and self.gap + 1 < len(self.taken):
            self.gap += 1
            return
        self.keep(Answer(JOINT.join(each.slug for each in self.taken if each is not None)))
        self.gap = None
