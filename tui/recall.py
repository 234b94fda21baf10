"""Which questions of last time a learner is asked again when they come back."""

from __future__ import annotations

from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Feedback, Page
from tui.answered import Answered, answered
from tui.session import Progress

COUNT = 2


def due(course: Course, progress: Progress) -> list[Answered]:
    """Return the fresh answers that were told right or wrong, so that asking again gives nothing away.

    Those that were wrong though the learner was sure come first, then those that were wrong, then the others;
    among equals, in the order of the course.
    """
    if not progress.fresh:
        return []
    told = told_predictions(course, progress)
    found = [
        each
        for each in answered(course, progress.answers, progress.fresh)
        if each.question.kind == "observe" or each.key in told
    ]
    return sorted(found, key=lambda each: (not each.sure_and_wrong, each.choice.right))


def take_due(course: Course, progress: Progress) -> list[Answered]:
    """Return the questions to offer now; those of last time are fresh no more, and are not offered again."""
    found = due(course, progress)
    progress.fresh -= {each.key for each in found}
    return found[:COUNT]


def told_predictions(course: Course, progress: Progress) -> set[str]:
    """Return the keys of the predictions of which the learner has been told whether they were right."""
    return {
        f"{part.screen}/{part.question}"
        for page in _seen(course, progress)
        for part in page.parts
        if isinstance(part, Feedback) and not part.later
    }


def _seen(course: Course, progress: Progress) -> list[Page]:
    """Return the pages that the learner has had before them."""
    pages: list[Page] = []
    for slug in course.order:
        if slug != progress.screen and slug not in progress.finished:
            continue
        try:
            all_pages = course.screen(slug).pages
        except LessonError:
            continue
        pages += all_pages if slug in progress.finished else all_pages[: progress.page + 1]
    return pages
