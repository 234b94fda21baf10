from __future__ import annotations

from pathlib import Path

import pytest

from lessons.errors import LessonError
from lessons.model import Assembly
from lessons.parts.review import Review
from lessons.screens import parse_screen

ASSEMBLY = """\
:::{assembly} why
Choose.

- It moves if
  - [x] its gradient is not zero
    > Yes.
  - [ ] its loss differs
    > No.
- The loss is
  - [ ] the cause
    > No.
  - [x] no cause
    > Yes.
:::"""


def part(directive: str) -> object:
    screen = parse_screen(Path("s.md"), "s", f"# T\n\n{directive}\n")
    (found,) = screen.pages[0].parts
    return found


def test_a_review_has_nothing_to_set() -> None:
    assert part(":::{review}\n:::") == Review()


@pytest.mark.parametrize(
    ("directive", "says"),
    [
        (":::{review} all\n:::", "takes no argument"),
        (":::{review}\nbody\n:::", "takes no body"),
        (":::{review}\n:order: worst\n:::", "unknown option order; allowed: none"),
    ],
)
def test_a_review_with_more_is_an_error(directive: str, says: str) -> None:
    with pytest.raises(LessonError) as caught:
        part(directive)
    assert says in str(caught.value)


def test_an_answer_names_a_piece_for_every_gap() -> None:
    found = part(ASSEMBLY)
    assert isinstance(found, Assembly)
    assert [choice.slug for choice in found.right] == ["its-gradient-is-not-zero", "no-cause"]
    assert found.taken("its-gradient-is-not-zero+no-cause") == found.right
    mixed = found.taken("its-loss-differs+no-cause")
    assert mixed is not None
    assert [choice.right for choice in mixed] == [False, True]


@pytest.mark.parametrize("answer", ["", "no-cause", "its-loss-differs+what", "a+b+c", "no-cause+no-cause"])
def test_an_answer_that_does_not_fit_the_gaps_is_none(answer: str) -> None:
    found = part(ASSEMBLY)
    assert isinstance(found, Assembly)
    assert found.taken(answer) is None
