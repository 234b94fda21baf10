"""The day as files: what is in them, that no cell is a formula, and that hidden names stay hidden."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.course import load_course
from tests.tui.workshop.room_of import room_of, voted
from tui.workshop.room.desk import Desk
from tui.workshop.room.exported import cell, exported, write

NOW = 1_800_000_000.0


@pytest.fixture
def desk() -> Desk:
    course = load_course()
    desk = Desk(course, lambda: NOW, room_of(30, course, NOW))
    voted(desk.room, course, 2, NOW)
    desk.number_learners()
    return desk


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_answer_and_every_vote_is_there_once(desk: Desk) -> None:
    texts = exported(desk)
    learners, answers = rows(texts["learners.csv"]), rows(texts["answers.csv"])
    assert [row["learner"] for row in learners] == [each.name for each in desk.room.learners.values()]
    lesson = [row for row in answers if row["source"] == "lesson"]
    assert len(lesson) == sum(len(each.answers) for each in desk.room.learners.values())
    rounds = desk.room.votes[0].rounds
    for number, turn in enumerate(rounds, start=1):
        found = [row for row in answers if (row["source"], row["round"]) == ("vote 1", str(number))]
        assert len(found) == len(turn.given)
        right = sum(row["right"] == "true" for row in found)
        assert right == sum(
            each.choice == "they-move-and-it-learns-to-tell-the-blobs-apart" for each in turn.given.values()
        )
    data = json.loads(texts["room.json"])
    assert len(data["learners"]) == 30
    assert len(data["votes"][0]["rounds"][1]["given"]) == len(rounds[1].given)
    asked = next(
        each for each in data["questions"] if each["question"] == f"{desk.room.votes[0].screen}/does-it-learn"
    )
    both = set(rounds[0].given) & set(rounds[1].given)
    assert sum(each["count"] for each in asked["shift"]) == len(both)
    assert [each["source"] for each in asked["splits"]] == ["lesson", "first vote", "second vote"]


def test_hidden_names_are_nowhere_and_the_same_everywhere(desk: Desk) -> None:
    open_texts, desk.hidden = exported(desk), True
    texts = exported(desk)
    for each in desk.room.learners.values():
        assert f'"{each.name}"' not in texts["room.json"]
        assert f'"{each.key}"' not in texts["room.json"]
    for end in ("learners.csv", "answers.csv"):
        named, hidden = ([row.pop("learner") for row in rows(text[end])] for text in (open_texts, texts))
        assert len(set(zip(named, hidden, strict=True))) == len(set(named)) == len(set(hidden))
        assert all(name.startswith("Learner ") for name in hidden)


def test_a_number_stays_when_others_come(desk: Desk) -> None:
    desk.hidden = True
    before = [desk.name(each) for each in desk.room.learners.values()]
    desk.room.learners = room_of(60, desk.course, NOW).learners
    desk.number_learners()
    assert [desk.name(each) for each in desk.room.learners.values()][:30] == before


@given(st.text())
def test_no_cell_is_a_formula_or_more_than_a_line(text: str) -> None:
    found = cell(text)
    assert not found.lstrip(" ").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not any(char in found for char in "\t\r\n\x00\x1b\x85\u2028")


@pytest.mark.parametrize("name", ["=1+2", "+49", "-x", "@sum", "\tx", "  =x", "＝x"])
def test_a_formula_is_quoted(desk: Desk, name: str) -> None:
    assert cell(name).startswith("'")


def test_files_are_whole_for_their_owner_alone_and_named_by_time(desk: Desk, tmp_path: Path) -> None:
    paths = write(exported(desk), tmp_path / "exports", NOW)
    assert sorted(path.name for path in (tmp_path / "exports").iterdir()) == sorted(
        path.name for path in paths
    )
    for path in paths:
        assert path.stat().st_mode & 0o777 == 0o600
        assert set(path.name.partition("learners")[0].partition("answers")[0].partition("room")[0]) <= set(
            "0123456789-"
        )
    assert json.loads(paths[2].read_text(encoding="utf-8"))["course"] == "zero-init"
