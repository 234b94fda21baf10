"""Going about the plain lesson: commands, resuming, ends of input, and bad input."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.course import load_course
from tests.tui.learning import Learner, lines, short_course
from tui.app import LessonApp
from tui.runner import Ongoing
from tui.session import Answer, open_session

COURSE = short_course()
TAKEN = "1 2 Enter n n b b m 9 n n Enter 0.7 1/2 a a m 3 a 4"
TYPED = [
    "",
    "",
    "",
    *"123456789abcdghlmnprsvwxyz?0",
    "q",
    "menu",
    "next",
    "back",
    "r",
    "1 yes",
    "r 2",
    "s 10",
]
TYPED += [
    "g all",
    "g delta",
    "0.3",
    "-1/2",
    "W1[1,1] = 1",
    "b2 1 = 1",
    "stuck",
    ",",
    "1e999",
    "٣",
    "²",
    "\x1b[A",
]


def learn(path: Path, *typed: str, screen: str = "", **how: bool) -> Learner:
    return Learner(path, lines(*typed), COURSE).learn(screen, **how)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.json"


def test_the_place_is_kept_and_taken_up_again(path: Path) -> None:
    learn(path, "", "3", "2", "", "q")
    again = learn(path)
    assert "Screen 2 of 25, page 2 of 4: The symptom" in again.said
    assert again.session.progress.answers == {
        "the-symptom/weights-moved": Answer("none-of-them", "fairly sure")
    }


def test_the_menu_says_what_was_seen_and_goes_there(path: Path) -> None:
    learner = learn(path, "", "m", "99", "x", "3", "m", "")
    assert "1. Welcome (seen to its end)" in learner.said
    assert "2. The symptom (you are here)" in learner.said
    assert learner.said.count("Not understood.") == 2
    assert "Screen 3 of 25, page 1 of 3" in learner.said
    assert learner.session.progress.answers == {}, "going elsewhere skips nothing"


def test_the_glossary_here_one_term_and_all(path: Path) -> None:
    here = learn(path, "g", screen="the-same-loss")
    one = learn(path, "g ERROR sig")
    every = learn(path, "g all")
    none = learn(path, "g zebra")
    assert "cross-entropy" in here.said.partition("> g")[2]
    assert "\nδ: " in one.said.partition("> g")[2]
    assert "\nδ: " in learn(path, "g delta").said
    assert len(every.said) > len(here.said)
    assert none.said.count("The glossary has no term of that name.") == 1


def test_help_and_the_same_page_again(path: Path) -> None:
    learner = learn(path, "?", "p")
    assert "\nYour place and your answers are kept.\nProgress:" in learner.said
    assert path.name in learner.said
    path.with_name("file").touch()
    assert "are kept" not in learn(path.with_name("file") / "no", "?").said
    assert learner.said.count("Screen 1 of 25, page 1 of 1: Welcome") == 2


def test_hints_and_an_answer_that_was_looked_at(path: Path) -> None:
    learner = learn(path, "a", "a", "a", "a", "", "n", screen="the-symptom")
    assert learner.said.count("Hint: ") == 2
    assert "A guess first teaches more." in learner.said
    assert learner.session.progress.answer("the-symptom", "weights-moved") == Answer(None, looked=True)
    assert learner.session.progress.hints_taken("the-symptom", "weights-moved") == 2


def test_another_choice_before_the_confidence(path: Path) -> None:
    learner = learn(path, "1", "0", "3", "1", screen="the-symptom")
    assert learner.session.progress.answer("the-symptom", "weights-moved") == Answer(
        "none-of-them", "a guess"
    )


@pytest.mark.parametrize("after", [(), ("q",), ("n",), ("b",), ("m", "5"), ("",), ("x",)], ids=str)
def test_a_choice_is_kept_though_its_confidence_was_not_said(path: Path, after: tuple[str, ...]) -> None:
    learn(path, "3", *after, screen="the-symptom")
    assert open_session("zero-init", path).progress.answer("the-symptom", "weights-moved") == Answer(
        "none-of-them"
    )


def test_answering_late(path: Path) -> None:
    learner = learn(path, "", "n", "b", "b", "1", "1", "", "", "", screen="the-symptom")
    assert "Not so. You predicted (a guess, after going on): All of them" in learner.flat


@pytest.mark.parametrize("typed", ["7", "0", "hello", "-1", "1 2", "①", "9" * 5000, "\x1b[31m", "'; drop"])
def test_bad_input_gets_one_line_and_what_is_allowed(path: Path, typed: str) -> None:
    learner = learn(path, typed, screen="the-symptom")
    said = learner.said.partition(f"> {typed}")[2].split("\n")
    assert said[1:4] == [
        "Not understood.",
        "",
        "1 to 4: your answer. a: a hint. Enter: leave it open. ?: help.",
    ]


def test_a_number_that_is_none_is_not_kept(path: Path) -> None:
    learner = learn(path, "n", "n", "n", "abc", "1/0", "0.7", "a", screen="by-hand")
    assert learner.said.count("That is no number.") == 2
    assert "0.7: not yet." in learner.said
    assert learner.session.progress.answer("by-hand", "p-at-zero") == Answer("0.7")


def test_questions_of_last_time_once(path: Path) -> None:
    learn(path, "1", "3", "n", "n", "q", screen="the-symptom")
    again = learn(path, "what", "y", "3", "q", recall=True)
    assert "One question from last time, before you go on?" in again.flat
    assert "Last time you said (certain): All of them" in again.flat
    assert again.session.progress.answer("the-symptom", "weights-moved") == Answer("all-of-them", "certain")
    third = learn(path, "q", recall=True)
    assert "from last time" not in third.said


def test_ctrl_c_stops_a_run_and_not_the_lesson(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Ongoing) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Ongoing, "go_on", interrupted)
    learner = learn(path, "n", "r", "q", screen="the-symptom")
    assert "stopped at step 0." in learner.said.lower()
    assert "weights moved: 0 of 75" in learner.said


def test_ctrl_c_at_a_prompt_quits_and_keeps_all(path: Path) -> None:
    def types(learner: Learner) -> str:
        if learner.reader.at is not None and "How sure" in learner.offer:
            raise KeyboardInterrupt
        return "3" if learner.at else ""

    with pytest.raises(KeyboardInterrupt):
        Learner(path, types, COURSE).learn()
    assert open_session("zero-init", path).progress.answer("the-symptom", "weights-moved") == Answer(
        "none-of-them"
    )


def test_the_lab(path: Path) -> None:
    learner = learn(path, "5", "7", "r", "s 5", "s zero", "l", "c", "3", "99", "", "z", "", "q", lab=True)
    assert "weights of layer 1: he" in learner.said
    assert "Step 1,005: " in learner.said
    assert "Steps are a number from 1 to" in learner.said
    assert "Screen 1 of 25" in learner.said


def test_a_page_that_cannot_be_read_is_said_and_passed(
    path: Path, course_with: Callable[[str], Path]
) -> None:
    course = load_course(course_with("# T\n\n:::{run} no-such\n:::\n\n---\n\nThe end.\n"))
    learner = Learner(path, lines("", "q"), course).learn()
    assert "This part cannot be shown." in learner.said
    assert "The end." in learner.said


def test_a_file_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    learner = learn(tmp_path / "progress.json" / "no", "", "3", "3", "q")
    (tmp_path / "f").write_text("")
    blocked = learn(tmp_path / "f" / "no", "", "3", "3", "", "q")
    assert "Your progress is not kept" not in learner.said
    assert learner.said.endswith("Your place and your answers are kept. Goodbye.\n")
    assert blocked.said.endswith("\n\nGoodbye.\n")
    assert blocked.said.count("Your progress is not kept") == 1


@settings(max_examples=60)
@given(st.sampled_from(COURSE.order), st.lists(st.sampled_from(TYPED) | st.text(max_size=8), max_size=25))
def test_whatever_is_typed_and_wherever_it_ends(screen: str, typed: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progress.json"
        learner = learn(path, *(line.replace("\n", " ") for line in typed), screen=screen)
        assert learner.said.endswith("Goodbye.\n")
        kept = json.loads(path.read_text())
        answers = learner.session.progress.answers
        assert {key: each["choice"] for key, each in kept["answers"].items()} == {
            key: each.choice for key, each in answers.items()
        }
        assert kept["screen"] == learner.session.progress.screen


async def test_the_same_answers_give_the_same_file_as_in_the_app(tmp_path: Path) -> None:
    typed = ["" if each == "Enter" else each for each in TAKEN.split()]
    plain = learn(tmp_path / "plain.json", *typed, "", "", "q", screen="the-symptom")
    course = load_course()
    session = open_session(course.slug, tmp_path / "app.json")
    session.progress.screen = "the-symptom"
    app = LessonApp(course, session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "2", "enter", "right", "right", "right", "left", "left")
        await app.reader.open_page("by-hand", 0)
        await pilot.press("right", "right", "right")
        await pilot.pause()
        await pilot.press(*"0.7", "enter", *"1/2", "enter")
        await pilot.pause()
        await pilot.press("a", "a")
        await app.reader.open_page("the-explanation", 0)
        await pilot.pause()
        await pilot.press("a", "4", "enter", "right")
        await pilot.pause()
        await pilot.press("q")
    assert plain.session.progress == app.session.progress
    assert (tmp_path / "plain.json").read_text() == (tmp_path / "app.json").read_text()
