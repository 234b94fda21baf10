"""How long a lesson takes: its words, its questions and its live parts, at a steady pace."""

from __future__ import annotations

from lessons.course import Course, Lesson
from lessons.layout import lay_out, wrap
from lessons.model import Asked, Assembly, Block, Live, Page, Prose, Question, Spans

WORDS_A_MINUTE = 220
"""A slow reader of plain text; the mean for adults and non-fiction is 238 (Brysbaert 2019)."""
MINUTES_A_QUESTION = 0.2
MINUTES_A_LIVE_PART = 0.4
WIDE = 10_000


def minutes(course: Course, lesson: Lesson) -> float:
    """Return how many minutes a learner takes who reads all, answers all and runs all once.

    Raises:
        LessonError: a screen of the lesson cannot be read.

    """
    pages = [page for slug in lesson.screens for page in course.screen(slug).pages]
    parts = [part for page in pages for part in page.parts]
    return (
        sum(words(page) for page in pages) / WORDS_A_MINUTE
        + sum(isinstance(part, Asked) for part in parts) * MINUTES_A_QUESTION
        + sum(isinstance(part, Live) for part in parts) * MINUTES_A_LIVE_PART
    )


def words(page: Page) -> int:
    """Return how many words a learner reads on a page, the reason of each right answer among them."""
    blocks: list[Block] = []
    choices: list[Spans] = []
    for part in page.parts:
        if isinstance(part, Prose):
            blocks += part.blocks
        if isinstance(part, Asked):
            blocks += part.prompt
        if isinstance(part, Question):
            choices += [choice.spans for choice in part.choices]
            blocks += part.right.feedback
        if isinstance(part, Assembly):
            choices += [choice.spans for gap in part.gaps for choice in gap.choices]
    lines = lay_out(blocks, WIDE, lambda expression: "1")
    lines += [line for spans in choices for line in wrap(spans, WIDE)]
    return sum(len(line.text.split()) for line in lines)
