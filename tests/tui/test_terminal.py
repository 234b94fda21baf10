"""The installed command on a real pseudo-terminal.

INITLESSON_COMMAND names the command to run; it is the one of this environment if it is not set.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

COMMAND = os.environ.get("INITLESSON_COMMAND") or str(Path(sys.executable).with_name("initlesson"))
# pyte draws these as text: queries of a mode, and the kitty keyboard protocol.
UNKNOWN = re.compile(r"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+(?<!h)(?<!l)|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\")
RIGHT, ENTER = "\x1b[C", "\r"


class Terminal:
    """The command on a pseudo-terminal, and the screen that it has drawn so far."""

    def __init__(
        self,
        state: Path,
        columns: int,
        lines: int,
        arguments: list[str],
        *,
        command: str = COMMAND,
        **env: str,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLORTERM")}
        self.child: pexpect.spawn[str] = pexpect.spawn(
            command,
            arguments,
            encoding="utf-8",
            dimensions=(lines, columns),
            env={**clean, "TERM": "xterm-256color", "XDG_STATE_HOME": str(state), **env},
        )

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, wanted: str, seconds: float = 20) -> None:
        """Read until some text stands on the screen."""
        end = time.monotonic() + seconds
        while wanted not in self.text():
            assert time.monotonic() < end, f"{wanted!r} did not come:\n{self.text()}"
            self.read()

    def read(self) -> None:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            return
        self.raw += data
        self.stream.feed(UNKNOWN.sub("", data))

    def wait_for_the_end(self) -> int | None:
        end = time.monotonic() + 30
        while self.child.isalive():
            assert time.monotonic() < end, "it did not end"
            try:
                self.read()
            except pexpect.EOF:
                break
        self.child.close()
        return self.child.exitstatus


@pytest.fixture
def start(tmp_path: Path) -> Iterator[object]:
    terminals: list[Terminal] = []

    def make(columns: int = 80, lines: int = 24, arguments: tuple[str, ...] = (), **env: str) -> Terminal:
        terminals.append(Terminal(tmp_path, columns, lines, list(arguments), **env))
        return terminals[-1]

    yield make
    for terminal in terminals:
        terminal.child.close(force=True)


def test_two_screens_and_the_place_is_kept(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start()
    terminal.wait_for("famous exercise")
    terminal.child.send(RIGHT)
    terminal.wait_for("how many of the weights are no longer zero?")
    terminal.child.send("3" + ENTER)
    terminal.wait_for("How sure are you?")
    terminal.child.send("3" + ENTER)
    terminal.wait_for("Your prediction is kept (certain)")
    terminal.child.send(RIGHT)
    terminal.wait_for("Not trained yet.")
    terminal.child.send(ENTER)
    terminal.wait_for("step 15,000 of 15,000")
    terminal.wait_for("weights moved 0 of 75")
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0
    assert "Traceback" not in terminal.raw
    assert "\x1b[?1049l" in terminal.raw, "the terminal gets its own screen back"

    again = start()
    again.wait_for("page 2/4")
    again.child.send("q")
    assert again.wait_for_the_end() == 0


def test_questions_of_last_time_are_offered_once_and_never_with_a_screen(start) -> None:  # type: ignore[no-untyped-def]
    first = start(arguments=("--screen", "the-symptom"))
    first.wait_for("how many of the weights are no longer zero?")
    first.child.send("1" + ENTER + "3" + ENTER)
    first.wait_for("Your prediction is kept (certain)")
    first.child.send(RIGHT)
    first.wait_for("Not trained yet.")
    first.child.send(RIGHT)
    first.wait_for("Not so. You predicted (certain)")
    first.child.send("q")
    assert first.wait_for_the_end() == 0

    named = start(arguments=("--screen", "welcome"))
    named.wait_for("famous exercise")
    named.child.send("q")
    assert named.wait_for_the_end() == 0
    assert "From last time" not in named.raw

    again = start()
    again.wait_for("One question from last time")
    again.child.send(ENTER)
    again.wait_for("From last time, 1 of 1")
    again.child.send("3" + ENTER)
    again.wait_for("Enter: on with the lesson")
    again.child.send(ENTER)
    again.wait_for("page 3/4")
    again.child.send("q")
    assert again.wait_for_the_end() == 0

    last = start()
    last.wait_for("page 3/4")
    last.child.send("q")
    assert last.wait_for_the_end() == 0
    assert "From last time" not in last.raw


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_a_lost_connection_loses_no_answer(start, number: int) -> None:  # type: ignore[no-untyped-def]
    terminal = start(arguments=("--screen", "the-explanation"))
    terminal.wait_for("Does it follow")
    terminal.child.send("1" + ENTER + "1" + ENTER)
    terminal.wait_for("Your prediction is kept (a guess)")
    terminal.child.kill(number)
    terminal.wait_for_the_end()
    assert "Traceback" not in terminal.raw
    if number != signal.SIGKILL:
        assert "\x1b[?1049l" in terminal.raw, "the terminal gets its own screen back"
    again = start()
    again.wait_for("Your prediction is kept (a guess)")


def test_a_fault_in_the_program_is_a_sentence_and_no_traceback(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start(TEXTUAL_COLOR_SYSTEM="bogus")
    terminal.wait_for_the_end()
    assert "initlesson: " in terminal.raw
    assert "Traceback" not in terminal.raw


def test_a_tiny_terminal_says_what_to_do(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start(20, 5)
    terminal.wait_for("Too small: 20×5.")
    terminal.child.setwinsize(24, 80)
    terminal.screen.resize(24, 80)
    terminal.wait_for("famous exercise")
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0


@pytest.mark.parametrize(
    "env",
    [
        {"HOME": "/dev/null/home", "XDG_STATE_HOME": ""},
        {"XDG_STATE_HOME": "/dev/null/state"},
        {"NO_COLOR": "1"},
        {"TERM": "linux"},
        {"LC_ALL": "C"},
    ],
    ids=str,
)
def test_environments(start, env: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    terminal = start(arguments=("--screen", "the-explanation"), **env)
    terminal.wait_for("Does it follow")
    terminal.child.send("1" + ENTER + "1" + ENTER)
    terminal.wait_for("Your prediction is kept (a guess)")
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0
    assert "Traceback" not in terminal.raw
