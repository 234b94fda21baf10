"""The handout as a browser shows it, judged by axe-core: light, dark, and as narrow as screens get."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.tui.handouts import as_page, lesson_as_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update"]
AXE = [(1200, "light", "course"), (1200, "dark", "the-real-reason"), (320, "light", "the-real-reason")]
"""The whole course takes axe-core half a minute; dark colours and little room are the same everywhere."""
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs: uv run --group browser")
    pytest.importorskip("axe_playwright_python", reason="needs: uv run --group browser")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme, text = request.param
    file = tmp_path / "course.html"
    file.write_text(as_page() if text == "course" else lesson_as_page(text), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(file.as_uri())
    yield page
    page.close()


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found: dict[str, Any] = Axe().run(page, options={"runOnly": RULES}).response
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("opened", AXE, indirect=True)
def test_axe_finds_nothing(opened: Page) -> None:
    assert violations(opened) == []


@pytest.mark.parametrize("opened", [(1200, "light", "the-claim")], indirect=True)
def test_axe_would_find_something(opened: Page) -> None:
    opened.evaluate("document.querySelector('p').style.color = '#999'")
    opened.evaluate("document.querySelector('table caption').parentElement.innerHTML = '<tr><th></th></tr>'")
    found = " ".join(violations(opened))
    assert "color-contrast" in found
    assert "empty-table-header" in found


@pytest.mark.parametrize("opened", [(320, "light", "course"), (640, "dark", "course")], indirect=True)
def test_nothing_wide_makes_the_page_scroll_sideways(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = opened.evaluate(
        """[...document.querySelectorAll('body *')]
        .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth
            && getComputedStyle(each).overflowX != 'visible' && !each.hasAttribute('tabindex'))
        .map(each => each.outerHTML.slice(0, 100))"""
    )
    assert cut == []


@pytest.mark.parametrize("opened", [(1200, "light", "the-claim")], indirect=True)
def test_the_first_tab_stop_skips_to_the_lessons(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the lessons"
    opened.keyboard.press("Enter")
    opened.wait_for_function("document.querySelector('main').getBoundingClientRect().top < 40")
