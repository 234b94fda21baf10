"""A course: a folder with `course.toml`, `scenarios.toml`, and a Markdown file for each screen.

A course is untrusted data: its files are bounded in size, and none outside its folder is read.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import shown
from lessons.errors import LessonError
from lessons.slugs import SLUG

if TYPE_CHECKING:
    from lessons.model import Question, Screen

FORMAT = 1
MAX_BYTES = 64 * 1024
MAX_SCREENS = 200
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BUILT_IN = Path(__file__).parent / "zero-init"


@dataclass(frozen=True)
class Lesson:
    """A few screens that belong together.

    Attributes:
        slug: Its name, and the name of its folder.
        title: Its heading.
        minutes: How long a learner takes.
        screens: Slugs of its screens, in order.

    """

    slug: str
    title: str
    minutes: int
    screens: tuple[str, ...]


@dataclass
class Course:
    """A course, whose screens are read when they are first asked for.

    Attributes:
        folder: Where it is.
        slug: Its name.
        title: Its heading.
        lessons: Its lessons, in order.

    """

    folder: Path
    slug: str
    title: str
    lessons: tuple[Lesson, ...]
    _read: dict[str, Screen] = field(default_factory=dict)
    scenarios: dict[str, Any] | None = None
    """The scenarios of `lessons.scenarios`, once they have been read."""
    entries: tuple[Any, ...] | None = None
    """The entries of `lessons.glossary`, once they have been read."""
    figures: dict[str, Any] | None = None
    """The figures of `lessons.published`, once they have been read."""

    @property
    def order(self) -> tuple[str, ...]:
        """Slugs of all screens, in order."""
        return tuple(screen for lesson in self.lessons for screen in lesson.screens)

    @property
    def glossary(self) -> Path:
        """Where its glossary is, if it has one."""
        return self.folder / "glossary.md"

    @property
    def minutes(self) -> int:
        """How long a learner takes for the whole course."""
        return sum(lesson.minutes for lesson in self.lessons)

    def lesson_of(self, slug: str) -> Lesson:
        """Return the lesson that a screen belongs to."""
        return next(lesson for lesson in self.lessons if slug in lesson.screens)

    def path(self, slug: str) -> Path:
        """Return the file of a screen."""
        return self.folder / self.lesson_of(slug).slug / f"{slug}.md"

    def screen(self, slug: str) -> Screen:
        """Return a screen.

        Raises:
            LessonError: its file cannot be read, or is not a screen.

        """
        if slug not in self._read:
            from lessons.screens import parse_screen

            path = self.path(slug)
            self._read[slug] = parse_screen(path, slug, read_text(self.folder, path))
        return self._read[slug]

    def question(self, screen: str, question: str) -> Question | None:
        """Return a question of a screen, or None if there is none of that name."""
        return self.screen(screen).question(question) if screen in self.order else None


def read_text(folder: Path, path: Path) -> str:
    """Return the text of a file of a course.

    Raises:
        LessonError: it is missing, outside the folder, too large, or not UTF-8.

    """
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise LessonError(path, None, "lies outside the course's folder; keep every file inside it")
        if not path.is_file():
            raise LessonError(path, None, "no such file; write it, or correct its name in course.toml")
        if path.stat().st_size > MAX_BYTES:
            raise LessonError(path, None, f"larger than {MAX_BYTES // 1024} KiB; split it")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
        reason = getattr(error, "strerror", None) or error
        raise LessonError(path, None, f"cannot be read: {reason}") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise LessonError(path, line, "not UTF-8 text; save the file as UTF-8") from None
    # A control character could move the cursor of a learner's terminal, or worse.
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise LessonError(path, line, f"control character {found[0]!r}; remove it")
    return text


def read_toml(folder: Path, name: str) -> dict[str, object]:
    """Return what a TOML file of a course holds.

    Raises:
        LessonError: it cannot be read, or is not TOML.

    """
    path = folder / name
    text = read_text(folder, path)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, or an integer of thousands of digits
        raise LessonError(path, None, f"not valid TOML: {error}") from None
    except RecursionError:
        raise LessonError(path, None, "nested too deeply; a course needs no such depth") from None


def load_course(folder: Path = BUILT_IN) -> Course:
    """Return the course in a folder, its screens not yet read.

    Raises:
        LessonError: course.toml is missing, broken, or of another format.

    """
    path = folder / "course.toml"
    try:
        path.stat()
    except OSError:
        raise LessonError(folder, None, "no course here; a course is a folder with a course.toml") from None
    data = read_toml(folder, "course.toml")

    def fail(problem: str) -> LessonError:
        return LessonError(path, None, problem)

    def text(table: dict[str, object], key: str, where: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise fail(f"{key} in {where} is {shown(value)}; allowed: a line of text")
        return value

    if data.get("format") != FORMAT:
        raise fail(f"format is {shown(data.get('format'))}; allowed: {FORMAT}")
    unknown = set(data) - {"format", "slug", "title", "lessons"}
    if unknown:
        raise fail(f"unknown setting {min(unknown)}; allowed: format, slug, title, lessons")
    tables = data.get("lessons")
    if not isinstance(tables, list) or not tables:
        raise fail("has no lessons; add [[lessons]] with slug, title, minutes and screens")
    lessons = []
    for number, table in enumerate(tables, start=1):
        where = f"lesson {number}"
        if not isinstance(table, dict) or set(table) != {"slug", "title", "minutes", "screens"}:
            raise fail(f"{where} needs exactly slug, title, minutes and screens")
        minutes, screens = table["minutes"], table["screens"]
        if type(minutes) is not int or not 1 <= minutes <= 600:
            raise fail(f"minutes in {where} is {shown(minutes)}; allowed: a whole number from 1 to 600")
        if not isinstance(screens, list) or not screens:
            raise fail(f"screens in {where} is {shown(screens)}; allowed: a list of names")
        lessons.append(
            Lesson(text(table, "slug", where), text(table, "title", where), minutes, tuple(screens))
        )
    course = Course(
        folder, text(data, "slug", "the course"), text(data, "title", "the course"), tuple(lessons)
    )
    for slug in (course.slug, *(lesson.slug for lesson in lessons), *course.order):
        if not isinstance(slug, str) or not SLUG.fullmatch(slug):
            raise fail(f"{shown(slug)} is no name; allowed: lower-case letters, digits and single hyphens")
    if len(set(course.order)) != len(course.order):
        raise fail("a screen stands twice; give every screen a name of its own")
    if len(course.order) > MAX_SCREENS:
        raise fail(f"has {len(course.order)} screens; allowed: at most {MAX_SCREENS}")
    return course
