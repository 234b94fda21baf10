"""A link that is followed in a workshop: nothing is opened on the host."""

from __future__ import annotations

import webbrowser

import pytest
from textual.widgets import Link

from lessons.course import BUILT_IN, load_course
from tui.terminal import Terminal
from tui.workshop.session.learner import WorkshopApp


async def test_a_link_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    app = WorkshopApp(load_course(BUILT_IN), Terminal())
    clicked: list[str] = []
    follow = app.open_url

    def note(url: str) -> None:
        clicked.append(url)
        follow(url)

    async with app.run_test() as pilot:
        while not app.ready:
            await pilot.pause(0.01)
        monkeypatch.setattr(app, "open_url", note)
        await app.screen.mount(Link("here", url="https://example.org", id="link"), before=0)
        await pilot.pause()
        await pilot.click("#link")
    assert clicked == ["https://example.org"]
    assert opened == []
