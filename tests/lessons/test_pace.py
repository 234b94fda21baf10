from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.check import check_course
from lessons.course import load_course
from lessons.pace import MINUTES_A_LIVE_PART, MINUTES_A_QUESTION, WORDS_A_MINUTE, minutes, words

TEXT = """# T

One two three, {value}`short p` *five*.

:::{run} short
:::

---

:::{question} q
:kind: observe

Seven eight?

- [ ] nine
  > not read by who is right
- [x] ten
  > eleven twelve
:::
"""


def test_words_questions_and_live_parts_are_counted(small_course: Callable[[str], Path]) -> None:
    course = load_course(small_course(TEXT))
    assert [words(page) for page in course.screen("first").pages] == [5, 6]
    expected = 11 / WORDS_A_MINUTE + MINUTES_A_QUESTION + MINUTES_A_LIVE_PART
    assert minutes(course, course.lessons[0]) == pytest.approx(expected)


def test_a_lesson_may_not_promise_to_be_short(small_course: Callable[[str], Path]) -> None:
    folder = small_course("# T\n\n" + "word " * 220 * 12 + "\n")
    (problem,) = check_course(folder)
    assert problem.path.name == "course.toml"
    assert "one takes 3 minutes; its words and parts take about 12" in str(problem)
