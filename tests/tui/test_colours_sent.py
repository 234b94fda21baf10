"""Colours as they really go over the wire: none, sixteen, and a theme that is remembered."""

from __future__ import annotations

import re

import pytest

from tests.tui.pty_terminal import ENTER, RIGHT, Start, Terminal


def rendition(raw: str) -> set[int]:
    """Return every parameter of the sequences that choose how text looks."""
    found = re.findall(r"\x1b\[([0-9;:]*)m", raw)
    return {int(number or 0) for each in found for number in re.split("[;:]", each)}


def walk(terminal: Terminal) -> None:
    """See a question answered, a notice, a run, the help and the menu, and leave."""
    terminal.wait_for("how many of the weights are no longer zero?")
    terminal.child.send("1" + ENTER + "3" + ENTER)
    terminal.wait_for("is kept")
    terminal.child.send("\x03")
    terminal.wait_for("q quits. Your place")
    terminal.child.send(RIGHT)
    terminal.wait_for("Not trained yet.")
    terminal.child.send(ENTER)
    terminal.wait_for("step 15,000 of 15,000")
    terminal.child.send("?")
    terminal.wait_for("Colours: ")
    terminal.child.send("t?")
    terminal.wait_for("Press Enter to train it.")
    terminal.child.send("m")
    terminal.wait_for("you are here")
    terminal.child.send("m" + RIGHT)
    terminal.wait_for("Not so. You predicted (certain)")
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0


def test_no_colour_is_sent_where_none_is_wanted(start: Start) -> None:
    terminal = start(arguments=("--screen", "the-symptom", "--theme", "contrast"), NO_COLOR="1")
    walk(terminal)
    assert rendition(terminal.raw) <= {0, 1, 3, 4, 7, 22, 23, 24, 27}


@pytest.mark.parametrize("env", [{"TERM": "xterm"}, {"TERM": "linux"}], ids=str)
def test_only_sixteen_colours_are_sent_where_there_are_no_more(start: Start, env: dict[str, str]) -> None:
    terminal = start(arguments=("--screen", "the-symptom"), **env)
    walk(terminal)
    colours = {*range(30, 38), 39, *range(40, 48), 49, *range(90, 98), *range(100, 108)}
    sent = rendition(terminal.raw)
    assert sent <= {0, 1, 2, 3, 4, 7, 22, 23, 24, 27} | colours
    assert sent & (colours - {39, 49}), "there are some"


def test_a_theme_is_remembered(start: Start) -> None:
    first = start(arguments=("--screen", "welcome", "--theme", "contrast"), COLORTERM="truecolor")
    first.wait_for("famous exercise")
    first.child.send("q")
    assert first.wait_for_the_end() == 0
    again = start(COLORTERM="truecolor")
    again.wait_for("famous exercise")
    again.child.send("?")
    again.wait_for("Colours: contrast")
    again.child.send("?q")
    assert again.wait_for_the_end() == 0


@pytest.mark.parametrize(("theme", "says"), [("drak", "no theme 'drak'"), ("light", "promises 16")])
def test_a_theme_that_cannot_be_had_is_one_clear_error(start: Start, theme: str, says: str) -> None:
    terminal = start(160, arguments=("--theme", theme), TERM="xterm")
    assert terminal.wait_for_the_end() == 2
    assert says in terminal.text()
    assert "ansi, ansi-dark, ansi-light" in terminal.text()
    assert "\x1b" not in terminal.raw
