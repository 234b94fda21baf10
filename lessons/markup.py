"""From Markdown to blocks: a small, closed part of Markdown, and an error for everything else."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.errors import LessonError
from lessons.model import Block, Bullets, Math, Paragraph, Quote, Span, Spans, Style

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

ALLOWED = (
    "paragraphs, quotes, lists of one level, `math` fences, *emphasis*, **strong**, `code`, "
    "{value}`…`, {app}`…`"
)


@functools.cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.myst_role import myst_role_plugin

    return MarkdownIt("commonmark").use(colon_fence_plugin).use(myst_role_plugin)


def tokens(text: str) -> list[Token]:
    """Return the Markdown tokens of a text, with directives as `colon_fence` and roles as `myst_role`."""
    return _markdown().parse(text)


class Reader:
    """Turns a list of tokens into blocks.

    Args:
        path: The file, for errors.
        first_line: The line of the file, from 1, on which the tokens' text begins.

    """

    def __init__(self, path: Path, first_line: int) -> None:
        self.path = path
        self.first_line = first_line

    def line(self, token: Token) -> int:
        """Return the line in the file on which a token begins, from 1."""
        return self.first_line + (token.map[0] if token.map else 0)

    def error(self, token: Token, problem: str) -> LessonError:
        """Return an error that points at a token."""
        return LessonError(self.path, self.line(token), problem)

    def blocks(self, stream: Sequence[Token]) -> tuple[Block, ...]:
        """Return the blocks of a stream of tokens; raise `LessonError` at the first that is not allowed."""
        found: list[Block] = []
        for group in groups(stream):
            head = group[0]
            if head.type == "paragraph_open":
                found.append(Paragraph(self.spans(group[1])))
            elif head.type == "blockquote_open":
                found.append(Quote(tuple(self._paragraphs(group[1:-1], "a quote"))))
            elif head.type == "bullet_list_open":
                items = [list(self._paragraphs(item[1:-1], "a list item")) for item in groups(group[1:-1])]
                if any(len(item) != 1 for item in items):
                    raise self.error(head, "each item of a list is one paragraph")
                found.append(Bullets(tuple(item[0] for item in items)))
            elif head.type == "fence" and head.info.split()[:1] == ["math"]:
                words = head.info.strip().removeprefix("math").strip()
                found.append(Math(tuple(head.content.rstrip("\n").split("\n")), words))
            else:
                what = head.type.removesuffix("_open").replace("_", " ")
                raise self.error(head, f"{what} is not allowed here; allowed: {ALLOWED}")
        return tuple(found)

    def _paragraphs(self, stream: Sequence[Token], where: str) -> Iterator[Spans]:
        for group in groups(stream):
            if group[0].type != "paragraph_open":
                raise self.error(group[0], f"only paragraphs are allowed in {where}")
            yield self.spans(group[1])

    def spans(self, inline: Token) -> Spans:
        """Return the spans of an inline token."""
        found: list[Span] = []
        style: Style = ""
        styles: dict[str, Style] = {"em_open": "emphasis", "strong_open": "strong"}
        for child in inline.children or []:
            if child.type == "text":
                found.append(Span(child.content, style))
            elif child.type == "softbreak":
                found.append(Span(" ", style))
            elif child.type == "code_inline":
                found.append(Span(child.content, "code"))
            elif child.type in styles:
                style = styles[child.type]
            elif child.type in ("em_close", "strong_close"):
                style = ""
            elif child.type == "myst_role" and child.meta["name"] == "value":
                found.append(Span(child.content, "value"))
            elif child.type == "myst_role" and child.meta["name"] == "app":
                (inside,) = _markdown().parseInline(child.content)
                inside.map = inline.map
                found += [replace(span, app=True) for span in self.spans(inside)]
            elif child.type == "myst_role":
                known = "{value} and {app}"
                raise self.error(inline, f"unknown role {{{child.meta['name']}}}; allowed: {known}")
            else:
                what = child.type.removesuffix("_open").replace("_", " ")
                raise self.error(inline, f"{what} is not allowed in a text; allowed: {ALLOWED}")
        return tuple(span for span in found if span.text)


def groups(stream: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield each top-level element of a stream, from its opening token to its closing one."""
    start = 0
    depth = 0
    for index, token in enumerate(stream):
        depth += token.nesting
        if depth == 0:
            yield stream[start : index + 1]
            start = index + 1
