"""A learner at the plain lesson: lines in, text out, no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from lessons.course import Course, load_course
from lessons.scenarios import load_scenarios
from tui.plain.asking import AssemblyStop, BlankStop, QuestionStop
from tui.plain.reader import PlainReader
from tui.plain.stop import Stop
from tui.plain.talk import PROMPT, Talk
from tui.session import Session, open_session

Manner = Literal["right", "wrong", "skipped"]
FEW = 20
TOUCHES = {
    "LossStop": ["0.2", "c", "7"],
    "LedgerStop": ["w", "2", "s", "s 3", "s 1000", "t", "r", "v"],
    "NudgesStop": ["d", "r", "h", "d"],
    "SwitchboardStop": ["3", "moves", "r", "moves", "1,2", "v"],
    "EditorStop": ["r", "b2[1] = 1", "W9[1,1] = 1", "b3 1 = 12", "b3 1 = 1", "r", *"aaaa", "z"],
    "PublishedStop": ["2", "r"],
    "TrialsStop": ["1 yes", "2 no", "r 1", "1 no", "r"],
    "VerdictStop": ["1 no", "r"],
}
"""What a curious learner types at each live part; `r` at all others."""


def short_course() -> Course:
    """Return the course with runs of a few steps."""
    course = load_course()
    course.scenarios = {
        name: replace(each, steps=min(each.steps, FEW), record_every=1)
        for name, each in load_scenarios(course).items()
    }
    return course


class Learner:
    """Takes the lesson by a function that says what is typed next.

    Args:
        path: The progress file.
        types: Returns the next line; raises EOFError when there is none.
        course: The course; one with short runs if left out.

    """

    def __init__(self, path: Path, types: Callable[[Learner], str], course: Course | None = None) -> None:
        self.course = course or short_course()
        self.session: Session = open_session(self.course.slug, path)
        self.said = ""
        self.types = types
        self.reader = PlainReader(self.course, self.session, Talk(self._read, self._write))

    def _write(self, text: str) -> None:
        self.said += text

    def _read(self) -> str:
        line = self.types(self)
        self.said += f"{line}\n"
        return line

    @property
    def at(self) -> Stop | None:
        """Where the learner does something, or None at the end of a page."""
        return self.reader.at

    @property
    def offer(self) -> str:
        """What can be typed now."""
        return self.said.removesuffix(PROMPT).rstrip("\n").rpartition("\n")[2]

    def learn(self, screen: str = "", *, recall: bool = False, lab: bool = False) -> Learner:
        """Take the lesson until it ends."""
        if screen:
            self.session.progress.screen, self.session.progress.page = screen, 0
        self.reader.run(recall=recall, lab=lab)
        return self

    @property
    def flat(self) -> str:
        """All that was said, as one line."""
        return " ".join(self.said.split())


def lines(*given: str) -> Callable[[Learner], str]:
    """Return what types some lines, and then nothing any more."""
    left = iter(given)

    def types(learner: Learner) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return types


def in_manner(manner: Manner, touched: bool = False) -> Callable[[Learner], str]:
    """Return what takes the whole course, answering all of it in a manner, and touching each live part."""
    left: dict[Stop, Iterable[str]] = {}

    def types(learner: Learner) -> str:
        stop = learner.at
        if stop is None:
            return "q" if learner.offer.startswith("This is the last page.") else ""
        if isinstance(stop, QuestionStop | BlankStop | AssemblyStop):
            return "" if manner == "skipped" else answer(stop, manner)
        if stop.takes_enter or not touched:
            return ""
        return next(iter(left.setdefault(stop, iter([*TOUCHES.get(type(stop).__name__, ["r"])]))), "")

    return types


def answer(stop: QuestionStop | BlankStop | AssemblyStop, manner: Manner) -> str:
    """Return what answers a question now."""
    right = manner == "right"
    if isinstance(stop, BlankStop):
        typed = f"{stop.truth + (not right):.4f}"
        return "" if stop.answer and stop.answer.choice == typed else typed
    if isinstance(stop, QuestionStop):
        choices = stop.question.choices
        if stop.chosen:
            return "3"
    elif stop.gap is None:
        return ""
    else:
        choices = stop.assembly.gaps[stop.gap].choices
    return str(next(at for at, each in enumerate(choices, start=1) if each.right == right))
