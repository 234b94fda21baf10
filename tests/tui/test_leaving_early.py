"""Leaving while the first page is still being built: no fault, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.css.query import NoMatches
from textual.widget import MountError

from tui.app import LessonApp

NewApp = Callable[..., LessonApp]


@pytest.mark.parametrize("error", [MountError("gone"), NoMatches("gone")])
async def test_a_page_whose_place_has_gone(
    new_app: NewApp, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    app = new_app()

    async def begin() -> None:
        app.exit()
        raise error

    monkeypatch.setattr(app.reader, "begin", begin)
    await app.run_async(headless=True, size=(80, 24))
    assert app.return_code == 0


async def test_a_fault_before_that_is_told(new_app: NewApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = new_app()

    async def begin() -> None:
        raise MountError("a fault")

    monkeypatch.setattr(app.reader, "begin", begin)
    await app.run_async(headless=True, size=(80, 24))
    assert app.return_code == 1
