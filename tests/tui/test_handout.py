from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.course import BUILT_IN, load_course
from lessons.model import Live
from lessons.parts.review import Review
from lessons.parts.steps import Steps
from lessons.scenarios import load_scenarios
from tests.tui.handouts import as_markdown, as_page, whole
from tui.cli import main
from tui.handout.asked import posed
from tui.handout.course import Handout
from tui.handout.document import Heading
from tui.handout.markdown import markdown
from tui.handout.runs import Runs, few_steps
from tui.progress import Answer, Progress
from tui.session import open_session
from tui.store import progress_path
from tui.telling.told import Example, Figures

SHORT = ["handout", "--lesson", "the-claim"]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def section(heading: str) -> str:
    """Return what stands below a heading, down to the next one of its level or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,3}} |\Z)", as_markdown(), re.M | re.S)
    assert found, heading
    return found[2]


def answer(number: str) -> str:
    return re.split(rf"^#### Answer {re.escape(number)}\n", as_markdown(), flags=re.M)[1].split("\n#")[0]


@pytest.mark.parametrize("slug", load_course().order)
def test_every_live_part_is_there_with_numbers(slug: str) -> None:
    screen = load_course().screen(slug)
    live = [part for page in screen.pages for part in page.parts if isinstance(part, Live)]
    tables = re.findall(r"^\| ---.*\n\| .*\d", section(screen.title), re.M)
    assert len(tables) >= len([part for part in live if not isinstance(part, Steps | Review)])


def test_nothing_is_left_to_run_and_no_expression_is_left() -> None:
    for text in (as_markdown(), as_page()):
        assert "{value}" not in text
    assert not any(isinstance(item, Example) for item in whole().items)


def test_what_came_of_runs() -> None:
    symptom = section("The symptom")
    for row in ("| weights moved | 0 of 75 |", "| 15,000 | 0.693147 |", "| accuracy, test set | 0.50 |"):
        assert row in symptom
    assert "Of the 150 points with the label 1, all are called 0: 0 right, 150 wrong." in symptom
    assert "On the map, no place is called 1: nothing is shaded." in symptom
    verdict = section("The verdict")
    assert "| He, but output weights zero | same loss, weights move | 58 of 75 |" in verdict
    assert "| all zero, output bias 1 | different losses, weights stuck | 0 of 75 |" in verdict
    switches = section("One zero layer")
    assert switches.count(" of 75 |") == 24
    assert "| 0 | He | He | 1 | 75 of 75 |" in switches
    race = section("The race")
    assert "| 14,000 | 0.0" in race
    assert "| He | 15,000 |" in race
    assert "He: published accuracies, and those computed here" in race
    assert "_He: the places of the map that are called 1_" in race
    assert "| called 1 where x₁ is |" in race
    assert "all 10 units are equal, they are twins" in section("Twins")
    assert "| learning rate 100 | no | 2,000 | 0 of 75 |" in section("Stuck for ever")


def test_questions_are_asked_before_and_answered_at_the_end_of_the_lesson() -> None:
    asked = posed(load_course())
    text = as_markdown()
    for each in asked:
        question = text.index(f"\n#### Question {each.number}\n")
        assert text.index(f"\n#### Answer {each.number}\n") > question
    at = [text.index(f"\n### Answers to lesson {number}\n") for number in range(1, 7)]
    assert at[0] < text.index("\n#### Answer 1.1\n") < text.index("\n#### Question 2.1\n") < at[1]


def test_an_answer_that_the_course_keeps_back_is_kept_back() -> None:
    # The explanation comes back in the last lesson; until then nobody is told.
    held = next(each for each in posed(load_course()) if each.screen == "the-explanation")
    assert held.answered == "back-to-the-claim"
    text = as_markdown()
    assert text.index(f"#### Answer {held.number}\n") > text.index("### Answers to lesson 6")


def test_an_answer_has_the_reason_of_every_choice() -> None:
    course = load_course()
    for each in posed(course):
        for choice in getattr(each.task, "choices", ()):
            reason = choice.feedback[0]
            plain = "".join(span.text for span in reason.spans if not span.style)
            first = plain.split()[0]
            assert first in answer(each.number), (each.number, first)
    assert answer("1.1").count("**Wrong, ") == 3
    assert "**Right, 3:** None of them" in answer("1.1")


def test_words_for_the_app_alone_are_in_no_part() -> None:
    text = as_markdown()
    assert "A row is a unit.\n" in text
    assert "1. Compare the accuracies.\n" in text
    for of_the_app in ("Then `v` for other units", "same letter", "Press `"):
        assert of_the_app not in text


def test_hints_of_all_kinds_of_tasks() -> None:
    hints = section("Hints for lesson 3") + section("Hints for lesson 5")
    assert "Mind the sign of `δ²`." in hints
    assert "Look at layer 3, which is next to the error." in hints
    assert "b² of unit 1 = 1, b³ of unit 1 = 1" in as_markdown()


def test_the_glossary_and_the_contents() -> None:
    glossary = section("Glossary")
    assert "- **dW**" in glossary
    assert "0.693147" in glossary
    for screen in map(load_course().screen, load_course().order):
        assert f"  - [{screen.title}](#" in section("Contents")


def test_the_learners_answers() -> None:
    told = answer("1.1")
    assert "**Your answer:** All of them (certain): **wrong.**" in told
    assert "- **Question 1.1,** you were certain: All of them" in section("Your first answer, again")


def with_answers(answers: dict[str, Answer], slug: str) -> str:
    course = load_course()
    lesson = course.lesson_of(slug)
    return markdown(Handout(course, Progress(course.slug, answers=answers)).document(lesson))


def test_answers_of_every_kind() -> None:
    course = load_course()
    assembly = course.screen("first-answer").asked()[0]
    slugs = "+".join(gap.choices[0].slug for gap in assembly.gaps)  # type: ignore[union-attr]
    text = with_answers(
        {
            "by-hand/p-at-zero": Answer("1/2"),
            "by-hand/delta-2": Answer("0.5"),
            "by-hand/dw-2": Answer(None, looked=True),
            "by-hand/dw-1": Answer(None),
            "by-hand/a-zero-weight": Answer("a-choice-of-long-ago"),
        },
        "by-hand",
    )
    assert "**Your answer:** 1/2: **right.**" in text
    assert "**Your answer:** 0.5: **wrong.**" in text
    assert "**Your answer:** you looked it up." in text
    assert "**Your answer:** you skipped it." in text
    assert "**Your answer:** none yet." in text
    assert "your choice is no longer among those here" in text
    text = with_answers({"first-answer/the-explanation-put-right": Answer(slugs)}, "first-answer")
    assert "gap 1: its loss differs between the labels; gap 2: the loss times the weight" in text
    assert "You were never sure of something wrong." in text


def test_one_lesson_has_its_own_numbers_and_no_link_leads_out_of_it() -> None:
    course = load_course()
    document = Handout(course).document(course.lessons[0])
    text = markdown(document)
    assert "About 5 minutes." in text
    assert "## Lesson 1: The claim" in text
    assert "Lesson 2" not in text.replace("Lessons 1 to 3", "")
    assert "\nThen see answer 1.3, at the end of lesson 6\n" in text
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= set(document.anchors.values())


def test_without_answers_there_are_none_and_a_terminal_is_told_to_wait(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(SHORT) == 0
    said = capsys.readouterr()
    assert "Your answer" not in said.out
    assert said.err == "initlesson: the networks of the course are run; this takes some seconds\n"


def test_a_run_is_made_once() -> None:
    runs = Runs(load_course())
    scenario = load_scenarios(load_course())["by-hand"]
    assert runs.of(scenario) is runs.of(scenario)
    assert list(runs.of(scenario).costs()) == [*few_steps(scenario), scenario.steps]


def test_every_table_has_a_caption_of_its_own_heading() -> None:
    last = None
    captions = set()
    for item in whole().items:
        if isinstance(item, Heading):
            last = item
        if isinstance(item, Figures):
            assert item.caption
            assert (last, item.caption) not in captions, item.caption
            captions.add((last, item.caption))


def test_a_run_that_breaks_off_says_so(course_with: Callable[[str], Path]) -> None:
    folder = course_with("# A page\n\n:::{run} far\n:::\n")
    scenarios = folder / "scenarios.toml"
    scenarios.write_text(
        scenarios.read_text()
        + '\n[far]\ntitle = "Far too fast"\ndata = "course-circles"\nhidden = [3]\noutput = "identity"\n'
        'loss = "squared-error"\nweights = "constant 9"\nlearning_rate = 1e6\nsteps = 500\n'
        "record_every = 100\n"
    )
    text = markdown(Handout(load_course(folder)).document())
    assert "Broken off: Far too fast: the run by step" in text
    assert "| cost | " in text


def test_writing_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "course.html"
    assert main([*SHORT, "--html", "--output", str(file)]) == 0
    assert capsys.readouterr() == ("", f"{file}: written\n")
    written = file.read_text(encoding="utf-8")
    assert written.startswith("<!DOCTYPE html>")
    file.write_text("mine")
    assert main([*SHORT, "--output", str(file)]) == 1
    assert f"{file} is there already; name another file, or add --force" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert main([*SHORT, "--output", str(file), "--force"]) == 0
    assert file.read_text(encoding="utf-8").startswith("# Why does a network of zeros not learn?\n")


def test_a_dash_for_a_file_is_the_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*SHORT, "-o", "-"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("# Why does a network of zeros not learn?\n")
    assert said.err == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("named", [False, True])
def test_the_learners_answers_come_from_their_progress(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: bool
) -> None:
    course = load_course()
    question = course.screen("the-symptom").questions()[0]
    path = tmp_path / "mine.json" if named else progress_path(course.slug)
    session = open_session(course.slug, path)
    session.give("the-symptom", question.slug, Answer(question.right.slug, "fairly sure"))
    session.save()
    assert main([*SHORT, "--answers", *(["--session", str(path)] if named else [])]) == 0
    said = capsys.readouterr()
    assert "None of them (fairly sure): **right.**" in said.out
    assert said.err == ""


def test_nobody_has_answered_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SHORT, "--answers"]) == 0
    said = capsys.readouterr()
    assert "**Your answer:** none yet." in said.out
    assert said.err == "initlesson: there are no answers yet\n"


def test_progress_that_is_none_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "other.json"
    file.write_text("{}")
    assert main([*SHORT, "--answers", "--session", str(file)]) == 1
    assert "is not the progress of the course" in capsys.readouterr().err
    assert file.read_text() == "{}"


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--lesson", "the-clam"], 2, "no lesson 'the-clam'; there are: "),
        (["--output", "."], 1, ". is a folder; name a file"),
        (["--output", "nowhere/at/all"], 1, "nowhere/at is no folder; make it first"),
        (["--output", "a" * 300], 1, "cannot be written: File name too long"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, says: str
) -> None:
    assert main(["handout", *arguments]) == status
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert said.err.startswith("initlesson: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("It is {value}`course-zeros nonsense`.\n", "unknown value `course-zeros nonsense`"),
        (":::{run} no-such-run\n:::\n", "no scenario 'no-such-run'"),
        ("<table>\n", "html block is not allowed here"),
    ],
)
def test_a_broken_course_is_one_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str, says: str
) -> None:
    spoilt = shutil.copytree(BUILT_IN, tmp_path / "course")
    welcome = spoilt / "the-claim" / "welcome.md"
    welcome.write_text(welcome.read_text() + "\n" + broken)
    file = tmp_path / "out.md"
    assert main(["--course", str(spoilt), *SHORT, "--output", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert said.err.count("\n") == 1
    assert not file.exists()


@pytest.mark.parametrize("form", [[], ["--html"]])
def test_a_file_has_the_signs_of_the_course_unless_ascii_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: list[str]
) -> None:
    monkeypatch.setenv("TERM", "linux")
    whole_signs, spelt = tmp_path / "whole", tmp_path / "spelt"
    assert main([*SHORT, *form, "-o", str(whole_signs)]) == 0
    assert not whole_signs.read_text(encoding="utf-8").isascii()
    assert main([*SHORT, *form, "--ascii", "-o", str(spelt)]) == 0
    assert spelt.read_text(encoding="utf-8").isascii()
