"""The plain lesson for real: the installed command on a pseudo-terminal that is dumb, and in a pipe."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.tui.pty_terminal import COMMAND


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def dumb(environment: dict[str, str]) -> Iterator[pexpect.spawn[str]]:
    child: pexpect.spawn[str] = pexpect.spawn(
        COMMAND, encoding="utf-8", timeout=20, env={**environment, "TERM": "dumb"}
    )
    child.delaybeforesend = None
    yield child
    child.close(force=True)


def piped(typed: str, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments],
        input=typed,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_dumb_terminal_takes_the_lesson_and_ctrl_c_quits(
    dumb: pexpect.spawn[str], environment: dict[str, str]
) -> None:
    seen = ""
    for wanted, typed in (
        ("Enter: next page", ""),
        ("1 to 4: your answer", "3"),
        ("How sure are you", "3"),
        (r"Your prediction is kept \(certain\): None of them[^>]*> ", ""),
        ("r: run it. Enter: go on", "r"),
        (r"weights moved: 0 of 75[^>]*> ", ""),
        ("1 to 3: your answer", ""),
    ):
        dumb.expect(wanted)
        seen += f"{dumb.before}{dumb.after}"
        dumb.sendline(typed)
    dumb.expect("page 3 of 4[^>]*> ")
    dumb.sendintr()
    dumb.expect(pexpect.EOF)
    dumb.close()
    assert dumb.exitstatus == 130
    seen += str(dumb.before)
    assert "\x1b" not in seen
    assert "Traceback" not in seen
    assert "page 3 of 4" in piped("\nq\n", environment).stdout


def processor_time(child: pexpect.spawn[str]) -> int:
    """Return the ticks for which a program has been at work."""
    return int(Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[11])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_ctrl_c_ends_a_run_first(dumb: pexpect.spawn[str]) -> None:
    dumb.expect("Enter: next page[^>]*> ")
    dumb.sendline("x")
    dumb.expect("setting. r, s:[^>]*> ")
    before = processor_time(dumb)
    dumb.sendline("s 20000")
    # The terminal repeats what is typed before it is read, and Ctrl+C would take that away.
    end = time.monotonic() + 20
    while processor_time(dumb) <= before + 5 and time.monotonic() < end:
        time.sleep(0.01)
    dumb.sendintr()
    dumb.expect("(Stopped at step [0-9,]+|Step 20,000)[^>]*> ")
    dumb.sendline("q")
    dumb.expect(pexpect.EOF)
    dumb.close()
    assert dumb.exitstatus == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_choice_whose_confidence_was_not_said_outlives_a_lost_connection(
    dumb: pexpect.spawn[str], tmp_path: Path, number: int
) -> None:
    dumb.expect("Enter: next page[^>]*> ")
    dumb.sendline("")
    dumb.expect("1 to 4: your answer[^>]*> ")
    dumb.sendline("3")
    dumb.expect("How sure are you[^>]*> ")
    dumb.kill(number)
    dumb.expect(pexpect.EOF)
    assert "Traceback" not in str(dumb.before)
    dumb.close()
    kept = json.loads((tmp_path / "initlesson" / "zero-init.json").read_text())
    assert list(kept["answers"]) == ["the-symptom/weights-moved"]


def test_lines_from_a_pipe_are_taken_and_the_end_of_input_quits(environment: dict[str, str]) -> None:
    done = piped("\n3\n", environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "> 3\nYour choice: None of them" in done.stdout
    assert done.stdout.endswith("Your place and your answers are kept. Goodbye.\n")
    assert "\x1b" not in done.stdout
    again = piped("", environment)
    assert "Your prediction is kept: None of them" in again.stdout


@pytest.mark.parametrize(
    "arguments", [("lab",), ("--plain", "lab"), ("--fresh", "--plain", "--screen", "25")]
)
def test_no_input_at_all(environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    done = piped("", environment, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Goodbye.\n")


def test_bytes_that_are_no_text(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [COMMAND],
        input=b"\xff\xfe\n\x00\x1b[2J\n",
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    assert done.stdout.count(b"Not understood.") == 2


def test_a_reader_that_goes_away_is_no_fault(environment: dict[str, str]) -> None:
    child = subprocess.Popen(
        [COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert child.stdout is not None
    assert child.stdin is not None
    child.stdout.readline()
    child.stdout.close()
    child.stdin.write(b"\n3\n1\n" * 200)
    with child:
        child.stdin.close()
        assert child.stderr is not None
        assert child.stderr.read() == b""
