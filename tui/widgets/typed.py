"""A number as it is being typed: what each key makes of it."""

from __future__ import annotations

WHOLE, BEHIND = 1, 2
"""How many digits there may be before and behind the point."""


class Typing:
    """A part into which characters are typed, whatever keys they are."""

    def take(self, character: str) -> bool:
        """Take a character, and return whether it belongs into this part."""
        raise NotImplementedError


def with_digit(text: str, digit: int) -> str:
    """Return a text with a digit more, or as it was if there is no room for one."""
    begun = text.removesuffix("0") if text in ("0", "-0") else text
    return _fitting(f"{begun}{digit}", text)


def with_point(text: str) -> str:
    """Return a text with a point behind it, if it has none."""
    return text if "." in text else _fitting(f"{text or '0'}.", text)


def with_other_sign(text: str) -> str:
    """Return a text with the other sign."""
    return text[1:] if text.startswith("-") else f"-{text}"


def value(text: str) -> float:
    """Return the number that a text stands for so far; 0 where it has no digit."""
    return float(text) if any(char.isdigit() for char in text) else 0.0


def _fitting(text: str, otherwise: str) -> str:
    whole, _, behind = text.removeprefix("-").partition(".")
    return text if len(whole) <= WHOLE and len(behind) <= BEHIND else otherwise
