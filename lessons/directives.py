"""The closed set of directives: `:::{name} argument`, `:option: value` lines, and a body."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from lessons.errors import LessonError
from lessons.model import Part
from lessons.source import Source


@dataclass(frozen=True)
class Kind:
    """What a directive may have, and how it is built.

    Attributes:
        argument: What its argument names, or "" if it has none.
        options: The names of its options.
        body: Whether it may have a body. Then it may do without its argument.
        reader: What makes the part: a module of `lessons.parts`, imported with the first such directive, and
            its function.

    """

    argument: str
    options: tuple[str, ...]
    body: bool
    reader: str

    def build(self, source: Source) -> Part:
        """Return the part that a directive describes."""
        module, function = self.reader.split(".")
        read: Callable[[Source], Part] = getattr(import_module(f"lessons.parts.{module}"), function)
        return read(source)


DIRECTIVES = {
    "question": Kind("a name for the question", ("kind",), True, "question.read"),
    "blank": Kind("a name for the question", ("answer", "tolerance"), True, "question.read_blank"),
    "assembly": Kind("a name for the question", (), True, "question.read_assembly"),
    "feedback": Kind("a question, or screen/question", ("later", "wait"), False, "feedback.read"),
    "run": Kind("a scenario", ("numbers", "picture"), False, "run.read"),
    "loss-table": Kind("", ("start",), False, "loss_table.read"),
    "loss-curves": Kind("", ("start",), False, "loss_curves.read"),
    "ledger": Kind("a scenario", ("steps", "drawing"), True, "ledger.read"),
    "review": Kind("", (), False, "review.read"),
    "activations": Kind("a scenario", (), False, "activations.read"),
    "width-one": Kind("a scenario", (), True, "width_one.read"),
    "trials": Kind("", ("numbers", "guess"), True, "trials.read"),
    "verdict": Kind("", (), True, "verdict.read"),
    "steps": Kind("", (), True, "steps.read"),
    "nudges": Kind("a scenario", ("by",), False, "nudges.read"),
    "race": Kind("", (), True, "race.read"),
    "published": Kind("a scenario", (), True, "published.read"),
    "switchboard": Kind("a scenario", ("name",), True, "switchboard.read"),
    "editor": Kind("a scenario", ("answer",), True, "editor.read"),
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
    if argument and not kind.argument:
        raise source.error("takes no argument")
    if not argument and kind.argument and not (kind.body and body.strip()):
        raise source.error(f"needs {kind.argument} behind its name")
    if body.strip() and not kind.body:
        raise source.error("takes no body")
    return kind.build(source)
