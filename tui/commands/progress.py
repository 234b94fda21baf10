"""How far the learner is, and forgetting it."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections import Counter
from collections.abc import Mapping

from engine.errors import suggestion
from lessons.course import Course
from tui.commands.course import print_json
from tui.commands.errors import FAILURE, USAGE_ERROR, CommandError
from tui.commands.kept import file_store, read_again
from tui.progress import Progress
from tui.standing import QuestionStanding, Result, ScreenStanding, standing
from tui.store import FileStore

SAID: Mapping[Result, str] = {
    "right": "✓ right",
    "wrong": "✗ wrong",
    "predicted": "predicted, not told yet",
    "changed": "answered, but the course has changed",
    "looked": "looked at the answer",
    "skipped": "skipped",
    "open": "open",
}


def progress(course: Course, arguments: argparse.Namespace) -> int:
    """Print how far the learner is."""
    store = _store(course, arguments)
    kept = read_again(store)
    now = kept or Progress(course.slug)
    screens = standing(course, now)
    if arguments.json:
        print_json(_record(course, now, screens, store))
        return 0
    print(f"{course.title}\n")
    if kept is None:
        print(f"Not begun; what you do is kept in {store.where}")
        return 0
    if now.screen in screens:
        number = course.order.index(now.screen) + 1
        print(f"You are at screen {number} of {len(screens)}, {now.screen}, page {now.page + 1}.\n")
    for number, lesson in enumerate(course.lessons, start=1):
        seen = sum(screens[slug].finished for slug in lesson.screens)
        print(f"{number} {lesson.title}: {seen} of {len(lesson.screens)} screens seen")
        for slug in lesson.screens:
            _print_screen(screens[slug], here=slug == now.screen)
    print(f"\n{_counted(screens)}\nKept in {store.where}")
    return 0


def _print_screen(screen: ScreenStanding, *, here: bool) -> None:
    done = [each for each in screen.questions if each.result != "open" or each.hints]
    if not (here or screen.finished or done):
        return
    print(f"  {'▸' if here else '✓' if screen.finished else ' '} {screen.slug}")
    width = max((len(each.slug) for each in done), default=0)
    for each in done:
        print(f"      {each.slug:<{width}}  {_said(each)}")


def _said(each: QuestionStanding) -> str:
    more = []
    if each.answer and each.answer.confidence:
        more.append(each.answer.confidence)
    if each.answer and each.answer.late:
        more.append("after going on")
    if each.hints:
        more.append(f"{each.hints} hint{'s' if each.hints > 1 else ''}")
    return SAID[each.result] + (f" ({', '.join(more)})" if more else "")


def _counts(screens: Mapping[str, ScreenStanding]) -> Counter[str]:
    return Counter(each.result for screen in screens.values() for each in screen.questions)


def _counted(screens: Mapping[str, ScreenStanding]) -> str:
    counts = _counts(screens)
    words = {**SAID, "right": "right", "wrong": "wrong"}
    parts = ", ".join(f"{counts[result]} {words[result]}" for result in SAID if counts[result])
    return textwrap.fill(
        f"{counts.total()} question{'' if counts.total() == 1 else 's'}: {parts or 'none'}", 80
    )


def _record(
    course: Course, now: Progress, screens: Mapping[str, ScreenStanding], store: FileStore
) -> dict[str, object]:
    return {
        "course": course.slug,
        "file": store.where,
        "screen": now.screen,
        "page": now.page + 1,
        "screens": [
            {
                "screen": screen.slug,
                "lesson": course.lesson_of(screen.slug).slug,
                "finished": screen.finished,
                "questions": [
                    {
                        "question": each.slug,
                        "result": each.result,
                        "choice": each.answer.choice if each.answer else None,
                        "confidence": each.answer.confidence if each.answer else None,
                        "late": bool(each.answer and each.answer.late),
                        "hints": each.hints,
                    }
                    for each in screen.questions
                ],
            }
            for screen in screens.values()
        ],
        "counts": {result: _counts(screens)[result] for result in SAID},
    }


def reset(course: Course, arguments: argparse.Namespace) -> int:
    """Forget what was answered on some screens, or everything."""
    if bool(arguments.what) == arguments.all:
        raise CommandError("name screens or lessons to forget, or else --all", USAGE_ERROR)
    screens = {slug for name in arguments.what for slug in _screens(course, name)}
    store = _store(course, arguments)
    kept = read_again(store)
    if kept is None:
        print(f"Nothing to forget: there is no {store.where}")
        return 0
    left = Progress(course.slug) if arguments.all else kept.without(screens)
    answers = sum(1 for answer in kept.answers.values() if answer.choice) - sum(
        1 for answer in left.answers.values() if answer.choice
    )
    where = "everything" if arguments.all else ", ".join(slug for slug in course.order if slug in screens)
    what = f"{where}: {answers} answer{'' if answers == 1 else 's'}"
    if not arguments.yes and not _agreed(f"Forget {what}?"):
        print("Nothing was forgotten.")
        return FAILURE

    def forgetting(there: Progress | None) -> Progress:
        return Progress(course.slug) if there is None or arguments.all else there.without(screens)

    try:
        store.update(forgetting)
    except OSError as error:
        raise CommandError(f"{store.where} cannot be written: {error.strerror or error}") from None
    print(f"Forgotten, {what}.")
    return 0


def _store(course: Course, arguments: argparse.Namespace) -> FileStore:
    if arguments.fresh:
        raise CommandError("--fresh keeps nothing; leave it out", USAGE_ERROR)
    store = file_store(course, arguments.session)
    if store is None:
        raise CommandError("you have no home folder: nothing is kept; or name a file with --session")
    return store


def _screens(course: Course, name: str) -> tuple[str, ...]:
    numbered = {str(number): slug for number, slug in enumerate(course.order, start=1)}
    name = numbered.get(name, name)
    if name in course.order:
        return (name,)
    for lesson in course.lessons:
        if name == lesson.slug:
            return lesson.screens
    known = [*course.order, *(lesson.slug for lesson in course.lessons)]
    raise CommandError(f"no screen or lesson {name!r}; there are: {suggestion(name, known)}", USAGE_ERROR)


def _agreed(asked: str) -> bool:
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        raise CommandError("there is no terminal to ask you in; --yes forgets without asking", USAGE_ERROR)
    print(f"{asked} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
