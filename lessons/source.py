"""A directive as it was written, and the pieces that several directives share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lessons.errors import LessonError
from lessons.markup import Reader, groups, tokens
from lessons.model import Variant, plain


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

    def option(self, name: str, allowed: tuple[str, ...], otherwise: str) -> str:
        """Return an option that is one of a few words."""
        found = self.options.get(name, otherwise)
        if found not in allowed:
            raise self.error(f"{name} is {found or 'missing'}; allowed: {', '.join(allowed)}")
        return found

    def words(self, name: str, allowed: tuple[str, ...], otherwise: tuple[str, ...]) -> tuple[str, ...]:
        """Return an option that is a list of some of a few words."""
        found = tuple(self.options[name].split()) if name in self.options else otherwise
        for word in found:
            if word not in allowed:
                raise self.error(f"{name} has {word}; allowed: {', '.join(allowed)}")
        if not found or len(set(found)) != len(found):
            raise self.error(f"{name} names each once, at least one of: {', '.join(allowed)}")
        return found

    def number(self, name: str, low: float, high: float, otherwise: float) -> float:
        """Return an option that is a number within bounds."""
        text = self.options.get(name, str(otherwise))
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not low <= found <= high:
            raise self.error(f"{name} is {text}; allowed: a number from {low:g} to {high:g}")
        return found


def variants(source: Source, least: int = 1, most: int = 9) -> tuple[Variant, ...]:
    """Return the scenarios of a directive: its argument, or a list of ``- `scenario` label`` in its body.

    Args:
        source: The directive.
        least: How many there must be.
        most: How many there may be.

    """
    if source.argument and not source.body.strip():
        found = [Variant("", source.argument)]
    elif source.argument:
        raise source.error("takes a scenario behind its name or a list of them in its body, not both")
    else:
        found = [_variant(source, *item) for item in _items(source)]
    if not least <= len(found) <= most:
        raise source.error(f"has {len(found)} scenarios; allowed: {least} to {most}")
    if len({each.scenario for each in found}) != len(found):
        raise source.error("names a scenario twice")
    if len({each.label for each in found}) != len(found):
        raise source.error("has two lines with the same label; make them different")
    return tuple(found)


def _items(source: Source) -> list[tuple[int, str, str]]:
    """Return (line, code, text) of each item of the list in a body."""
    reader = Reader(source.path, source.body_line)
    found = []
    for group in groups(tokens(source.body)):
        if group[0].type != "bullet_list_open":
            raise reader.error(group[0], f"{{{source.name}}} takes nothing but a list, - `scenario` label")
        for item in groups(group[1:-1]):
            parts = list(groups(item[1:-1]))
            spans = reader.spans(parts[0][1]) if parts and parts[0][0].type == "paragraph_open" else ()
            if len(parts) != 1 or len(spans) < 2 or spans[0].style != "code":
                raise reader.error(item[0], "write each item as: - `scenario` label")
            found.append((reader.line(item[0]), spans[0].text, plain(spans[1:]).strip()))
    return found


def _variant(source: Source, line: int, name: str, label: str) -> Variant:
    if not label:
        raise LessonError(source.path, line, f"{name} has no label; write: - `{name}` label")
    return Variant(label, name)
