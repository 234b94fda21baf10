"""Handouts, made once for all tests: the runs of the whole course take some seconds."""

from __future__ import annotations

import functools

from lessons.course import load_course
from tui.handout.course import Handout
from tui.handout.document import Document
from tui.handout.html import page
from tui.handout.markdown import markdown
from tui.progress import Answer, Progress


@functools.cache
def whole() -> Document:
    """Return the built-in course, with the answers of a learner."""
    course = load_course()
    progress = Progress(course.slug, answers=dict(answers()))
    return Handout(course, progress).document()


@functools.cache
def answers() -> dict[str, Answer]:
    """Return a wrong and certain answer to each question."""
    course = load_course()
    found = {}
    for lesson in course.lessons:
        for slug in lesson.screens:
            for question in course.screen(slug).questions():
                wrong = next(choice for choice in question.choices if not choice.right)
                found[f"{slug}/{question.slug}"] = Answer(wrong.slug, "certain")
    return found


@functools.cache
def as_markdown() -> str:
    """Return it as Markdown."""
    return markdown(whole())


@functools.cache
def as_page() -> str:
    """Return it as a web page."""
    return page(whole())


@functools.cache
def lesson_as_page(slug: str) -> str:
    """Return one lesson as a web page."""
    course = load_course()
    lesson = next(lesson for lesson in course.lessons if lesson.slug == slug)
    return page(Handout(course).document(lesson))
