"""The answers with their reasons, and what the learner answered."""

from __future__ import annotations

from lessons.course import Course
from lessons.layout import Resolve
from lessons.model import Assembly, Blank, Block, Choice, Paragraph, Question, Span, Spans
from lessons.numbers import typed_number
from lessons.parts.editor import Editor
from lessons.values import number
from lessons.wording import place_words
from tui.handout.asked import Posed
from tui.handout.document import Defined, Item
from tui.progress import Progress
from tui.telling.asking import spoken, with_numbers
from tui.telling.told import said


def answer(posed: Posed, resolve: Resolve) -> list[Item]:
    """Tell the right answer of a task first, and the reason of each choice."""
    match posed.task:
        case Question(prompt=prompt, choices=choices):
            return [*_asked(prompt, resolve), _reasons(choices, resolve)]
        case Blank(prompt=prompt, answer=expression, reason=reason):
            right = Paragraph((Span("Right: ", "strong"), Span(resolve(expression))))
            return [*_asked(prompt, resolve), right, *_blocks(reason, resolve)]
        case Assembly(gaps=gaps):
            told: list[Item] = []
            for count, gap in enumerate(gaps, start=1):
                before = (Span(f"Gap {count}: ", "strong"), *spoken(gap.before, resolve), Span(" …"))
                told += [Paragraph(before), _reasons(gap.choices, resolve)]
            return told
        case Editor(answer=changes, reason=reason):
            words = ", ".join(
                f"{place_words(each.layer, each.unit, each.input)} = {each.value:g}".replace("-", "−")
                for each in changes
            )
            return [
                Paragraph((Span("The fewest changes: ", "strong"), Span(f"{words}."))),
                *_blocks(reason, resolve),
            ]


def _asked(prompt: tuple[Block, ...], resolve: Resolve) -> list[Item]:
    """Return the question itself: the last block of what leads up to it."""
    return [*_blocks(prompt[-1:], resolve)]


def _blocks(blocks: tuple[Block, ...], resolve: Resolve) -> tuple[Block, ...]:
    return tuple(with_numbers(block, resolve) for block in blocks)


def _reasons(choices: tuple[Choice, ...], resolve: Resolve) -> Defined:
    numbered = sorted(enumerate(choices, start=1), key=lambda each: not each[1].right)
    return Defined(
        tuple(
            (
                (
                    Span(f"{'Right' if choice.right else 'Wrong'}, {count}: ", "strong"),
                    *spoken(choice.spans, resolve),
                ),
                _blocks(choice.feedback, resolve),
            )
            for count, choice in numbered
        )
    )


def own_answer(course: Course, posed: Posed, progress: Progress, resolve: Resolve) -> list[Item]:
    """Tell what the learner answered, how sure they were, and whether it was right."""
    task = posed.task
    if isinstance(task, Editor):
        return []
    given = progress.answer(posed.screen, task.slug)
    if given is None:
        return [_own((Span("none yet."),))]
    if given.choice is None:
        return [_own((Span("you looked it up." if given.looked else "you skipped it."),))]
    chosen = _chosen(course, task, given.choice)
    if chosen is None:
        return [said("You answered this before it was changed: your choice is no longer among those here.")]
    spans, right = chosen
    how = ", ".join(
        [*([given.confidence] if given.confidence else []), *(["after reading on"] if given.late else [])]
    )
    said_to_it = (Span(f" ({how}): " if how else ": "), Span("right." if right else "wrong.", "strong"))
    return [_own((*spoken(spans, resolve), *said_to_it))]


def _own(spans: Spans) -> Paragraph:
    return Paragraph((Span("Your answer: ", "strong"), *spans))


def _chosen(course: Course, task: Question | Blank | Assembly, given: str) -> tuple[Spans, bool] | None:
    """Return what an answer says, and whether it is right; None if the task has no such answer."""
    match task:
        case Question():
            choice = task.choice(given)
            return (choice.spans, choice.right) if choice else None
        case Blank():
            typed = typed_number(given)
            if typed is None:
                return None
            return (Span(given),), abs(typed - number(course, task.answer)) <= task.tolerance
        case Assembly():
            taken = task.taken(given)
            if taken is None:
                return None
            spans: list[Span] = []
            for count, each in enumerate(taken, start=1):
                spans += [Span(f"{'; ' if spans else ''}gap {count}: "), *each.spans]
            return tuple(spans), all(each.right for each in taken)
