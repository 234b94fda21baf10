"""The closed set of directives: `:::{name} argument`, `:option: value` lines, and a body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.errors import LessonError
from lessons.markup import Reader, groups, tokens
from lessons.model import (
    SLUG,
    Choice,
    Feedback,
    LedgerTable,
    LossTable,
    Part,
    Question,
    Run,
    Span,
    plain,
    slugify,
)

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True)
class Source:
    """A directive as it was written.

    Attributes:
        path: The file.
        screen: Slug of the screen that it stands on.
        line: The line on which it begins, from 1.
        name: Its name.
        argument: What follows the name.
        options: Its options.
        body: The text below the options.
        body_line: The line on which the body begins.

    """

    path: Path
    screen: str
    line: int
    name: str
    argument: str
    options: dict[str, str]
    body: str
    body_line: int

    def error(self, problem: str) -> LessonError:
        """Return an error that points at the directive."""
        return LessonError(self.path, self.line, f"{{{self.name}}}: {problem}")


@dataclass(frozen=True)
class Kind:
    """What a directive may have, and how it is built.

    Attributes:
        argument: What its argument names, or "" if it has none.
        options: The names of its options.
        body: Whether it has a body.
        build: Makes the part.

    """

    argument: str
    options: tuple[str, ...]
    body: bool
    build: Callable[[Source], Part]


def _question(source: Source) -> Question:
    kind = source.options.get("kind", "")
    if kind not in ("predict", "observe"):
        raise source.error(f"kind is {kind or 'missing'}; allowed: predict, observe")
    if not SLUG.fullmatch(source.argument):
        raise source.error(f"{source.argument!r} is no name; allowed: lower-case letters, digits and hyphens")
    reader = Reader(source.path, source.body_line)
    stream = groups(tokens(source.body))
    prompt: list[Token] = []
    choices: list[Choice] = []
    for group in stream:
        if group[0].type != "bullet_list_open":
            if choices:
                raise reader.error(group[0], "nothing may follow the choices of a question")
            prompt.extend(group)
            continue
        choices.extend(_choice(reader, item) for item in groups(group[1:-1]))
    if not prompt:
        raise source.error("has no text before its choices; ask something")
    if len(choices) < 2 or sum(choice.right for choice in choices) != 1:
        raise source.error("needs at least two choices, `- [ ]`, of which exactly one is right, `- [x]`")
    if len({choice.slug for choice in choices}) != len(choices):
        raise source.error("two choices begin with the same words; make them different")
    return Question(
        source.argument, "predict" if kind == "predict" else "observe", reader.blocks(prompt), tuple(choices)
    )


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


def _feedback(source: Source) -> Feedback:
    screen, slash, question = source.argument.rpartition("/")
    later = source.options.get("later", "no")
    if later not in ("yes", "no"):
        raise source.error(f"later is {later}; allowed: yes, no")
    return Feedback(screen if slash else source.screen, question, later == "yes")


def _loss_table(source: Source) -> LossTable:
    text = source.options.get("start", "0.5")
    try:
        start = float(text)
    except ValueError:
        start = 0.0
    if not 0.01 <= start <= 0.99:
        raise source.error(f"start is {text}; allowed: a number from 0.01 to 0.99")
    return LossTable(start)


DIRECTIVES = {
    "question": Kind("the question", ("kind",), True, _question),
    "feedback": Kind("a question, or screen/question", ("later",), False, _feedback),
    "run": Kind("a scenario", (), False, lambda source: Run(source.argument)),
    "loss-table": Kind("", ("start",), False, _loss_table),
    "ledger": Kind("a scenario", (), False, lambda source: LedgerTable(source.argument)),
}


def directive(path: Path, screen: str, line: int, info: str, content: str) -> Part:
    """Return the part that a directive describes.

    Args:
        path: The file.
        screen: Slug of the screen.
        line: The line of its opening fence, from 1.
        info: What stands on the opening line behind the colons.
        content: What stands between the fences.

    Raises:
        LessonError: an unknown name or option, a missing argument, a body where none belongs, or whatever the
            directive itself finds wrong.

    """
    found = re.fullmatch(r"\{([^}]*)\}\s*(.*)", info.strip())
    if found is None:
        raise LessonError(
            path, line, "a directive begins with `:::{name}`; allowed names: " + ", ".join(DIRECTIVES)
        )
    name, argument = found[1], found[2].strip()
    if name not in DIRECTIVES:
        raise LessonError(path, line, f"unknown directive {{{name}}}; allowed: " + ", ".join(DIRECTIVES))
    kind = DIRECTIVES[name]
    options: dict[str, str] = {}
    lines = content.split("\n")
    while lines and (option := re.fullmatch(r":([a-z-]+): *(.*)", lines[0])):
        if option[1] not in kind.options:
            allowed = ", ".join(kind.options) or "none"
            raise LessonError(
                path, line + 1 + len(options), f"{{{name}}}: unknown option {option[1]}; allowed: {allowed}"
            )
        if option[1] in options:
            raise LessonError(path, line + 1 + len(options), f"{{{name}}}: option {option[1]} stands twice")
        options[option[1]] = option[2].strip()
        lines.pop(0)
    body = "\n".join(lines)
    source = Source(path, screen, line, name, argument, options, body, line + 1 + len(options))
    if bool(kind.argument) != bool(argument):
        raise source.error(f"needs {kind.argument} behind its name" if kind.argument else "takes no argument")
    if body.strip() and not kind.body:
        raise source.error("takes no body")
    return kind.build(source)
