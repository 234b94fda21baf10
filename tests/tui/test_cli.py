from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.course import BUILT_IN, load_course
from tui import __version__
from tui.cli import main


def run_python(code: str, *, stdin: int | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(option: str) -> None:
    code = f"""
import sys
from tui.cli import main
try:
    main(["{option}"])
except SystemExit as end:
    assert end.code == 0
heavy = {{"textual", "rich", "numpy", "markdown_it", "asyncio", "platformdirs", "argcomplete"}}
print("heavy:", sorted(heavy & set(sys.modules)))
"""
    done = run_python(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "heavy: []"
    assert "initlesson" in done.stdout


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"initlesson {__version__}\n"


def test_run_prints_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "course-zeros", "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["scenario"] == "course-zeros"
    assert outcome["steps"] == 15_000
    assert [step for step, _ in outcome["cost"]] == list(range(0, 15_000, 1_000))
    assert all(abs(cost - 0.6931471805599453) <= 1e-15 for _, cost in outcome["cost"])
    assert outcome["accuracy"] == {"train": 0.5, "test": 0.5}
    assert (outcome["weights_moved"], outcome["weights_total"]) == (0, 75)
    assert outcome["distinct_units"] == [1, 1, 1]
    assert outcome["ledger"][4] == {
        "layer": 3,
        "parameter": "W",
        "cause": "a_prev = 0",
        "max_abs_gradient": 0.0,
        "max_abs_delta": 0.5,
        "max_abs_input": 0.0,
    }


def test_run_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "course-zeros"]) == 0
    out = capsys.readouterr().out
    assert "15,000 steps, learning rate 0.01" in out
    assert " 1000  0.6931471805599453" in out
    assert "weights moved    0 of 75" in out
    assert "a_prev = 0, W above = 0, g′ = 0" in out


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    for slug in (*load_course().order, "course-zeros"):
        assert slug in out


@pytest.mark.parametrize("slug", load_course().order)
def test_show_prints_a_screen_without_its_answers(capsys: pytest.CaptureFixture[str], slug: str) -> None:
    screen = load_course().screen(slug)
    assert main(["show", slug]) == 0
    out = capsys.readouterr().out
    assert out.startswith(screen.title + "\n")
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "✓" not in out
    assert out.count("Predict:\n") + out.count("Say what you saw:\n") == len(screen.questions())


def test_list_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    course = load_course()
    assert main(["list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["course"], found["title"]) == (course.slug, course.title)
    screens = [screen["screen"] for lesson in found["lessons"] for screen in lesson["screens"]]
    assert tuple(screens) == course.order
    assert "course-zeros" in [scenario["scenario"] for scenario in found["scenarios"]]


def test_options_may_stand_on_either_side_of_the_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = shutil.copytree(BUILT_IN, tmp_path / "other")
    course = (other / "course.toml").read_text().replace("Why does a network of zeros", "How does it")
    (other / "course.toml").write_text(course)
    for arguments in (["--course", str(other), "list"], ["list", "--course", str(other)]):
        assert main(arguments) == 0
        assert capsys.readouterr().out.startswith("How does it not learn?")


COMMANDS = ["lab", "run", "list", "show", "handout", "check", "progress", "reset", "completion"]


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=str)
def test_help_has_examples_that_fit(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command, "--help"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert "examples:\n  initlesson" in out
    assert max(map(len, out.splitlines())) <= 80
    if not command:
        assert "130 interrupted" in out
        for name in COMMANDS:
            assert f"\n    {name} " in out


def test_no_option_is_guessed_from_its_beginning() -> None:
    # Otherwise the next option with that beginning breaks somebody's script.
    for arguments in (["--scr", "welcome"], ["list", "--js"]):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert main(["completion", shell]) == 0
    assert "initlesson" in capsys.readouterr().out


def test_an_interruption_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.commands.course.list_course", interrupted)
    assert main(["list"]) == 130


def test_show_by_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "2"]) == 0
    assert capsys.readouterr().out.startswith("The symptom")


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["run", "course-zeroes"], 2, "no scenario 'course-zeroes'"),
        (["show", "the-leger"], 2, "did you mean the-ledger?"),
        (["show", "0"], 2, "no screen '0'"),
        (["show", "²"], 2, "no screen '²'"),
        (["show", "1" * 5_000], 2, "no screen"),
        (["--course", "a" * 5_000], 1, "no course here"),
        (["--screen", "nowhere"], 2, "no screen 'nowhere'"),
        (["--plain", "--fresh", "--theme", "pink"], 2, "no theme 'pink'; there are: dark, light, "),
        (["--course", "/nowhere"], 1, "no course here"),
        (["check", "/nowhere"], 1, "no course here"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, says: str
) -> None:
    assert main(arguments) == status
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert said.err.splitlines()[-1].startswith("initlesson: ")


@pytest.mark.parametrize("arguments", [["run"], ["show"], ["dance"], ["--dance"], ["run", "a", "b"]])
def test_wrong_usage_is_status_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: initlesson" in capsys.readouterr().err


def test_check_says_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check"]) == 0
    assert "no problems" in capsys.readouterr().out
    assert main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
    spoilt = shutil.copytree(BUILT_IN, tmp_path / "course")
    welcome = spoilt / "the-claim" / "welcome.md"
    welcome.write_text(welcome.read_text() + "\nIt is 0.25.\n")
    assert main(["--course", str(spoilt), "check"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(str(welcome))
    assert "0.25 is typed by hand" in said[0]
    assert said[-1].startswith("initlesson: 1 problem in ")
    assert main(["check", str(spoilt), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["line"]) == (str(welcome), len(welcome.read_text().splitlines()))


def test_an_unreadable_screen_of_a_course(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    spoilt = shutil.copytree(BUILT_IN, tmp_path / "course")
    (spoilt / "the-claim" / "welcome.md").write_bytes(b"\xff")
    assert main(["--course", str(spoilt), "show", "welcome"]) == 1
    assert "not UTF-8 text" in capsys.readouterr().err


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_without_a_cursor_takes_the_lesson_line_by_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    given = io.StringIO("q\n")
    monkeypatch.setattr(given, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", given)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", term)
    assert main(["--fresh"]) == 0
    assert "Screen 1 of" in capsys.readouterr().out


def test_a_pipe_that_is_closed_and_letters_that_cannot_be_written() -> None:
    command = f"'{sys.executable}' -c 'from tui.cli import main; raise SystemExit(main())'"
    done = subprocess.run(
        f"{command} show the-ledger | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("Who zeroed the gradient?\n", "")
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        f"{command} show the-ledger", shell=True, capture_output=True, text=True, check=True, env=ascii_only
    )
    assert done.stderr == ""
    assert "dW^l = delta^l * (a^(l-1))^T" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_is_full_or_closed() -> None:
    command = f"'{sys.executable}' -c 'from tui.cli import main; raise SystemExit(main())'"
    for arguments in ("list", "--help", "--version"):
        full = subprocess.run(
            f"env -u PYTHONUNBUFFERED {command} {arguments} > /dev/full",
            shell=True,
            capture_output=True,
            text=True,
            check=False,
        )
        assert full.returncode == 1
        assert full.stderr.startswith("initlesson: the output cannot be written")
    closed = subprocess.run(f"{command} list >&-", shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in closed.stderr
    without = subprocess.run(f"{command} <&-", shell=True, capture_output=True, text=True, check=False)
    assert without.returncode == 0
    assert without.stderr == ""
