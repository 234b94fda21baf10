"""`initlesson progress` and `initlesson reset`."""

from __future__ import annotations

import json
import sys
from io import StringIO
from pathlib import Path

import pytest

from lessons.course import load_course
from tui.cli import main
from tui.session import Answer, Progress, open_session

ANSWERS = {
    "the-symptom/weights-moved": Answer("none-of-them", "certain"),
    "the-symptom/what-it-says": Answer("it-guesses-0-for-some-points-1-for-others"),
    "the-explanation/does-it-follow": Answer("yes-equal-losses-leave-nothing-to-prefer", "certain"),
    "by-hand/p-at-zero": Answer(None),
    "by-hand/nothing-of-that-name": Answer("x"),
    "the-same-loss/another-p": Answer("a-choice-that-was-reworded", "a guess"),
}


@pytest.fixture
def kept(progress_file: Path) -> Path:
    progress_file.parent.mkdir()
    progress = Progress("zero-init", "the-explanation", 0, dict(ANSWERS), {"welcome", "the-symptom"})
    progress.hints = {"by-hand/p-at-zero": 1}
    progress_file.write_text(progress.to_json())
    return progress_file


def terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    class Typing(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Typing(typed))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


def read(path: Path) -> Progress:
    return open_session("zero-init", path).progress


def test_how_far_one_is(capsys: pytest.CaptureFixture[str], kept: Path) -> None:
    before = kept.read_bytes()
    assert main(["--session", str(kept), "progress"]) == 0
    out = capsys.readouterr().out
    assert "You are at screen 3 of 25, the-explanation, page 1." in out
    assert "1 The claim: 2 of 3 screens seen" in out
    assert "  ✓ the-symptom\n      weights-moved  ✓ right (certain)\n" in out
    assert "✗ wrong" in out
    assert "does-it-follow  predicted, not told yet (certain)" in out, "it must not be given away here"
    assert "answered, but the course has changed (a guess)" in out
    assert str(kept) in out
    assert max(len(line) for line in out.splitlines() if str(kept) not in line) <= 80
    assert kept.read_bytes() == before


def test_how_far_one_is_for_programs(capsys: pytest.CaptureFixture[str], kept: Path) -> None:
    assert main(["progress", "--json", "--session", str(kept)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["screen"], found["page"], found["file"]) == ("the-explanation", 1, str(kept))
    assert [screen["screen"] for screen in found["screens"]] == list(load_course().order)
    symptom = found["screens"][1]
    assert symptom["finished"]
    assert symptom["questions"][0] == {
        "question": "weights-moved",
        "result": "right",
        "choice": "none-of-them",
        "confidence": "certain",
        "late": False,
        "hints": 0,
    }
    assert (found["counts"]["right"], found["counts"]["skipped"]) == (1, 1)
    asked = sum(len(screen["questions"]) for screen in found["screens"])
    assert sum(found["counts"].values()) == asked


def test_blanks_and_assemblies_are_judged(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    course = load_course()
    asked = [(slug, part) for slug in course.order for part in course.screen(slug).asked()]
    from lessons.model import JOINT, Assembly, Blank
    from lessons.values import number

    session = open_session("zero-init", tmp_path / "p.json")
    for slug, part in asked:
        if isinstance(part, Blank):
            session.give(slug, part.slug, Answer(f"{number(course, part.answer):.6f}"))
        elif isinstance(part, Assembly):
            session.give(slug, part.slug, Answer(JOINT.join(choice.slug for choice in part.right)))
    given = len(session.progress.answers)
    assert given > 1
    assert main(["progress", "--json", "--session", str(tmp_path / "p.json")]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["right"] == given


@pytest.mark.parametrize("command", [["progress"], ["reset", "--all"]])
def test_before_the_first_start(
    capsys: pytest.CaptureFixture[str], progress_file: Path, command: list[str]
) -> None:
    assert main([*command, "--session", str(progress_file)]) == 0
    assert str(progress_file) in capsys.readouterr().out
    assert not progress_file.exists()


@pytest.mark.parametrize("command", [["progress"], ["reset", "--all", "--yes"], []])
def test_a_named_file_of_something_else_stays_where_it_is(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: list[str],
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["--session", str(tmp_path / "notes.txt"), *command]) == 1
    assert (
        "is not the progress of the course zero-init; move it away, or name another file with --session"
        in capsys.readouterr().err
    )
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        (["the-symptom"], {"the-symptom"}),
        (["2"], {"the-symptom"}),
        (["the-claim"], {"the-symptom", "the-explanation"}),
        (["the-symptom", "the-real-reason"], {"the-symptom", "by-hand"}),
        (["--all"], {"the-symptom", "the-explanation", "by-hand", "the-same-loss"}),
    ],
)
def test_reset(kept: Path, what: list[str], gone: set[str]) -> None:
    assert main(["reset", *what, "--yes", "--session", str(kept)]) == 0
    left = read(kept)
    assert set(left.answers) == {key for key in ANSWERS if key.partition("/")[0] not in gone}
    assert ("by-hand/p-at-zero" in left.hints) == ("by-hand" not in gone)
    assert ("the-symptom" in left.finished) == ("the-symptom" not in gone)
    assert left.screen == ("" if what == ["--all"] else "the-explanation")


@pytest.mark.parametrize(("typed", "forgotten"), [("y\n", True), ("yes\n", True), ("\n", False), ("", False)])
def test_reset_asks(kept: Path, monkeypatch: pytest.MonkeyPatch, typed: str, forgotten: bool) -> None:
    terminal(monkeypatch, typed)
    assert main(["reset", "--all", "--session", str(kept)]) == (0 if forgotten else 1)
    assert (read(kept).answers == {}) == forgotten


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["reset", "--all"], "--yes forgets without asking"),
        (["reset"], "or else --all"),
        (["reset", "the-symptom", "--all"], "or else --all"),
        (["reset", "the-symptoms"], "did you mean the-symptom?"),
        (["--fresh", "progress"], "--fresh"),
    ],
)
def test_what_reset_refuses(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    kept: Path,
    arguments: list[str],
    says: str,
) -> None:
    before = kept.read_bytes()
    monkeypatch.setattr("tui.commands.kept.progress_path", lambda course: kept)
    assert main(arguments) == 2
    assert says in capsys.readouterr().err
    assert kept.read_bytes() == before


def test_what_is_reset_while_the_lesson_is_open_does_not_come_back(kept: Path) -> None:
    window = open_session("zero-init", kept)
    assert main(["reset", "the-symptom", "--yes", "--session", str(kept)]) == 0
    window.give("the-ledger", "new", Answer("x"))
    assert "the-symptom/weights-moved" not in read(kept).answers
    assert "the-symptom/weights-moved" not in window.progress.answers
    assert set(read(kept).answers) == {key for key in ANSWERS if "the-symptom" not in key} | {
        "the-ledger/new"
    }
