from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.check import check_course
from lessons.course import load_course
from lessons.errors import LessonError
from lessons.glossary import Entry, has_glossary, load_glossary, page_text
from lessons.model import Span, plain

SmallCourse = Callable[[str], Path]


def write(small_course: SmallCourse, glossary: str) -> Path:
    folder = small_course("# T\n\nThe `dWˡ` of *ReLU* and a loss.\n\n```math\nz = W x\n```\n")
    (folder / "glossary.md").write_text(glossary, encoding="utf-8")
    return folder


def test_a_glossary_is_read_in_its_order(small_course: SmallCourse) -> None:
    folder = write(
        small_course, "# Glossary\n\n- **dW** (first): The `dWˡ`\n  of a layer.\n- **b** (first): Biases.\n"
    )
    first, second = load_glossary(load_course(folder))
    assert (first.term, first.screen, plain(first.meaning), first.line) == (
        "dW",
        "first",
        "The dWˡ of a layer.",
        3,
    )
    assert (second.term, second.line) == ("b", 5)
    assert check_course(folder) == []


def test_a_course_does_without_a_glossary(small_course: SmallCourse) -> None:
    folder = small_course("# T\n\nx\n")
    assert not has_glossary(load_course(folder))
    assert check_course(folder) == []


@pytest.mark.parametrize(
    ("glossary", "line", "says"),
    [
        ("- **p** (first): It.\n", 1, "begins with its title"),
        ("# G\n", 1, "at least one entry"),
        ("# G\n\nText.\n", 3, "a glossary is one list"),
        ("# G\n\n- p (first): It.\n", 3, "write each entry as"),
        ("# G\n\n- **p**: It.\n", 3, "write each entry as"),
        ("# G\n\n- **p** (first):\n", 3, "write each entry as"),
        ("# G\n\n- **p** (first): It.\n\n  More.\n", 3, "write each entry as"),
        ("# G\n\n- **p** (first): It.\n- **p** (first): It.\n", 4, "p stands twice"),
        ("# G\n\n- **p** (frist): It.\n", 3, "no screen 'frist'"),
        ("# G\n\n- **p** (first): Is 0.25 here.\n", 3, "0.25 is typed by hand"),
        ("# G\n\n- **p** (first): See {value}`shrt p`.\n", 3, "no scenario 'shrt'"),
        ("# G\n\n- **p** (first): See [x](y).\n", 3, "link is not allowed"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    small_course: SmallCourse, glossary: str, line: int, says: str
) -> None:
    problems = check_course(write(small_course, glossary))
    assert [problem.line for problem in problems] == [line]
    assert says in str(problems[0])
    assert "glossary.md" in str(problems[0])


def test_a_glossary_outside_the_folder_is_not_read(small_course: SmallCourse, tmp_path: Path) -> None:
    folder = small_course("# T\n\nx\n")
    outside = tmp_path.parent / "outside.md"
    outside.write_text("# G\n\n- **p** (first): It.\n")
    (folder / "glossary.md").symlink_to(outside)
    with pytest.raises(LessonError, match="lies outside"):
        load_glossary(load_course(folder))


@pytest.mark.parametrize(
    ("term", "stands"),
    [
        ("dW", True),
        ("W", True),
        ("z", True),
        ("a", False),
        ("d", False),
        ("ReLU", True),
        ("relu", True),
        ("loss", True),
        ("los", False),
        ("b", False),
    ],
)
def test_a_short_term_is_looked_for_in_code_alone(small_course: SmallCourse, term: str, stands: bool) -> None:
    folder = write(small_course, "# G\n\n- **p** (first): It.\n")
    text = page_text(load_course(folder).screen("first").pages[0])
    assert Entry(term, "first", (Span("x"),), 1).stands_in(*text) is stands


def test_every_symbol_of_the_course_is_there() -> None:
    terms = {entry.term for entry in load_glossary(load_course())}
    assert {"p", "y", "x", "L", "W", "b", "z", "a", "g", "g′", "δ", "dW", "db", "m", "l", "ln 2"} <= terms
