from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable

import asyncssh
import pexpect

from tests.tui.workshop.fake_house import Place, ended, found, needs_ssh
from tui.workshop.arrival import HouseError

pytestmark = needs_ssh
Open = Callable[..., Place]


def test_a_learner_comes_and_quits(open_place: Open) -> None:
    place = open_place()
    client = place.terminal(dimensions=(30, 100))
    client.expect("hello ada")
    client.send("s")
    client.expect("size 100 30")
    client.setwinsize(40, 120)
    place.until(lambda: place.house.past[0].sizes[-1] == (120, 40))
    client.send("q")
    client.expect("Until next time")
    assert ended(client) == 0
    assert [event["event"] for event in place.events()] == ["begun", "ended"]
    assert place.events("ended")[0]["why"] == "quit"
    arrival = place.house.arrivals[0]
    assert (arrival.name.shown, arrival.address, arrival.credential) == ("ada", "127.0.0.1", "")


def test_a_crash_leaves_the_terminal_as_it_was(open_place: Open) -> None:
    client = open_place().terminal()
    client.expect("hello ada")
    client.send("c")
    client.expect_exact("\x1b[?25h")
    client.expect_exact("\x1b[?1049l")
    client.expect("The lesson ended by a mistake")
    assert ended(client) == 1


def test_no_environment_reaches_the_session(open_place: Open) -> None:
    place = open_place()
    given = {**os.environ, "TERM": "xterm-256color", "LC_SECOND": "1"}
    client = place.terminal("-o", "SetEnv=LC_FIRST=1", "-o", "SendEnv=LC_SECOND", env=given)
    client.expect("hello ada")
    client.send("e")
    names = found(client, r"environment \[(.*?)\]")
    assert "LC_FIRST" not in names
    assert "LC_SECOND" not in names
    assert place.refused() == ["environment"]
    assert place.house.arrivals[0].term == "xterm-256color"


def test_a_strange_kind_of_terminal_is_none(open_place: Open) -> None:
    place = open_place()
    place.terminal(env={**os.environ, "TERM": "../$(x)"}).expect("hello ada")
    assert place.house.arrivals[0].term == ""


def test_sizes_are_clamped(open_place: Open) -> None:
    place = open_place()

    async def sizes() -> None:
        async with asyncssh.connect("127.0.0.1", place.port, username="ada", known_hosts=None) as connection:
            process = await connection.create_process(term_type="xterm", term_size=(0, 0))
            await process.stdout.readuntil("hello ada")
            for size in ((65535, 65535), (2**32 - 1, 2**32 - 1), (1, 1)):
                process.change_terminal_size(*size)
            process.stdin.write("q")
            await process.wait()

    asyncio.run(sizes())
    assert place.house.past[0].sizes[1:] == [(80, 24), (400, 200), (400, 200), (1, 1)]


def test_a_client_that_is_killed_ends_its_session(open_place: Open) -> None:
    place = open_place()
    client = place.terminal()
    client.expect("hello ada")
    client.kill(signal.SIGKILL)
    place.until(lambda: place.events("ended"))
    assert place.events("ended")[0]["why"] == "hung up"
    assert not place.house.here


def test_a_full_house_says_so(open_place: Open) -> None:
    place = open_place()
    place.house.refusal = "The room is full: try again later."
    client = place.terminal()
    client.expect("The room is full: try again later.")
    assert ended(client) == 1
    assert place.refused() == ["full"]
    assert not place.house.arrivals


def test_a_house_that_cannot_says_why(open_place: Open) -> None:
    place = open_place()
    place.house.fails = HouseError("No session can be made just now.")
    client = place.terminal()
    client.expect("No session can be made just now.")
    assert ended(client) == 1
    place.house.fails = RuntimeError("\x1b[2J/secret/path")
    client = place.terminal()
    client.expect("a mistake of its own")
    assert "secret" not in str(client.before)
    assert ended(client) == 1
    assert "RuntimeError" in place.events("trouble")[0]["why"]


def test_a_name_that_cannot_be_shown_is_refused(open_place: Open) -> None:
    place = open_place()
    for name in ("\u200b", "x" * 200):
        client = place.terminal(name=name)
        client.expect("log in again with")
        assert ended(client) == 1
    assert place.refused() == ["name", "name"]
    assert not place.house.arrivals


def test_names_are_data(open_place: Open) -> None:
    place = open_place()
    names = ("root", "-oProxyCommand=x", "../../etc/passwd", "$(reboot)")

    async def come(name: str) -> None:
        async with asyncssh.connect("127.0.0.1", place.port, username=name, known_hosts=None) as connection:
            process = await connection.create_process(term_type="xterm")
            await process.stdout.readuntil("hello ")
            process.stdin.write("q")
            assert (await process.wait()).exit_status == 0

    for name in names:
        asyncio.run(come(name))
    shown = [arrival.name.shown for arrival in place.house.arrivals]
    assert shown == ["root", "-oProxyCommand=x", "../../etc/passwd", "$(reboot)"]


def test_the_server_stops(open_place: Open) -> None:
    place = open_place()
    clients = [place.terminal(name=name) for name in ("ada", "grace")]
    for client in clients:
        client.expect("hello")
    place.call(place.ssh.close())
    for client in clients:
        client.expect("The workshop stops")
        assert ended(client) == 1
    assert {event["why"] for event in place.events("ended")} == {"server stops"}


def test_compression_works(open_place: Open) -> None:
    client = open_place().terminal("-C", "-v")
    client.expect("zlib@openssh.com")
    client.expect("hello ada")
    client.send("q")
    assert ended(client) == 0


def test_keys_are_changed_within_a_session(open_place: Open) -> None:
    place = open_place()
    client = place.terminal("-v", "-o", "RekeyLimit=16K")
    client.expect("hello ada")
    for _ in range(10):
        client.send("x" * 3000)
    client.expect("rekeying in progress")
    client.send("n")
    client.expect("total 30001")
    client.send("q")
    assert ended(client) == 0


def test_a_session_that_ends_at_once_is_told_of(open_place: Open) -> None:
    place = open_place()
    place.house.dies = True
    client = place.terminal()
    client.expect("The lesson ended by a mistake")
    assert ended(client) == 1
    assert [event["event"] for event in place.events()] == ["begun", "ended"]


def test_nothing_tells_the_version_of_a_library(open_place: Open) -> None:
    client = open_place().terminal("-v")
    assert found(client, "remote software version ([^\r]*)\r") == "initlesson"
    client.expect("hello ada")
    client.send("q")
    client.expect(pexpect.EOF)
