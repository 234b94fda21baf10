"""What a course may ask of the machine while the learner waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.check import check_course
from lessons.course import load_course
from lessons.errors import LessonError
from tui.plain import screen_text

SmallCourse = Callable[[str], Path]

STEPS = ":::{ledger} tried\n:steps: yes\n:::"
WIDTH_ONE = ":::{width-one} tried\n:::"
SWITCHES = ":::{switchboard} tried\n:::"
STEP = "[tried] takes too long a step; allowed: 2,000,000 examples × weights, not "
TWINS = {"weights": "constant 0.5", "fixed_order": True}


def problems(folder: Path, **settings: object) -> list[LessonError]:
    tried = {"title": "t", "data": "course-circles", "hidden": [10, 5], "steps": 2, "record_every": 1}
    with (folder / "scenarios.toml").open("a") as file:
        file.write("\n[tried]\n")
        for key, value in {**tried, **settings}.items():
            file.write(f"{key} = {str(value).lower() if isinstance(value, bool) else _toml(value)}\n")
    return check_course(folder)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)


def blobs(size: int) -> dict[str, object]:
    return {"name": "blobs", "size": size}


@pytest.mark.parametrize(
    ("text", "settings", "says"),
    [
        (STEPS, {}, ""),
        (STEPS, {"data": blobs(25_000)}, ""),
        (STEPS, {"data": blobs(30_000)}, STEP + "2,250,000"),
        (STEPS, {"data": blobs(300), "hidden": [90, 90]}, STEP + "2,511,000"),
        (":::{ledger} tried\n:::", {"data": blobs(30_000)}, ""),
        (WIDTH_ONE, TWINS | {"steps": 5_000}, ""),
        (WIDTH_ONE, TWINS | {"steps": 5_001}, "[tried] is too long to be run twice; allowed: 5,000 steps"),
        (
            WIDTH_ONE,
            TWINS | {"data": blobs(3_000), "steps": 900},
            "and 2e+08 steps × examples × weights",
        ),
        (WIDTH_ONE, TWINS | {"data": blobs(30_000)}, STEP + "2,250,000"),
        (SWITCHES, {"hidden": [3, 3, 3]}, ""),
        (SWITCHES, {"hidden": []}, ""),
        (SWITCHES, {"hidden": [3, 3, 3, 3]}, "[tried] has 5 layers; allowed for switches: 4"),
        (SWITCHES, {"data": blobs(30_000)}, STEP + "2,250,000"),
    ],
)
def test_what_takes_too_long_is_an_error(
    small_course: SmallCourse, text: str, settings: dict[str, object], says: str
) -> None:
    folder = small_course(f"# T\n\n{text}\n")
    found = problems(folder, **settings)
    assert [says in str(error) and "first.md:3:" in str(error) for error in found] == [True] * bool(says)
    course = load_course(folder)
    if says:
        with pytest.raises(LessonError) as error:
            screen_text(course, course.screen("first"))
        assert says in str(error.value)
    else:
        assert screen_text(course, course.screen("first"))
