"""Where a learner can be in a course, and what comes before and after."""

from __future__ import annotations

from typing import TypeAlias

from lessons.course import Course
from lessons.errors import LessonError
from tui.progress import Progress

Place: TypeAlias = tuple[str, int]
"""A screen and its page from 0; −1 is its last page."""

STAYS = "For now everyone stays on this screen: the instructor will let you go on."


class Held:
    """The screen on which everyone is kept, if there is one, and where a learner goes on afterwards.

    Attributes:
        screen: Its slug, or "".

    """

    def __init__(self) -> None:
        self.screen = ""
        self._before: Place | None = None

    def keep(self, slug: str, here: Place) -> Place:
        """Keep everyone on a screen, or on none if ""; return where a learner is then.

        Args:
            slug: The screen.
            here: Where the learner is now.

        """
        self.screen = slug
        if slug and slug != here[0]:
            self._before = self._before or here
            return slug, 0
        if not slug and self._before:
            here, self._before = self._before, None
        return here

    def allows(self, slug: str) -> bool:
        """Return whether a learner may open a screen."""
        return self.screen in ("", slug)


def page_count(course: Course, slug: str) -> int:
    """Return how many pages a screen has; an unreadable one counts as one."""
    try:
        return len(course.screen(slug).pages)
    except LessonError:
        return 1


def begin(course: Course, progress: Progress) -> None:
    """Put a learner who is nowhere in the course to its beginning."""
    if progress.screen not in course.order:
        progress.screen, progress.page = course.order[0], 0


def arrive(course: Course, progress: Progress, slug: str, page: int) -> None:
    """Note that a learner is on a page; who has come to the last one has finished the screen."""
    progress.screen, progress.page = slug, page
    if page + 1 == page_count(course, slug):
        progress.finished.add(slug)


def page_after(course: Course, progress: Progress) -> Place | None:
    """Return the page after the learner's, or None after the last."""
    slug, page, order = progress.screen, progress.page, course.order
    if page + 1 < page_count(course, slug):
        return slug, page + 1
    at = order.index(slug) + 1
    return (order[at], 0) if at < len(order) else None


def page_before(course: Course, progress: Progress) -> Place | None:
    """Return the page before the learner's, or None before the first."""
    if progress.page > 0:
        return progress.screen, progress.page - 1
    at = course.order.index(progress.screen) - 1
    return (course.order[at], -1) if at >= 0 else None
