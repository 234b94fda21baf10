from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.course import MAX_BYTES, load_course, read_text
from lessons.errors import LessonError

SmallCourse = Callable[[str], Path]


def test_the_built_in_course() -> None:
    course = load_course()
    assert course.slug == "zero-init"
    assert course.order[:2] == ("welcome", "the-symptom")
    assert course.minutes == sum(lesson.minutes for lesson in course.lessons)
    assert course.lesson_of("the-ledger").slug == "the-real-reason"
    assert course.screen("welcome") is course.screen("welcome")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("format = 1", "format = 2", "format is 2; allowed: 1"),
        ("format = 1\n", "", "format is None"),
        ('slug = "small"', 'slug = "../small"', "../small is no name"),
        ('title = "A small course"', "title = 3", "title in the course is 3"),
        ('title = "A small course"', 'title = "\\u001b[31m"', "allowed: a line of text"),
        ('title = "A small course"', 'titel = "A"', "unknown setting titel"),
        ("minutes = 3", "minutes = 0", "minutes in lesson 1 is 0"),
        ("minutes = 3", "minutes = true", "minutes in lesson 1 is True"),
        ("minutes = 3", "", "lesson 1 needs exactly"),
        ("minutes = 3", "minutes = " + "[" * 5000, "nested too deeply"),
        ('screens = ["first"]', "screens = []", "screens in lesson 1"),
        ('screens = ["first"]', "screens = [7]", "7 is no name"),
        ('screens = ["first"]', 'screens = ["first", "first"]', "a screen stands twice"),
        ("[[lessons]]", "[lessons]", "has no lessons"),
        ("format = 1", "format = ", "not valid TOML"),
    ],
)
def test_a_broken_course_file_is_named(small_course: SmallCourse, old: str, new: str, says: str) -> None:
    folder = small_course("# T\n\nx\n")
    path = folder / "course.toml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(LessonError, match=r"course\.toml") as caught:
        load_course(folder)
    assert says in str(caught.value)


def test_files_that_cannot_be_read(small_course: SmallCourse, tmp_path: Path) -> None:
    folder = small_course("# T\n\nx\n")
    path = folder / "one" / "first.md"

    def problem() -> str:
        with pytest.raises(LessonError) as caught:
            load_course(folder).screen("first")
        return str(caught.value)

    path.write_bytes(b"# T\n\ncaf\xe9\n")
    assert "first.md:3: not UTF-8" in problem()
    path.write_bytes(b"# T\n\nRed: \x1b[31m\n")
    assert "first.md:3: control character '\\x1b'; remove it" in problem()
    path.write_bytes(b"# T\r\n\r\nLines of another system.\r\n")
    assert load_course(folder).screen("first").title == "T"
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    assert "larger than 64 KiB" in problem()
    path.unlink()
    assert "no such file" in problem()
    path.mkdir()
    assert "no such file" in problem()
    outside = tmp_path.parent / "outside.md"
    outside.write_text("# Secret\n\nx\n")
    path.rmdir()
    path.symlink_to(outside)
    assert "outside the course's folder" in problem()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(small_course: SmallCourse) -> None:
    folder = small_course("# T\n\nx\n")
    path = folder / "one" / "first.md"
    path.chmod(0)
    with pytest.raises(LessonError, match="cannot be read"):
        read_text(folder, path)


def test_a_folder_that_is_no_course(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="no course here"):
        load_course(tmp_path / "nowhere")
