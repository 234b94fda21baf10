"""The fifth lesson as plain text."""

from __future__ import annotations

from lessons.course import load_course
from tui.plain import screen_text


def text_of(slug: str) -> str:
    course = load_course()
    return screen_text(course, course.screen(slug))


def test_the_race_names_its_runs_and_the_published_figures() -> None:
    text = text_of("the-race")
    assert "random × 10  Run: initlesson run course-random" in text
    assert "14,000  0.07357895962677366" in text
    assert "accuracy, train 0.83, test 0.86" in text
    assert "this machine" not in text


def test_the_switches_are_a_table_for_each_kind_of_unit() -> None:
    lines = text_of("one-zero-layer").splitlines()
    tables = [lines.index(f"{units}:") for units in ("ReLU", "tanh", "sigmoid")]
    assert [lines[at + 4].split() for at in tables] == [
        ["He", "0", "He", "none"],
        ["He", "0", "He", "2"],
        ["He", "0", "He", "2", "3"],
    ]


def test_the_sleeping_network_is_described_without_the_answer() -> None:
    text = text_of("wake-it-up")
    assert "A network of the sizes 2-3-2-1, with these gradients:" in text
    assert "Of its 20 numbers, each changed to 1 alone, 0 let a weight move." in text
    assert "An answer" not in text
