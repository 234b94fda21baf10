"""The race, the published figures, the switchboard and the editor, as an author writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.check import check_course
from lessons.course import load_course
from lessons.errors import LessonError
from lessons.model import Variant
from lessons.parts.editor import Change, Editor
from lessons.parts.published import Published
from lessons.parts.race import Race
from lessons.parts.switchboard import Switchboard
from lessons.published import load_published, published
from lessons.screens import parse_screen

TWO = "- `a` one case\n- `b` another\n"
CASES = (Variant("one case", "a"), Variant("another", "b"))
EDITOR = """\
:::{editor} short
:answer: b1 1 = 1, W2 1 1 = 1

1. A hint.

> The reason.
:::"""


def parse(text: str) -> tuple[object, ...]:
    screen = parse_screen(Path("s.md"), "s", f"# T\n\n{text}\n")
    return tuple(part for page in screen.pages for part in page.parts)


@pytest.mark.parametrize(
    ("directive", "part"),
    [
        (f":::{{race}}\n{TWO}:::", Race(CASES)),
        (f":::{{published}}\n{TWO}:::", Published(CASES)),
        (":::{published} a\n:::", Published((Variant("", "a"),))),
        (f":::{{switchboard}}\n{TWO}:::", Switchboard(CASES)),
        (f":::{{switchboard}}\n:name: Xavier\n{TWO}:::", Switchboard(CASES, "Xavier")),
    ],
)
def test_directives(directive: str, part: object) -> None:
    assert parse(directive) == (part,)


def test_an_editor_in_full() -> None:
    (part,) = parse(EDITOR)
    assert isinstance(part, Editor)
    assert part.scenarios == ("short",)
    assert part.answer == (Change(1, 1, None, 1.0), Change(2, 1, 1, 1.0))
    assert (len(part.hints), len(part.reason)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (":::{race}\n- `a` one\n:::", 3, "has 1 scenarios; allowed: 2 to 4"),
        (":::{race}\n" + "".join(f"- `a{n}` lane\n" for n in range(5)) + ":::", 3, "has 5 scenarios"),
        (f":::{{race}} x\n{TWO}:::", 3, "takes no argument"),
        (":::{race}\n- a\n- b\n:::", 4, "write each item as"),
        (":::{published}\n:::", 3, "needs a scenario"),
        (f":::{{switchboard}}\n:name: Kaiming\n{TWO}:::", 3, "allowed: 1 to 6 characters"),
        (f":::{{switchboard}}\n:names: He\n{TWO}:::", 4, "unknown option names; allowed: name"),
        (EDITOR.replace(" short", ""), 3, "needs a scenario behind its name"),
        (EDITOR.replace("b1 1 = 1", "b1 = 1"), 3, "answer has b1 = 1; allowed: changes such as"),
        (EDITOR.replace(":answer: b1 1 = 1, W2 1 1 = 1\n", ""), 3, "answer has nothing"),
        (EDITOR.replace("W2 1 1", "b1 1"), 3, "changes a number twice"),
        (EDITOR.replace("> The reason.", ""), 3, "needs the reason"),
        (EDITOR.replace("1. A hint.", "Text."), 6, "takes hints as a numbered list"),
        (EDITOR.replace("A hint.", "A hint.\n\n   More."), 6, "each hint is one paragraph"),
    ],
)
def test_what_is_not_allowed_is_named(text: str, line: int, says: str) -> None:
    with pytest.raises(LessonError) as error:
        parse(text)
    assert says in str(error.value)
    assert error.value.line == line


FIGURES = "[short]\nevery = 2\ncost = [inf, 0.5]\ntrain = 0.5\ntest = 1\n"
PAGE = "# T\n\n:::{published} short\n:::\n"


def test_published_figures(small_course: Callable[[str], Path]) -> None:
    folder = small_course(PAGE)
    (folder / "published.toml").write_text(FIGURES)
    found = published(load_course(folder), "short")
    assert (found.every, found.cost, found.train, found.test) == (2, (float("inf"), 0.5), 0.5, 1.0)
    assert check_course(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("every = 2\n", "", "needs exactly every, cost, train and test"),
        ("every = 2", "every = 0", "every is 0; allowed: a whole number of steps"),
        ("every = 2", "every = true", "every is True"),
        ("[inf, 0.5]", "[]", "a list of 1 to 15 numbers"),
        ("[inf, 0.5]", "[nan]", "numbers from 0, or inf"),
        ("[inf, 0.5]", "[-1.0]", "numbers from 0, or inf"),
        ("[inf, 0.5]", '["x"]', "numbers from 0, or inf"),
        ("[inf, 0.5]", "[1e300]", "numbers below 1e6, or inf"),
        ("[inf, 0.5]", f"[{'1.0, ' * 16}]", "a list of 1 to 15 numbers"),
        ("test = 1", "test = 2", "test is 2; allowed: a share from 0 to 1"),
        ("[short]", "[other]", "no figures for short; there are: other"),
        (FIGURES, "short = 1", "needs exactly"),
        (FIGURES, "[short", "not valid TOML"),
    ],
)
def test_figures_that_cannot_be(small_course: Callable[[str], Path], old: str, new: str, says: str) -> None:
    folder = small_course(PAGE)
    (folder / "published.toml").write_text(FIGURES.replace(old, new))
    with pytest.raises(LessonError) as error:
        published(load_course(folder), "short")
    assert says in str(error.value)
    assert says in str(check_course(folder)[0])


@pytest.mark.parametrize(("every", "allowed"), [(4, True), (5, False)])
def test_figures_are_of_steps_that_the_run_has(
    small_course: Callable[[str], Path], every: int, allowed: bool
) -> None:
    folder = small_course(PAGE)
    (folder / "published.toml").write_text(FIGURES.replace("every = 2", f"every = {every}"))
    found = [str(problem) for problem in check_course(folder)]
    assert len(found) == (not allowed)
    assert all("first.md:3: [short] has costs up to step 5; its run ends at step 4" in each for each in found)


def test_figures_that_are_missing(small_course: Callable[[str], Path]) -> None:
    (problem,) = check_course(small_course(PAGE))
    assert "no such file" in problem.problem


def test_the_course_has_figures_of_its_three_starts() -> None:
    found = load_published(load_course())
    assert set(found) == {"course-zeros", "course-he", "course-random"}
    assert {len(figures.cost) for figures in found.values()} == {15}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("b1 1 = 1, W2 1 1 = 1", ""),
        ("b1 1 = 1", "the answer wakes nothing"),
        ("b1 1 = 1, W2 1 1 = 1, b2 1 = 1", "the answer needs fewer changes"),
        ("b9 1 = 1", "a number is"),
    ],
)
def test_an_answer_is_run(small_course: Callable[[str], Path], answer: str, says: str) -> None:
    text = EDITOR.replace("b1 1 = 1, W2 1 1 = 1", answer)
    found = [str(problem) for problem in check_course(small_course(f"# T\n\n{text}\n"))]
    assert len(found) == (1 if says else 0)
    assert all(says in problem and ":4:" in problem for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("hidden = [3]", "hidden = [7]", "layers too wide"),
        ("hidden = [3]", "hidden = [3, 3, 3]", "layers too wide"),
        ("steps = 4", "steps = 21", "is too long to try; allowed: 20 steps"),
        ("steps = 4", 'steps = 4\nbiases = "constant 0.5"', "does not start at zero"),
        ("steps = 4", 'steps = 4\noptimizer = "adam"', "trained by plain gradient descent"),
        ("steps = 4", "steps = 4\nbatch = 10", "trained by plain gradient descent"),
        ('"course-circles"', '{ name = "blobs", size = 1001 }', "allowed: 20 steps, 1000 points"),
    ],
)
def test_an_editor_is_small(small_course: Callable[[str], Path], old: str, new: str, says: str) -> None:
    folder = small_course(f"# T\n\n{EDITOR}\n")
    settings = (folder / "scenarios.toml").read_text()
    (folder / "scenarios.toml").write_text(settings.replace(old, new))
    assert says in str(check_course(folder)[0])
