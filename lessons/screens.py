"""From a Markdown file to a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lessons.directives import directive
from lessons.errors import LessonError
from lessons.markup import Reader, groups, tokens
from lessons.model import Page, Part, Prose, Screen, plain

if TYPE_CHECKING:
    from markdown_it.token import Token


def parse_screen(path: Path, slug: str, text: str) -> Screen:
    """Return the screen that a text describes: a heading, then pages with a horizontal rule between them.

    Args:
        path: The file, for errors.
        slug: The screen's name.
        text: The Markdown.

    Raises:
        LessonError: anything that the format does not know, with its line.

    """
    reader = Reader(path, 1)
    stream = list(groups(tokens(text)))
    if not stream or stream[0][0].tag != "h1":
        raise LessonError(path, 1, "a screen begins with its title, `# …`")
    spans = reader.spans(stream[0][1])
    if any(span.style == "value" for span in spans):
        raise LessonError(path, 1, "a title holds no {value}; write words")
    title = plain(spans)
    pages: list[list[Part]] = [[]]
    prose: list[Token] = []

    def close_prose() -> None:
        if prose:
            pages[-1].append(Prose(reader.blocks(prose)))
            prose.clear()

    for group in stream[1:]:
        head = group[0]
        if head.type == "hr":
            close_prose()
            if not pages[-1]:
                raise reader.error(head, "an empty page; put something between two rules")
            pages.append([])
        elif head.type == "colon_fence":
            close_prose()
            pages[-1].append(directive(path, slug, reader.line(head), head.info, head.content))
        else:
            prose.extend(group)
    close_prose()
    if not pages[-1]:
        raise LessonError(path, len(text.splitlines()), "an empty page; write something below the last rule")
    screen = Screen(slug, title, tuple(Page(tuple(parts)) for parts in pages))
    names = [asked.slug for asked in screen.asked()]
    for name in names:
        if names.count(name) > 1:
            raise LessonError(path, None, f"two questions are named {name}; give each a name of its own")
    return screen
