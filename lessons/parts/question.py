"""What a learner answers: questions with choices, numbers to work out, sentences to put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lessons.markup import Reader, groups, tokens
from lessons.model import (
    Assembly,
    Blank,
    Block,
    Choice,
    Gap,
    Question,
    Span,
    Spans,
    plain,
)
from lessons.slugs import SLUG, slugify
from lessons.source import Source

if TYPE_CHECKING:
    from markdown_it.token import Token

KINDS = ("paragraph_open", "bullet_list_open", "ordered_list_open", "blockquote_open")


def read(source: Source) -> Question:
    """Return a question: a text, choices as a task list, and hints as a numbered list if there are any."""
    kind = source.option("kind", ("predict", "observe"), "")
    reader, body = _body(source)
    choices = tuple(_choices(reader, source, body["bullet_list_open"]))
    return Question(
        _name(source),
        "predict" if kind == "predict" else "observe",
        _prompt(source, reader, body, "choices"),
        choices,
        _hints(reader, body),
    )


def read_blank(source: Source) -> Blank:
    """Return a number to work out: a text, hints as a numbered list, and the reason as a block quote."""
    reader, body = _body(source)
    if body["bullet_list_open"]:
        raise source.error("has no choices; write hints as a numbered list and the reason as a quote, `> …`")
    if "answer" not in source.options:
        raise source.error("needs :answer: and the expression of a value, as in {value}`…`")
    reason = body["blockquote_open"]
    if len(reason) != 1:
        raise source.error("needs its reason as one block quote, `> …`")
    return Blank(
        _name(source),
        _prompt(source, reader, body, "hints"),
        source.options["answer"],
        source.number("tolerance", 0.0, 1.0, 0.005),
        reader.blocks(reason[0][1:-1]),
        _hints(reader, body),
    )


def read_assembly(source: Source) -> Assembly:
    """Return sentences to put together: a text, then a list of beginnings, each with a list of choices."""
    reader, body = _body(source)
    gaps = []
    for group in body["bullet_list_open"]:
        for item in groups(group[1:-1]):
            parts = list(groups(item[1:-1]))
            if [part[0].type for part in parts] != ["paragraph_open", "bullet_list_open"]:
                raise reader.error(item[0], "each item is the beginning of a sentence, and its choices below")
            gaps.append(Gap(reader.spans(parts[0][1]), tuple(_choices(reader, source, parts[1:]))))
    if not gaps:
        raise source.error("has no gaps; write a list of beginnings, each with its choices below")
    return Assembly(_name(source), _prompt(source, reader, body, "gaps"), tuple(gaps))


def _name(source: Source) -> str:
    if not SLUG.fullmatch(source.argument):
        raise source.error(f"{source.argument!r} is no name; allowed: lower-case letters, digits and hyphens")
    return source.argument


def _body(source: Source) -> tuple[Reader, dict[str, list[Sequence[Token]]]]:
    """Return the groups of a body by their kind; a text may not follow what is not text."""
    reader = Reader(source.path, source.body_line)
    body: dict[str, list[Sequence[Token]]] = {kind: [] for kind in KINDS}
    for group in groups(tokens(source.body)):
        # Quotes and formulas of the prompt come before the choices; a quote behind them is the reason.
        kind = group[0].type
        lists = body["bullet_list_open"] or body["ordered_list_open"]
        if kind.endswith("_list_open") or (kind == "blockquote_open" and source.name == "blank"):
            body[kind].append(group)
        elif lists:
            raise reader.error(group[0], f"only hints may follow the choices of {{{source.name}}}")
        else:
            body["paragraph_open"].append(group)
    return reader, body


def _prompt(
    source: Source, reader: Reader, body: dict[str, list[Sequence[Token]]], before: str
) -> tuple[Block, ...]:
    if not body["paragraph_open"]:
        raise source.error(f"has no text before its {before}; ask something")
    return reader.blocks([token for group in body["paragraph_open"] for token in group])


def _hints(reader: Reader, body: dict[str, list[Sequence[Token]]]) -> tuple[Spans, ...]:
    found = []
    for group in body["ordered_list_open"]:
        for item in groups(group[1:-1]):
            parts = list(groups(item[1:-1]))
            if len(parts) != 1 or parts[0][0].type != "paragraph_open":
                raise reader.error(item[0], "each hint is one paragraph")
            found.append(reader.spans(parts[0][1]))
    return tuple(found)


def _choices(reader: Reader, source: Source, lists: Sequence[Sequence[Token]]) -> Iterator[Choice]:
    choices = [_choice(reader, item) for group in lists for item in groups(group[1:-1])]
    if len(choices) < 2 or sum(choice.right for choice in choices) != 1:
        raise source.error("needs at least two choices, `- [ ]`, of which exactly one is right, `- [x]`")
    if len({choice.slug for choice in choices}) != len(choices):
        raise source.error("two choices begin with the same words; make them different")
    yield from choices


def _choice(reader: Reader, item: Sequence[Token]) -> Choice:
    parts = list(groups(item[1:-1]))
    spans = reader.spans(parts[0][1]) if parts and parts[0][0].type == "paragraph_open" else ()
    mark = re.match(r"\[([ x])\] +(?=\S)", spans[0].text + ("_" if len(spans) > 1 else "")) if spans else None
    if mark is None:
        raise reader.error(item[0], "a choice begins with `[ ]` or, if it is right, `[x]`, and a text")
    if len(parts) != 2 or parts[1][0].type != "blockquote_open":
        raise reader.error(item[0], "a choice has its feedback below it as one block quote, `> …`")
    said = tuple(span for span in (Span(spans[0].text[mark.end() :]), *spans[1:]) if span.text)
    feedback = reader.blocks(parts[1][1:-1])
    return Choice(slugify(plain(said)), said, mark[1] == "x", feedback)
