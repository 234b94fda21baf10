"""The installed command on a real pseudo-terminal."""

from __future__ import annotations

import signal

import pytest

from tests.tui.pty_terminal import COMMAND, ENTER, RIGHT, Start


def test_two_screens_and_the_place_is_kept(start: Start) -> None:
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


def test_questions_of_last_time_are_offered_once_and_never_with_a_screen(start: Start) -> None:
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
def test_a_lost_connection_loses_no_answer(start: Start, number: int) -> None:
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


def test_a_fault_in_the_program_is_a_sentence_and_no_traceback(start: Start) -> None:
    terminal = start(TEXTUAL_COLOR_SYSTEM="bogus")
    terminal.wait_for_the_end()
    assert "initlesson: " in terminal.raw
    assert "Traceback" not in terminal.raw


def test_a_tiny_terminal_says_what_to_do(start: Start) -> None:
    terminal = start(20, 5)
    terminal.wait_for("Too small: 20×5.")
    terminal.resize(80, 24)
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
def test_environments(start: Start, env: dict[str, str]) -> None:
    terminal = start(arguments=("--screen", "the-explanation"), **env)
    terminal.wait_for("Does it follow")
    terminal.child.send("1" + ENTER + "1" + ENTER)
    terminal.wait_for("Your prediction is kept (a guess)")
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0
    assert "Traceback" not in terminal.raw


OWN_SCREEN = "\x1b[?1049l"


def test_ctrl_z_gives_the_shell_its_terminal_and_fg_takes_it_back(start: Start) -> None:
    shell = start(command="bash", arguments=("--norc", "-i"), PS1="(ready) ", INITLESSON=COMMAND)
    shell.wait_for("(ready)")
    shell.child.send("$INITLESSON\r")
    shell.wait_for("famous exercise")
    shell.child.send("\x1a")
    shell.wait_until(lambda: "(ready)" in shell.raw.partition(OWN_SCREEN)[2], wanted="the shell is back")
    assert "\x1b[?1000l" in shell.raw, "clicks are the shell's again"
    shell.raw = ""
    shell.screen.reset()
    shell.child.send(
        "stty -a | tr ' ' '\\n' | grep -x -e echo -e icanon -e isig -e opost | sort | tr '\\n' ,\r"
    )
    shell.wait_for("echo,icanon,isig,opost,")
    shell.child.send("fg\r")
    shell.wait_for("famous exercise")
    shell.child.send(RIGHT)
    shell.wait_for("page 1/4")
    shell.child.send("q")
    shell.wait_until(lambda: "(ready)" in shell.raw.partition(OWN_SCREEN)[2], wanted="the shell is back")
    assert "Traceback" not in shell.raw


def test_ctrl_z_stops_nothing_where_no_shell_could_go_on(start: Start) -> None:
    terminal = start()
    terminal.wait_for("famous exercise")
    terminal.child.send("\x1a" + RIGHT)
    terminal.wait_for("page 1/4")
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0


def test_an_interrupt_from_outside_leaves_the_terminal_as_it_was(start: Start) -> None:
    terminal = start()
    terminal.wait_for("famous exercise")
    terminal.child.kill(signal.SIGINT)
    terminal.wait_for_the_end()
    assert "\x1b[?1049l" in terminal.raw
    assert "Traceback" not in terminal.raw


@pytest.mark.parametrize("environment", [{"TERM": "linux"}, {"LC_ALL": "C"}, {}])
def test_nothing_but_ascii_is_sent_where_there_is_nothing_else(
    start: Start, environment: dict[str, str]
) -> None:
    terminal = start(
        arguments=("--screen", "the-ledger", *(() if environment else ("--ascii",))), **environment
    )
    terminal.wait_for("gradient  =  delta of unit j * a of unit k")
    terminal.child.send(RIGHT)
    terminal.wait_for("delta^l = ((W^(l+1))^T")
    terminal.child.send("m")
    terminal.wait_for("+- Why does a network")
    terminal.child.send(ENTER)
    terminal.wait_for("gradient  =  delta of unit j * a of unit k")
    terminal.child.send("q")
    terminal.wait_for_the_end()
    assert terminal.raw.isascii()
