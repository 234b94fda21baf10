"""The lesson in tmux and in GNU screen: pages, keys, another size, and a pane that is left as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tui.multiplexer import Tmux, environment, page
from tests.tui.pty_terminal import COMMAND, ENTER, ESCAPE, LEFT, RIGHT, Start

StartTmux = Callable[..., Tmux]
TERMS = ["screen-256color", "tmux-256color"]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[StartTmux]:
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed")
    servers: list[Tmux] = []

    def make(term: str, *arguments: str) -> Tmux:
        servers.append(Tmux(tmp_path, term, arguments))
        return servers[-1]

    yield make
    for server in servers:
        server.end()


@pytest.mark.parametrize("term", TERMS)
def test_pages_and_an_answer_in_tmux(tmux: StartTmux, term: str) -> None:
    pane = tmux(term, "--screen", "the-explanation")
    pane.wait_for_page("the-explanation", 1)
    pane.press("Right")
    pane.wait_for_page("the-explanation", 2)
    pane.press("Escape", "h")
    pane.wait_for_page("the-explanation", 1)
    pane.press("l")
    pane.wait_for_page("the-explanation", 2)
    pane.press("Left")
    pane.wait_for_page("the-explanation", 1)


@pytest.mark.parametrize("term", TERMS)
def test_a_pane_is_left_as_it_was(tmux: StartTmux, term: str) -> None:
    pane = tmux(term, "--screen", "the-symptom")
    pane.wait_for_page("the-symptom", 1)
    assert pane.state_of_pane() == "80 24 1 0 1"
    pane.press("3", "Enter")
    pane.wait_for("How sure are you?")
    pane.press("Escape")
    pane.wait_for("▸ 3  None of them")
    pane.press("Enter", "Down", "Down", "Up", "Enter")
    pane.wait_for("Your prediction is kept (a guess)")
    pane.press("q")
    pane.wait_for("ended with 0")
    assert pane.state_of_pane() == "80 24 0 1 0"
    assert [line for line in pane.lines() if line] == ["ended with 0"]


def test_home_and_end_arrive_through_tmux(tmux: StartTmux) -> None:
    pane = tmux(TERMS[1], "--screen", "the-same-loss")
    pane.wait_for_page("the-same-loss", 1)
    pane.press("Right")
    pane.wait_for_page("the-same-loss", 2)
    for key, p in (("Home", "0.01"), ("End", "0.99"), ("0", "0.50"), ("PPage", "0.60"), ("NPage", "0.50")):
        pane.press(key)
        pane.wait_for(f"p {p} ")


def test_detach_in_the_middle_of_a_run_and_come_back_at_another_size(tmux: StartTmux) -> None:
    pane = tmux(TERMS[0], "--screen", "the-symptom")
    first = pane.attach(80, 24)
    first.wait_for("how many of the weights are no longer zero?")
    first.child.send(RIGHT)
    first.wait_for("Not trained yet.")
    first.child.send(ENTER)
    pane.do("detach-client")
    first.wait_for_the_end()
    second = pane.attach(120, 36)
    second.wait_for("step 15,000 of 15,000")
    assert pane.state_of_pane().startswith("120 36 ")
    second.child.send(LEFT)
    pane.wait_for_page("the-symptom", 1, "120x36")
    second.resize(80, 24)
    pane.wait_for_page("the-symptom", 1)
    second.wait_for("how many of the weights are no longer zero?")
    second.child.send("q")
    second.wait_for("ended with 0")
    second.child.close(force=True)


@pytest.fixture
def sockets() -> Iterator[str]:
    if not shutil.which("screen"):
        pytest.skip("GNU screen is not installed")
    # A path as short as a socket's must be.
    with tempfile.TemporaryDirectory(prefix="initlesson-") as folder:
        yield folder
        subprocess.run(
            ["screen", "-S", "lesson", "-X", "quit"],
            env={**os.environ, "SCREENDIR": folder},
            capture_output=True,
            timeout=30,
            check=False,
        )


def test_gnu_screen(start: Start, tmp_path: Path, sockets: str) -> None:
    outside = {**environment(tmp_path), "SCREENDIR": sockets, "STY": ""}
    runs = ("sh", "-c", f'{COMMAND} --screen the-symptom; echo "ended with $?"; exec cat')
    own = ("-c", os.devnull, "-U", "-S", "lesson", "-T", "screen-256color")
    first = start(command="screen", arguments=(*own, *runs), **outside)
    first.wait_for("how many of the weights are no longer zero?")
    first.wait_for(page("the-symptom", 1)[-1])
    assert first.text().splitlines() == page("the-symptom", 1)
    first.child.send("3" + ENTER)
    first.wait_for("How sure are you?")
    first.child.send(ESCAPE)
    first.wait_for("▸ 3  None of them")
    first.child.send(ENTER + "1" + ENTER)
    first.wait_for("Your prediction is kept (a guess)")
    first.child.send("\x01d")
    first.wait_for_the_end()

    second = start(120, 36, command="screen", arguments=("-U", "-r", "lesson"), **outside)
    second.wait_for("Your prediction is kept (a guess)")
    second.wait_for(page("the-symptom", 2, "120x36")[-1].strip().split("  ")[-1])
    second.child.send(RIGHT)
    second.wait_for("Not trained yet.")
    second.child.send("q")
    second.wait_for("ended with 0")
    assert not second.screen.cursor.hidden
