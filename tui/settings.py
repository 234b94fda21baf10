"""What a learner chose once for every start: plain data, and the file that keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tui.files import read_file, replace_file

FORMAT = 1
MAX_BYTES = 64 * 1024
AUTO = "auto"
"""In the place of a theme's name: whatever suits the terminal."""


@dataclass
class Settings:
    """What is remembered, and where.

    Attributes:
        theme: The name of a theme, or `AUTO`.
        path: The file, or None if nothing is kept.
        note: What the learner must know about the file, or "".

    """

    theme: str = AUTO
    path: Path | None = None
    note: str = ""

    def take(self, theme: str) -> None:
        """Remember a theme; a file that cannot be written sets `note`."""
        self.theme = theme
        if self.path is None:
            return
        self.note = ""
        try:
            replace_file(self.path, json.dumps({"format": FORMAT, "theme": theme}, indent=2) + "\n")
        except OSError as error:
            self.note = _not_kept(self.path, error)


def _not_kept(path: Path, error: OSError) -> str:
    return f"The theme is not remembered: {path} cannot be written ({error.strerror or error})."


def settings_path() -> Path | None:
    """Return the file that keeps the settings; None for a user without a home."""
    from platformdirs import user_config_path

    try:
        return user_config_path("initlesson", appauthor=False) / "settings.json"
    except RuntimeError:
        return None


def open_settings(path: Path | None) -> Settings:
    """Return the settings that a file keeps; where it cannot be used, it is left as it is and not written."""
    if path is None:
        return Settings()
    try:
        return Settings(_theme(json.loads(read_file(path, MAX_BYTES))), path)
    except (FileNotFoundError, NotADirectoryError):
        return Settings(path=path)
    except (OSError, ValueError, RecursionError) as error:
        why = getattr(error, "strerror", None) or error
        return Settings(
            note=f"The settings in {path} cannot be used ({why}). Remove that file to keep a theme."
        )


def _theme(data: object) -> str:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"not settings of format {FORMAT}")
    theme = data.get("theme", AUTO)
    if not isinstance(theme, str):
        raise ValueError("the theme is no text")
    return theme
