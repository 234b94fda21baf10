"""Every page as it stands on the screen when it is opened, kept so that a change can be read in a diff.

Write them anew with `uv run pytest tests/tui/test_grids.py --update-grids`, and read the diff.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.course import load_course
from tests.tui.looking import SIZES, grid
from tui.app import LessonApp

HERE = Path(__file__).parent
PAGES = [
    (slug, page) for slug in load_course().order for page in range(len(load_course().screen(slug).pages))
]
PICTURE = HERE / "pictures" / "the-same-loss.svg"


def kept(path: Path, text: str, request: pytest.FixtureRequest) -> str:
    """Return the text that is kept in a file, after writing it where that was asked for."""
    if request.config.getoption("--update-grids"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("slug", "page"), PAGES)
async def test_pages(
    new_app: Callable[..., LessonApp],
    slug: str,
    page: int,
    size: tuple[int, int],
    request: pytest.FixtureRequest,
) -> None:
    app = new_app(slug, page=page)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = grid(app)
        assert len(lines) == size[1]
        assert app.reader.page_view is not None
        assert app.reader.page_view.max_scroll_y == 0, (
            "the page does not fit; nothing may hide below the edge"
        )
    path = HERE / "grids" / f"{size[0]}x{size[1]}" / f"{slug}-{page + 1}.txt"
    assert "\n".join(lines) + "\n" == kept(path, "\n".join(lines) + "\n", request)


async def test_the_picture_in_the_readme_is_the_app(
    new_app: Callable[..., LessonApp], request: pytest.FixtureRequest
) -> None:
    app = new_app("the-same-loss", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = grid(app)
        # The fonts would be fetched from a host of somebody else's; any monospaced one will do.
        drawing = re.sub(
            r"@font-face \{.*?\}\n?", "", app.export_screenshot(title="initlesson"), flags=re.DOTALL
        )
        picture = kept(PICTURE, drawing, request)
    texts = [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", picture)]
    drawn = "".join("".join(texts).split())
    for line in lines:
        assert "".join(line.split()) in drawn
    assert (
        PICTURE.relative_to(HERE.parent.parent).as_posix() in (HERE.parent.parent / "README.md").read_text()
    )
