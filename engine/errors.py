"""The one kind of error that the engine raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

Entry = TypeVar("Entry")


class EngineError(ValueError):
    """A value that the engine cannot work with.

    The message names the argument, the value that it had, and what is allowed.
    """

    def __init__(self, argument: str, value: object, allowed: str) -> None:
        super().__init__(f"{argument} is {shown(value)}; allowed: {allowed}")
        self.argument = argument
        self.value = value
        self.allowed = allowed


def shown(value: object) -> str:
    """Return a value as an error message can hold it: short, and safe for a terminal."""
    try:
        text = value if isinstance(value, str) and value.isprintable() and value else repr(value)
    except ValueError:  # an integer with more digits than Python writes
        text = "a number of thousands of digits"
    return text if len(text) <= 80 else f"{text[:77]}…"


class OverflowedError(EngineError):
    """A run whose numbers have left the range of float64."""


def lookup(argument: str, name: object, registry: Mapping[str, Entry]) -> Entry:
    """Return the registry's entry of that name, or raise `EngineError` with the names that exist."""
    if isinstance(name, str) and name in registry:
        return registry[name]
    raise EngineError(argument, name, suggestion(name, registry))


def suggestion(name: object, known: Iterable[str]) -> str:
    """Return the known names as text, the nearest to `name` first where one is near."""
    import difflib  # a start that finds nothing wrong does without it

    names = sorted(known)
    near = difflib.get_close_matches(str(name), names, n=1)
    listed = ", ".join(names) or "none"
    return f"{listed} (did you mean {near[0]}?)" if near else listed
