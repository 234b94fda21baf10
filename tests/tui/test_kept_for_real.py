"""The installed command on a real pseudo-terminal: what was answered, taken or seen outlives everything."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tui.pty_terminal import COMMAND, ENTER, LEFT, RIGHT, Terminal

Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts the command on a new pseudo-terminal, all with one state folder."""
    terminals: list[Terminal] = []

    def make(*arguments: str, **env: str) -> Terminal:
        terminals.append(Terminal(tmp_path, 80, 24, arguments, COMMAND, **env))
        return terminals[-1]

    yield make
    for terminal in terminals:
        terminal.child.close(force=True)


def kept(state: Path) -> dict[str, object]:
    """Return the answers that the file keeps."""
    answers: dict[str, object] = json.loads((state / "initlesson" / "zero-init.json").read_text())["answers"]
    return answers


def place(state: Path) -> tuple[str, int]:
    """Return the place that the file keeps."""
    kept = json.loads((state / "initlesson" / "zero-init.json").read_text())
    return kept["screen"], kept["page"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_answers_and_the_place_outlive_a_sudden_end(start: Start, tmp_path: Path, number: int) -> None:
    one = start("--screen", "the-symptom")
    one.wait_for("how many of the weights are no longer zero?")
    one.child.send("3" + ENTER + "3" + ENTER)
    one.wait_for("Your prediction is kept (certain)")
    one.child.send(RIGHT)
    one.wait_for("page 2/4")
    if number == signal.SIGKILL:
        one.wait_until(lambda: place(tmp_path) == ("the-symptom", 1), wanted="the place is kept")
    one.child.kill(number)
    one.wait_for_the_end()
    assert "Traceback" not in one.raw
    assert list(kept(tmp_path)) == ["the-symptom/weights-moved"]
    again = start()
    again.wait_for("page 2/4")
    again.child.send(LEFT)
    again.wait_for("Your prediction is kept (certain)")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_choice_whose_confidence_was_not_said_is_kept(start: Start, tmp_path: Path, number: int) -> None:
    window = start("--screen", "the-symptom")
    window.wait_for("how many of the weights are no longer zero?")
    window.child.send("3" + ENTER)
    window.wait_for("How sure are you?")
    window.child.kill(number)
    window.wait_for_the_end()
    assert list(kept(tmp_path)) == ["the-symptom/weights-moved"]


def test_hints_taken_outlive_a_kill(start: Start) -> None:
    one = start("--screen", "the-explanation")
    one.wait_for("Does it follow")
    one.child.send("a")
    one.wait_for("Hint: ")
    hint = next(line.strip() for line in one.screen.display if "Hint: " in line)
    one.child.kill(signal.SIGKILL)
    one.wait_for_the_end()
    again = start()
    again.wait_for("Does it follow")
    again.wait_for(hint)


def test_two_windows_at_once(start: Start, tmp_path: Path) -> None:
    one, other = start("--screen", "the-symptom"), start("--screen", "the-explanation")
    one.wait_for("how many of the weights are no longer zero?")
    other.wait_for("Does it follow")
    for window, keys in ((other, "1"), (one, "3")):
        window.child.send(keys + ENTER + "3" + ENTER)
        window.wait_for("Your prediction is kept (certain)")
        window.child.kill(signal.SIGKILL)
    assert sorted(kept(tmp_path)) == ["the-explanation/does-it-follow", "the-symptom/weights-moved"]


def test_reset_from_elsewhere_while_the_lesson_is_open(start: Start, tmp_path: Path) -> None:
    window = start("--screen", "the-symptom")
    window.wait_for("how many of the weights are no longer zero?")
    window.child.send("3" + ENTER + "3" + ENTER)
    window.wait_for("Your prediction is kept (certain)")
    asking = start("reset", "the-symptom")
    asking.wait_for("Forget the-symptom: 1 answer? [y/N]")
    asking.child.send("y\n")
    assert asking.wait_for_the_end() == 0
    assert kept(tmp_path) == {}
    window.child.send(RIGHT)
    window.wait_for("page 2/4")
    window.child.send("q")
    assert window.wait_for_the_end() == 0
    assert kept(tmp_path) == {}


def test_fresh_reads_and_keeps_nothing(start: Start, tmp_path: Path) -> None:
    window = start("--fresh", "--screen", "the-symptom")
    window.wait_for("how many of the weights are no longer zero?")
    window.child.send("3" + ENTER + "3" + ENTER)
    window.wait_for("Your prediction is kept (certain)")
    window.child.send("q")
    assert window.wait_for_the_end() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_ones_own(start: Start, tmp_path: Path) -> None:
    window = start("--session", str(tmp_path / "mine.json"), "--screen", "the-explanation")
    window.wait_for("Does it follow")
    window.child.send("1" + ENTER + "3" + ENTER)
    window.wait_for("Your prediction is kept (certain)")
    window.child.send("q")
    assert window.wait_for_the_end() == 0
    assert list(json.loads((tmp_path / "mine.json").read_text())["answers"]) == [
        "the-explanation/does-it-follow"
    ]
    assert not (tmp_path / "initlesson").exists()


LIMITED = """
import os, resource, sys
# As on a full disk: no file can grow, not even by a byte.
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
def test_a_disk_that_is_full_and_then_is_not(tmp_path: Path) -> None:
    import resource

    window = Terminal(
        tmp_path,
        arguments=("-c", LIMITED, COMMAND, "--screen", "the-symptom"),
        command=sys.executable,
    )
    try:
        window.wait_for("how many of the weights are no longer zero?")
        window.child.send("3" + ENTER + "3" + ENTER)
        window.wait_for("Your progress is not kept")
        window.wait_for("Your prediction is kept (certain)")
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        assert window.child.pid
        resource.prlimit(window.child.pid, resource.RLIMIT_FSIZE, unlimited)
        window.child.send(RIGHT)
        window.wait_for("Your progress is kept again.")
        assert list(kept(tmp_path)) == ["the-symptom/weights-moved"]
    finally:
        window.child.close(force=True)


def test_a_disk_that_stays_full_is_said_at_the_end(tmp_path: Path) -> None:
    window = Terminal(
        tmp_path,
        arguments=("-c", LIMITED, COMMAND, "--screen", "the-symptom"),
        command=sys.executable,
    )
    try:
        window.wait_for("how many of the weights are no longer zero?")
        window.child.send("3" + ENTER + "3" + ENTER)
        window.wait_for("Your progress is not kept")
        window.child.send("q")
        assert window.wait_for_the_end() == 0
        assert "initlesson: Your progress is not kept: " in window.raw.rpartition("\x1b[?1049l")[2]
    finally:
        window.child.close(force=True)


COMPLETE = """
source <(initlesson completion bash)
COMP_LINE="initlesson $1"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
read -ra COMP_WORDS <<< "$COMP_LINE"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_python_argcomplete initlesson
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("show the-led", ["the-ledger "]),
        ("show glos", ["glossary "]),
        ("run course-z", ["course-zeros "]),
        ("reset break", ["break-it "]),
        ("--screen witness-", ["witness-one", "witness-two"]),
        ("pro", ["progress "]),
        ("--theme con", ["contrast", "contrast-light"]),
        ("--course /nowhere show the-", [""]),
    ],
)
def test_a_shell_completes_names(typed: str, wanted: list[str]) -> None:
    script = f'initlesson() {{ "{COMMAND}" "$@"; }}\n{COMPLETE}'
    done = subprocess.run(
        ["bash", "-c", script, "bash", typed], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout.splitlines(), done.stderr) == (wanted, "")
