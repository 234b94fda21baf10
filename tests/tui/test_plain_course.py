"""The whole course by typed lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lessons.course import load_course
from lessons.model import Assembly, Blank, Question
from lessons.values import number
from tests.tui.learning import Learner, Manner, in_manner, lines
from tui.plain.talk import PROMPT
from tui.session import CONFIDENCES
from tui.telling.lines import WIDTH

UNREADABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2500-\u259f\u25a0-\u25ff\u2800-\u28ff✓✗▸•]")
OFFERED_TWICE = re.compile(r"\S\n.*\S\n" + re.escape(PROMPT))


@pytest.fixture(scope="module", params=["right", "wrong", "skipped"])
def taken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Manner, Learner]:
    """Return the course as it was taken from its first page to its last, every live part touched once."""
    manner: Manner = request.param
    path = tmp_path_factory.mktemp(manner) / "progress.json"
    return manner, Learner(path, in_manner(manner, touched=manner == "right")).learn()


def test_every_page_is_read_and_every_answer_kept(taken: tuple[Manner, Learner]) -> None:
    manner, learner = taken
    course, progress = load_course(), learner.session.progress
    for at, slug in enumerate(course.order, start=1):
        screen = course.screen(slug)
        for page in range(1, len(screen.pages) + 1):
            head = f"Screen {at} of {len(course.order)}, page {page} of {len(screen.pages)}: "
            assert f"{head}{screen.title}\n" in learner.said
        for asked in screen.asked():
            kept = progress.answer(slug, asked.slug)
            assert kept is not None
            if manner == "skipped":
                assert (kept.choice, kept.looked) == (None, False)
                continue
            assert kept.choice is not None
            match asked:
                case Question():
                    choice = asked.choice(kept.choice)
                    assert choice is not None
                    assert choice.right == (manner == "right")
                    assert kept.confidence == (CONFIDENCES[2] if asked.kind == "predict" else None)
                case Blank():
                    assert kept.choice == f"{number(course, asked.answer) + (manner == 'wrong'):.4f}"
                case Assembly():
                    assert (asked.taken(kept.choice) == asked.right) == (manner == "right")
    assert progress.finished == set(course.order)
    assert learner.said.endswith("Your place and your answers are kept. Goodbye.\n")


def test_nothing_is_drawn_and_no_line_is_too_long(taken: tuple[Manner, Learner]) -> None:
    _, learner = taken
    assert UNREADABLE.findall(learner.said) == []
    assert [line for line in learner.said.split("\n") if len(line) > WIDTH] == []


def test_every_offer_is_one_line(taken: tuple[Manner, Learner]) -> None:
    _, learner = taken
    assert learner.said.count(f"\n{PROMPT}") > 100
    assert OFFERED_TWICE.findall(learner.said) == []


def test_no_part_is_missing_and_none_fails(taken: tuple[Manner, Learner]) -> None:
    _, learner = taken
    for fault in ("cannot be shown", "cannot be read", "[", "needs a terminal", "Press ", "Tab "):
        found = [line for line in learner.said.split("\n") if fault in line and "W1[2,1]" not in line]
        assert [line for line in found if not re.search(r"[Wb]\d\[", line)] == [], fault


def test_what_comes_of_answers_is_told(taken: tuple[Manner, Learner]) -> None:
    manner, learner = taken
    told = {
        "right": "Right. You predicted (certain): None of them",
        "wrong": "Not so. You predicted (certain): All of them",
        "skipped": "You made no prediction. The answer: None of them",
    }
    for each, words in told.items():
        assert (words in learner.flat) == (each == manner)
    assert ("predictions of this kind." in learner.flat) == (manner == "wrong")


def test_back_through_a_screen_and_the_first_page_is_the_first(tmp_path: Path) -> None:
    learner = Learner(tmp_path / "p", lines("", "n", "b", "b", "b")).learn()
    places = re.findall(r"Screen (\d+) of 25, page (\d+) of", learner.said)
    assert places == [("1", "1"), ("2", "1"), ("2", "2"), ("2", "1"), ("1", "1")]
    assert "This is the first page." in learner.said
