"""`initlesson attach` on a pseudo-terminal, to a real server: sessions as behind an sshd."""

from __future__ import annotations

import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.tui.pty_terminal import ENTER, RIGHT, Terminal
from tests.tui.workshop.served import Served

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the workshop needs Linux")
Come = Callable[..., Terminal]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("class"), "--open")
    try:
        yield served.ready()
    finally:
        assert served.stop() == 0


@pytest.fixture
def come(server: Served, tmp_path: Path) -> Iterator[Come]:
    came = []

    def make(
        name: str, columns: int = 80, lines: int = 24, socket: Path = server.socket, **env: str
    ) -> Terminal:
        arguments = ("attach", "--socket", str(socket), "--name", name)
        came.append(Terminal(tmp_path, columns, lines, arguments=arguments, **env))
        return came[-1]

    yield make
    for each in came:
        each.child.close(force=True)


def modes(terminal: Terminal) -> list[Any]:
    return termios.tcgetattr(terminal.child.child_fd)


def put_back(terminal: Terminal, before: list[Any]) -> None:
    """Wait until a terminal has the modes of before, also where the command has ended meanwhile."""
    end = time.monotonic() + 20
    while modes(terminal) != before:
        assert time.monotonic() < end, "the modes are not put back"
        with suppress(pexpect.EOF):
            terminal.read()


def test_a_session_begins_is_resized_and_leaves_the_terminal_as_it_was(server: Served, come: Come) -> None:
    ada = come("Ada", 100, 30, SSH_CONNECTION="192.0.2.7 50000 192.0.2.1 22")
    before = modes(ada)
    ada.wait_for("screen 1/25")
    assert modes(ada) != before
    ada.resize(120, 36)
    ada.wait_until(lambda: "screen 1/25" in ada.screen.display[0][95:], wanted="the whole width is used")
    ada.child.send("q")
    assert ada.wait_for_the_end() == 0
    assert "Until next time" in ada.text()
    assert ada.raw.index("\x1b[?1049l") < ada.raw.index("Until next time")
    server.until(lambda: server.ends_of("Ada") == ["quit"], "the log says why it ended")
    begun = server.events("begun")[-1]
    assert (begun["name"], begun["address"], begun["by"]) == ("Ada", "192.0.2.7", "name")


def test_the_modes_are_put_back(come: Come) -> None:
    for number in (0, signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        bob = come("Bob")
        before = modes(bob)
        bob.wait_for("screen 1/25")
        if number:
            bob.child.kill(number)
        else:
            bob.child.send("q")
        bob.wait_for("is kept; come back")
        put_back(bob, before)
        assert bob.wait_for_the_end() == (128 + number if number else 0)
        assert "\x1b[?1049l" in bob.raw


def test_a_killed_client_comes_back_to_its_place(server: Served, come: Come) -> None:
    cyd = come("Cyd")
    cyd.wait_for("screen 1/25")
    cyd.child.send(RIGHT)
    cyd.wait_for("screen 2/25")
    cyd.child.send("3" + ENTER + "3" + ENTER)
    cyd.wait_for("Your prediction is kept (certain)")
    cyd.child.kill(signal.SIGKILL)
    server.until(lambda: server.ends_of("Cyd") == ["hung up"], "the session has ended")
    again = come("Cyd")
    again.wait_for("screen 2/25")
    again.wait_for("Your prediction is kept (certain)")


def test_a_name_in_use_is_asked_about(server: Served, come: Come) -> None:
    first = come("Dan", SSH_CONNECTION="192.0.2.8 50000 192.0.2.1 22")
    first.wait_for("screen 1/25")
    first.child.send(RIGHT)
    first.wait_for("screen 2/25")
    second = come("dan", SSH_CONNECTION="192.0.2.9 50000 192.0.2.1 22")
    second.wait_for("Dan is here already, from 192.0.2.8, for 0 min.")
    second.child.send("n")
    assert second.wait_for_the_end() == 1
    assert "Dan goes on there." in second.text()
    assert "no workshop answers" not in second.text()
    third = come("DAN")
    third.wait_for("go on here, and end it there")
    third.child.send("y")
    third.wait_for("screen 2/25")
    first.wait_for("You went on in another terminal")
    assert first.wait_for_the_end() == 1
    assert server.ends_of("Dan") == ["taken over"]


@pytest.mark.parametrize(
    ("name", "said"), [("instructor", "nobody's name"), ("x" * 40, "too long"), ("\x1b\x07", "nothing that")]
)
def test_names_that_cannot_be(come: Come, name: str, said: str) -> None:
    refused = come(name)
    assert refused.wait_for_the_end() == 1
    assert said in refused.text().replace("\n", " ")


def test_without_a_server_and_without_a_terminal(come: Come, tmp_path: Path) -> None:
    lost = come("Eve", socket=tmp_path / "nowhere")
    assert lost.wait_for_the_end() == 1
    assert "no workshop answers" in lost.text()
    long = come("Eve", socket=tmp_path / ("x" * 200))
    assert long.wait_for_the_end() == 1
    assert "Traceback" not in long.text()


def test_a_server_that_stops_and_one_that_is_killed(tmp_path: Path, come: Come) -> None:
    for number, said in ((signal.SIGTERM, "The workshop stops"), (signal.SIGKILL, "server is gone")):
        served = Served(tmp_path / "another", "--open").ready()
        try:
            fay = come("Fay", socket=served.socket)
            before = modes(fay)
            fay.wait_for("screen 1/25")
            served.stop(number)
            fay.wait_for(said)
            put_back(fay, before)
            assert fay.wait_for_the_end() == 1
            assert "\x1b[?1049l" in fay.raw
        finally:
            served.stop(signal.SIGKILL)
