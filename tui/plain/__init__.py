"""The course line by line: for a screen reader, a braille line, a pipe, or paper."""

from tui.plain.printing import glossary_text, outcome_text, screen_text

__all__ = ["glossary_text", "outcome_text", "screen_text"]
