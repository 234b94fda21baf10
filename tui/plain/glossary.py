"""The glossary by typed words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from lessons.errors import LessonError
from lessons.glossary import Entry, has_glossary, load_glossary, page_text
from lessons.layout import wrap
from lessons.model import Span, plain
from tui.plain.asking import Asker
from tui.progress import Progress
from tui.telling.asking import spoken
from tui.telling.lines import WIDTH, wrapped


def looked_up(asker: Asker, progress: Progress, term: str) -> Iterator[str]:
    """Yield what the glossary says.

    Args:
        asker: Knows the course, and its numbers.
        progress: Where the learner is.
        term: What was typed: a term, or a word of its meaning; "all" for every one, "" for those of the page.

    """
    course = asker.course
    if not has_glossary(course):
        yield "This course has no glossary."
        return
    try:
        entries = load_glossary(course)
        prose, code = page_text(course.screen(progress.screen).pages[progress.page])
    except LessonError as error:
        yield from wrapped(str(error))
        return
    if not term:
        found = [entry for entry in entries if entry.stands_in(prose, code)]
    elif term.lower() == "all":
        found = list(entries)
    else:
        found = _called(entries, term.lower())
    for entry in found:
        said = (Span(f"{entry.term}: "), *spoken(entry.meaning, asker.resolve))
        yield from (line.text for line in wrap(said, WIDTH, rest="  "))
    if not found:
        where = "of that name" if term else "on this page"
        yield f"The glossary has no term {where}. g all: every term."


def _called(entries: tuple[Entry, ...], typed: str) -> list[Entry]:
    """Return the terms of a name, or else those in whose meaning it stands."""
    named = [entry for entry in entries if _is_called(entry.term, typed)]
    return named or [entry for entry in entries if typed in plain(entry.meaning).lower()]


def _is_called(term: str, typed: str) -> bool:
    """Return whether a typed word is in a term; who cannot type δ types delta."""
    name = unicodedata.name(term, "") if len(term) == 1 else ""
    return typed in term.lower() or (name.startswith("GREEK") and name.lower().endswith(typed))
