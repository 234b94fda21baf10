"""What is remembered between starts, and what is said where that does not work."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.looking import shown
from tui.app import LessonApp
from tui.settings import AUTO, MAX_BYTES, open_settings, settings_path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_a_theme_is_remembered_and_forgotten(file: Path) -> None:
    assert open_settings(file).theme == AUTO
    open_settings(file).take("contrast")
    again = open_settings(file)
    assert (again.theme, again.note) == ("contrast", "")
    again.take(AUTO)
    assert open_settings(file).theme == AUTO


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": 2}',
        '{"format": 1, "theme": 3}',
        "\ud800",
        "[" * 100_000,
        " " * (MAX_BYTES + 1),
    ],
    ids=range(8),
)
def test_a_file_that_cannot_be_used_is_left_as_it_is(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    settings = open_settings(file)
    assert settings.theme == AUTO
    assert f"The settings in {file} cannot be used" in settings.note
    settings.take("light")
    assert settings.theme == "light"
    assert file.read_bytes() == text.encode("utf-8", "surrogatepass")


def test_what_never_ends_is_not_read(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    assert "not a file" in open_settings(file).note


async def test_a_file_that_cannot_be_written_is_said(file: Path, new_app: Callable[..., LessonApp]) -> None:
    file.parent.write_text("no folder")
    settings = open_settings(file)
    settings.take("light")
    assert "The theme is not remembered" in settings.note
    app = new_app("welcome", settings=settings)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert app.theme == "light"
        assert "not remembered" in " ".join(shown(app).replace("▌", " ").split())


def test_a_user_without_a_home_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError

    monkeypatch.setattr("platformdirs.user_config_path", homeless)
    assert settings_path() is None
    assert open_settings(None).note == ""
