"""What a course holds, printed and checked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engine.errors import suggestion
from lessons.course import Course
from tui.commands.errors import FAILURE, USAGE_ERROR, CommandError


def list_course(course: Course, as_json: bool) -> int:
    """Print the screens and the scenarios of a course."""
    from lessons.scenarios import load_scenarios

    if as_json:
        print_json(
            {
                "course": course.slug,
                "title": course.title,
                "lessons": [
                    {
                        "lesson": lesson.slug,
                        "title": lesson.title,
                        "minutes": lesson.minutes,
                        "screens": [
                            {"screen": slug, "title": course.screen(slug).title} for slug in lesson.screens
                        ],
                    }
                    for lesson in course.lessons
                ],
                "scenarios": [
                    {"scenario": name, "title": scenario.title}
                    for name, scenario in load_scenarios(course).items()
                ],
            }
        )
        return 0
    print(f"{course.title}\n")
    width = max(len(slug) for slug in course.order)
    number = 0
    for lesson in course.lessons:
        print(f"{lesson.title} ({lesson.minutes} min)")
        for slug in lesson.screens:
            number += 1
            print(f"  {number:>2}  {slug:<{width}}  {course.screen(slug).title}")
    print("\nScenarios")
    for name, scenario in load_scenarios(course).items():
        print(f"      {name:<{width}}  {scenario.title}")
    return 0


def screen_slug(course: Course, asked: str) -> str:
    """Return the slug of the screen that was asked for by name or number."""
    order = course.order
    numbered = {str(number): slug for number, slug in enumerate(order, start=1)}
    if asked in numbered:
        return numbered[asked]
    if asked in order:
        return asked
    raise CommandError(
        f"no screen {asked!r}; there are 1 to {len(order)}, or by name: {suggestion(asked, order)}",
        USAGE_ERROR,
    )


def show(course: Course, asked: str) -> int:
    """Print a screen, or the glossary, as plain text."""
    from lessons.glossary import NAME, has_glossary
    from lessons.values import UnknownValueError
    from tui.plain import glossary_text, screen_text

    try:
        if asked == NAME and NAME not in course.order and has_glossary(course):
            print(glossary_text(course))
        else:
            print(screen_text(course, course.screen(screen_slug(course, asked))))
    except UnknownValueError as error:
        raise CommandError(f"{error}; see: initlesson check") from None
    return 0


def check(folder: Path, as_json: bool) -> int:
    """Check a course and print what is wrong with it."""
    from lessons.check import check_course

    problems = check_course(folder)
    if as_json:
        found = [{"file": str(each.path), "line": each.line, "problem": each.problem} for each in problems]
        print_json({"course": str(folder), "problems": found})
        return FAILURE if problems else 0
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        count = len(problems)
        raise CommandError(f"{count} problem{'s' if count > 1 else ''} in {folder}")
    print(f"{folder}: no problems")
    return 0


def print_json(value: object) -> None:
    """Print one JSON object for a program to read."""
    print(json.dumps(value, ensure_ascii=False))
