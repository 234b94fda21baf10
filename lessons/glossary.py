"""The glossary of a course: `glossary.md`, a list of symbols and terms; a course may do without one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lessons.course import Course, read_text
from lessons.errors import LessonError
from lessons.markup import Reader, groups, tokens
from lessons.model import (
    Assembly,
    Blank,
    Block,
    Bullets,
    Live,
    Math,
    Page,
    Prose,
    Question,
    Quote,
    Span,
    Spans,
    plain,
)

NAME = "glossary"
SHAPE = "write each entry as: - **term** (slug-of-a-screen): its meaning"
PLACE = re.compile(r" \(([a-z0-9-]+)\): *")
RAISED = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹ˡ⁺⁻ᵀᴸ")
SHORT = 2
"""A term of so few letters may be a word of its own: it is looked for in code and formulas alone."""


@dataclass(frozen=True)
class Entry:
    """A symbol or a term.

    Attributes:
        term: The symbol or term.
        screen: Slug of the screen that introduced it.
        meaning: What it means.
        line: The line of the file on which it stands, from 1.

    """

    term: str
    screen: str
    meaning: Spans
    line: int

    def stands_in(self, prose: str, code: str) -> bool:
        """Return whether the term stands in a text, whatever layer it is raised to.

        Args:
            prose: All of the text.
            code: The part of it that is code or formulas.

        """
        text = (code if len(self.term) <= SHORT else prose).translate(RAISED)
        return (
            re.search(rf"(?<!\w){re.escape(self.term)}(?!\w)", text, re.IGNORECASE * (len(self.term) > 3))
            is not None
        )


def has_glossary(course: Course) -> bool:
    """Return whether a course has a glossary."""
    return course.glossary.exists()


def load_glossary(course: Course) -> tuple[Entry, ...]:
    """Return the entries of a course's glossary, in the order of the file.

    Raises:
        LessonError: the file cannot be read, or is no title and list of entries.

    """
    if course.entries is not None:
        return course.entries
    path = course.glossary
    reader = Reader(path, 1)
    stream = list(groups(tokens(read_text(course.folder, path))))
    if not stream or stream[0][0].tag != "h1":
        raise LessonError(path, 1, "a glossary begins with its title, `# …`")
    entries: list[Entry] = []
    for group in stream[1:]:
        if group[0].type != "bullet_list_open":
            raise reader.error(group[0], f"a glossary is one list; {SHAPE}")
        for item in groups(group[1:-1]):
            parts = list(groups(item[1:-1]))
            if len(parts) != 1 or parts[0][0].type != "paragraph_open":
                raise reader.error(item[0], SHAPE)
            entry = _entry(reader.spans(parts[0][1]), reader.line(item[0]))
            if entry is None:
                raise reader.error(item[0], SHAPE)
            if any(entry.term == other.term for other in entries):
                raise reader.error(item[0], f"{entry.term} stands twice; keep one of them")
            entries.append(entry)
    if not entries:
        raise LessonError(path, 1, f"a glossary has at least one entry; {SHAPE}")
    course.entries = tuple(entries)
    return course.entries


def _entry(spans: Spans, line: int) -> Entry | None:
    if len(spans) < 2 or spans[0].style != "strong" or spans[1].style:
        return None
    place = PLACE.match(spans[1].text)
    if place is None:
        return None
    rest = spans[1].text[place.end() :]
    meaning = (*((Span(rest),) if rest else ()), *spans[2:])
    return Entry(spans[0].text, place[1], meaning, line) if meaning else None


def page_text(page: Page) -> tuple[str, str]:
    """Return all text of a page, and the part of it that is code or formulas."""
    spans: list[Span] = []
    for part in page.parts:
        if isinstance(part, Prose):
            spans += _spans(part.blocks)
        elif isinstance(part, Question | Blank | Assembly):
            spans += _spans(part.prompt)
        elif isinstance(part, Live):
            spans += [Span(symbol, "code") for symbol in part.symbols]
        if isinstance(part, Question):
            spans += [span for choice in part.choices for span in choice.spans]
        elif isinstance(part, Assembly):
            spans += [span for gap in part.gaps for span in gap.before]
            spans += [span for gap in part.gaps for choice in gap.choices for span in choice.spans]
    code = [span for span in spans if span.style == "code"]
    return _joined(spans), _joined(code)


def _joined(spans: list[Span]) -> str:
    return " ".join(span.text for span in spans)


def _spans(blocks: tuple[Block, ...]) -> list[Span]:
    found: list[Span] = []
    for block in blocks:
        match block:
            case Math(lines):
                found += [Span(line, "code") for line in lines]
            case Quote(paragraphs) | Bullets(paragraphs):
                found += [Span(plain(spans)) for spans in paragraphs]
                found += [span for spans in paragraphs for span in spans if span.style == "code"]
            case _:
                found += block.spans
    return found
