"""A rehearsal with a few learners, and what is said of the figures of many."""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lessons.course import BUILT_IN, load_course
from tui.cli import main
from tui.workshop.house import Bounds
from tui.workshop.rehearsal.rehearsal import rehearse
from tui.workshop.rehearsal.rehearsed import Rehearsed, report

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")
GOOD: dict[str, Any] = {
    "first": [0.05] * 100,
    "keys": [0.03] * 500,
    "memory": 1_500.0,
    "left": 6_000.0,
    "whole": 8_000.0,
    "seconds": 40.0,
    "busy": 16.0,
    "taken": 8.0,
    "scripts": 2.0,
    "server": 4.0,
    "processors": 2,
}


def rehearsed(learners: int = 100, most: int = 400, **more: Any) -> tuple[str, bool]:
    return report(Rehearsed(learners, most, **(GOOD | more)))


def test_a_small_class_comes_works_and_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rehearse(load_course(BUILT_IN), 3, Bounds(), arriving=0.3, working=6)
    said = capsys.readouterr().out
    assert re.search(r"came, refused or failed +3 +0\n", said), said
    assert re.search(r"key to screen +\d", said)
    assert float(re.findall(r"memory of a session +([\d.]+) MB", said)[0]) > 0
    assert "Not tried: your network" in said
    assert not [*tmp_path.iterdir()]


def test_who_is_refused_is_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # As for everybody but root.
    monkeypatch.setattr("tui.workshop.rehearsal.rehearsal.megabytes", lambda _: None)
    status = rehearse(load_course(BUILT_IN), 3, Bounds(sessions=2), arriving=0.3, working=3)
    said = capsys.readouterr().out
    assert status == 1
    assert re.search(r"came, refused or failed +2 +1\n", said), said
    assert "1 times: The workshop is full" in said
    assert "Not everybody could come and work." in said
    assert re.search(r"memory of a session +[\d.]+ MB, and .*; about, with the scripts", said)


def test_the_command_says_why_it_cannot_be_held(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/dev/null")
    assert main(["serve", "--rehearse", "2"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("initlesson: the rehearsal cannot be held: ")
    assert said.count("\n") == 1


def test_a_machine_that_is_up_to_it() -> None:
    said, well = rehearsed()
    assert well
    assert "This machine is up to a class of 100." in said
    assert re.search(r"first screen +50 ms +50 ms", said)
    assert "10% for the class, 2% for the scripts, 8% for other programs" in said
    assert "15.0 MB, and 6,000 MB are left" in said
    # 10 % are taken, and 80 % may be; memory would do for 447, and the bound is 400.
    assert "What limits it first: --sessions, at about 400" in said


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ({"first": [0.05] * 90 + [2.5] * 10}, "Those who come wait too long"),
        ({"keys": [0.03] * 90 + [0.8] * 10}, "Keys are answered too late"),
        ({"taken": 70.0}, "The processors are too busy"),
        ({"left": 700.0}, "The memory is nearly used up"),
        ({"swapped": 20.0}, "The memory is nearly used up"),
        ({"first": [0.05] * 99}, "Not everybody could come"),
        ({"failed": Counter({"a key was not answered": 1})}, "Not everybody could come"),
        ({"first": [], "keys": []}, "Not everybody could come"),
    ],
)
def test_a_machine_that_is_not(found: dict[str, Any], sentence: str) -> None:
    said, well = rehearsed(**found)
    assert not well
    assert "This machine is not up to a class of 100." in said
    assert sentence in said


@pytest.mark.parametrize(
    ("found", "limit"),
    [
        ({"memory": 3_000.0}, "memory, at about 273 learners"),
        ({"taken": 32.0}, "the processors, at about 200 learners"),
        ({"server": 16.0}, "the process of the server, which has one processor, at about 200 learners"),
    ],
)
def test_what_limits_it(found: dict[str, Any], limit: str) -> None:
    assert f"What limits it first: {limit}" in rehearsed(**found)[0]


def test_other_programs_are_named() -> None:
    said, well = rehearsed(busy=60.0)
    assert well
    assert "Other programs keep the processors busy" in said
