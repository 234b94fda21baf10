"""Every page of the course in the smallest terminal: no line pushes another one out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lessons.course import load_course
from tests.tui.looking import grid
from tui.app import LessonApp
from tui.widgets.lines import Lines


@pytest.mark.parametrize("slug", load_course().order)
async def test_no_line_is_lost(new_app: Callable[..., LessonApp], slug: str) -> None:
    app = new_app(slug)
    async with app.run_test(size=(60, 60)) as pilot:
        await pilot.pause()
        for page in range(len(load_course().screen(slug).pages)):
            await app.reader.open_page(slug, page)
            await pilot.pause()
            drawn = grid(app)
            for widget in app.reader.page_view.query(Lines):  # type: ignore[union-attr]
                lines = [line.plain.rstrip() for line in widget.lines(widget.size.width)]
                assert len(lines) == widget.size.height
                place = widget.content_region
                on_screen = [row[place.x : place.right].rstrip() for row in drawn[place.y : place.bottom]]
                for said, seen in zip(lines, on_screen, strict=True):
                    assert said[: place.width - 1].rstrip() == seen[: place.width - 1].rstrip()
