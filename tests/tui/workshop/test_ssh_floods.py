from __future__ import annotations

import asyncio
import gc
import os
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import asyncssh

from tests.tui.workshop.fake_house import Place, ended, found, needs_ssh
from tui.workshop.ssh.door import DoorBounds

pytestmark = needs_ssh
Open = Callable[..., Place]


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def memory() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def connect(place: Place) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", place.port), 30)
    made.settimeout(30)
    return made


def greeting(made: socket.socket) -> bytes:
    """Return what a server says first, or nothing if it has closed the connection."""
    try:
        return made.recv(100)
    except ConnectionResetError:
        return b""


def test_connections_that_wait_are_bounded(open_place: Open) -> None:
    place = open_place(bounds=DoorBounds(waiting=50, waiting_each=20))
    made = [connect(place) for _ in range(60)]
    said = [greeting(each) for each in made]
    assert sum(each.startswith(b"SSH-2.0-initlesson") for each in said) == 20
    assert said.count(b"") == 40
    assert place.events("refused")[0]["why"] == "too many at the door"
    # A flood is a line or a few, not a line a connection.
    assert len(place.events()) < 10
    for each in made:
        each.close()
    client = place.terminal()
    client.expect("hello ada")
    client.send("q")
    assert ended(client) == 0


def test_who_is_in_a_session_does_not_wait(open_place: Open) -> None:
    place = open_place(bounds=DoorBounds(waiting=2, waiting_each=2))
    clients = [place.terminal(name=f"learner {number}") for number in (1, 2)]
    for client in clients:
        client.expect("hello learner")
    clients.append(place.terminal(name="learner 3"))
    clients[2].expect("hello learner")
    clients.append(place.terminal(name="learner 4"))
    clients[3].expect("hello learner")
    assert len(place.house.here) == 4


def test_a_class_is_not_kept_out_by_the_number_of_open_files(open_place: Open) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, most))
    open_place()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (min(most, 65_536), most)


def test_the_log_in_is_bounded_in_time(open_place: Open) -> None:
    place = open_place(word="maple", bounds=DoorBounds(login=1))
    with connect(place) as silent, connect(place) as talking:
        talking.sendall(b"SSH-2.0-slow\r\n")
        for each in (silent, talking):
            assert each.recv(100).startswith(b"SSH-2.0-initlesson")
            while each.recv(4096):
                pass
    client = place.terminal()
    client.expect("Word of the day: ")
    place.until(lambda: not place.ssh.connected)
    client.sendline("maple")
    assert ended(client) == 255


def test_rubbish_instead_of_ssh_is_left(open_place: Open) -> None:
    place = open_place()
    for rubbish in (b"GET / HTTP/1.1\r\n\r\n", os.urandom(70000), b"SSH-2.0-x\r\n" + os.urandom(70000)):
        with connect(place) as made:
            try:
                made.sendall(rubbish)
                while made.recv(4096):
                    pass
            except (ConnectionResetError, BrokenPipeError):
                pass
    place.until(lambda: not place.ssh.connected)
    assert not place.house.arrivals


def test_a_reader_that_stops_is_left(open_place: Open) -> None:
    place = open_place(bounds=DoorBounds(stalled=2))
    client = place.terminal()
    client.expect("hello ada")
    before = memory()
    client.send("f")
    client.expect("flood")
    client.kill(signal.SIGSTOP)
    # What is sent stops: it is not piled up here.
    place.until(lambda: place.events("ended"))
    assert place.events("ended")[0]["why"] == "stalled"
    assert memory() - before < 20 << 20
    client.kill(signal.SIGCONT)
    client.kill(signal.SIGKILL)


def test_a_reader_with_a_window_without_end_is_left(open_place: Open) -> None:
    place = open_place(bounds=DoorBounds(stalled=2))

    async def come() -> None:
        connection = await asyncssh.connect("127.0.0.1", place.port, username="ada", known_hosts=None)
        process = await connection.create_process(term_type="xterm", window=(1 << 32) - 1)
        await process.stdout.readuntil("hello ada")
        process.stdin.write("f")
        await process.stdout.readuntil("flood")
        before = memory()
        # Nothing is read of the socket any more, as if the network were gone; the window stays open.
        transport = connection._transport
        assert transport
        transport.pause_reading()
        most = before
        while not place.events("ended"):
            await asyncio.sleep(0.05)
            most = max(most, memory())
        assert most - before < 20 << 20
        connection.abort()

    asyncio.run(asyncio.wait_for(come(), 60))
    assert place.events("ended")[0]["why"] == "stalled"


def test_garbage_that_is_kept_back_arrives_whole(open_place: Open) -> None:
    place = open_place(bounds=DoorBounds(rate=64 << 10, burst=16 << 10))
    client = place.terminal()
    client.expect("hello ada")
    client.delaybeforesend = None
    # Everything but the keys that the program knows.
    for _ in range(32):
        client.send("\u00fc" * 2048)
    client.send("n")
    assert int(found(client, r"total (\d+)")) == (128 << 10) + 1


def test_all_that_is_typed_arrives_though_the_session_is_slow(open_place: Open) -> None:
    place = open_place(bounds=DoorBounds(rate=1 << 20, burst=1 << 20))

    async def come() -> None:
        async with asyncssh.connect("127.0.0.1", place.port, username="ada", known_hosts=None) as connection:
            process = await connection.create_process(term_type="xterm")
            await process.stdout.readuntil("hello ada")
            place.house.past[0].process.send_signal(signal.SIGSTOP)
            process.stdin.write("x" * 400_000)
            # It comes to rest with something left to send: nobody takes it.
            left, then = process.stdin.channel.get_write_buffer_size(), -1
            while left != then:
                await asyncio.sleep(0.3)
                left, then = process.stdin.channel.get_write_buffer_size(), left
            assert left > 100_000
            place.house.past[0].process.send_signal(signal.SIGCONT)
            process.stdin.write("n")
            await process.stdout.readuntil("total 400001")

    asyncio.run(asyncio.wait_for(come(), 60))


def test_nothing_is_left_of_hundreds_of_connections(open_place: Open) -> None:
    place = open_place(word="maple")

    async def come(number: int) -> None:
        connection = await asyncssh.connect(
            "127.0.0.1", place.port, username=f"learner {number}", password="maple", known_hosts=None
        )
        if number % 3 == 0:
            process = await connection.create_process(term_type="xterm")
            await process.stdout.readuntil("hello")
        connection.abort()
        await connection.wait_closed()

    async def everybody(first: int, last: int) -> None:
        for start in range(first, last, 10):
            await asyncio.gather(*(come(number) for number in range(start, start + 10)))

    def nobody() -> bool:
        return not place.house.here and not place.ssh.connected

    asyncio.run(everybody(0, 30))
    place.until(nobody)
    before, files = memory(), descriptors()
    for _ in range(200):
        connect(place).close()
    asyncio.run(everybody(30, 230))
    place.until(nobody)
    place.until(lambda: descriptors() <= files, "descriptors")
    assert memory() - before < 30 << 20
