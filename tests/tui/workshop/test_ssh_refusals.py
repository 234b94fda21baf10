from __future__ import annotations

import asyncio
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import asyncssh
import pytest

from tests.tui.workshop.fake_house import Place, ended, found, needs_ssh
from tui.workshop.ssh.door import DoorBounds

pytestmark = needs_ssh
Open = Callable[..., Place]
TERMINAL = "This is a lesson for a terminal"
COMMAND = "Nothing but the lesson runs here"


def run(command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **more},
    )


def nothing_ran(place: Place, *why: str) -> None:
    assert place.refused() == list(why)
    assert not place.house.arrivals


@pytest.mark.parametrize(
    ("arguments", "sentence", "why"),
    [
        (["-T", "127.0.0.1"], TERMINAL, "no terminal"),
        (["127.0.0.1", "id"], COMMAND, "command"),
        (["-tt", "127.0.0.1", "id"], COMMAND, "command"),
    ],
)
def test_no_terminal_and_no_command(open_place: Open, arguments: list[str], sentence: str, why: str) -> None:
    place = open_place()
    done = run(place.command(*arguments))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "uid" not in done.stdout + done.stderr
    nothing_ran(place, why)


def test_no_subsystem(open_place: Open) -> None:
    place = open_place()
    done = run(place.command("-s", "127.0.0.1", "sftp"))
    assert done.returncode
    assert "subsystem request failed" in done.stderr
    nothing_ran(place, "subsystem")


@pytest.mark.parametrize(
    ("program", "why"), [("sftp", "subsystem"), ("scp", "subsystem"), ("scp -O", "command")]
)
def test_no_files(open_place: Open, tmp_path: Path, program: str, why: str) -> None:
    place = open_place()
    file = tmp_path / "file"
    file.write_text("text")
    options = [*place.options(), "-o", "IdentityFile=none", "-P", str(place.port)]
    command = [*program.split(), *options]
    if program == "sftp":
        done = run([*command, "ada@127.0.0.1"])
    else:
        done = run([*command, str(file), "ada@127.0.0.1:/tmp/there"])
    assert done.returncode
    nothing_ran(place, why)


def test_no_way_through_to_a_port(open_place: Open) -> None:
    place = open_place()
    with socket.create_server(("127.0.0.1", 0)) as goal:
        done = run(place.command("-W", f"127.0.0.1:{goal.getsockname()[1]}", "127.0.0.1"))
        assert done.returncode
        goal.settimeout(0.1)
        with pytest.raises(TimeoutError):
            goal.accept()
    nothing_ran(place, "port forwarding")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def test_no_forwarding_of_a_port(open_place: Open) -> None:
    place = open_place()
    port = free_port()
    with socket.create_server(("127.0.0.1", 0)) as goal:
        client = place.terminal("-L", f"127.0.0.1:{port}:127.0.0.1:{goal.getsockname()[1]}")
        client.expect("hello")
        with socket.create_connection(("127.0.0.1", port), 30) as through:
            through.settimeout(30)
            assert through.recv(10) == b""
        goal.settimeout(0.1)
        with pytest.raises(TimeoutError):
            goal.accept()
    assert place.refused() == ["port forwarding"]
    client.send("q")
    ended(client)


def test_no_forwarding_to_a_socket(open_place: Open, tmp_path: Path) -> None:
    place = open_place()
    port, path = free_port(), tmp_path / "goal"
    with socket.socket(socket.AF_UNIX) as goal:
        goal.bind(str(path))
        goal.listen()
        client = place.terminal("-L", f"127.0.0.1:{port}:{path}")
        client.expect("hello")
        with socket.create_connection(("127.0.0.1", port), 30) as through:
            through.settimeout(30)
            assert through.recv(10) == b""
        goal.settimeout(0.1)
        with pytest.raises(TimeoutError):
            goal.accept()
    assert place.refused() == ["socket forwarding"]
    client.send("q")
    ended(client)


def test_no_forwarding_back(open_place: Open, tmp_path: Path) -> None:
    place = open_place()
    port, path = free_port(), tmp_path / "back"
    done = run(
        place.command("-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{port}:127.0.0.1:1", "127.0.0.1")
    )
    assert "remote port forwarding failed" in done.stderr
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    done = run(
        place.command("-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{path}:127.0.0.1:1", "127.0.0.1")
    )
    assert "remote port forwarding failed" in done.stderr
    assert not path.exists()
    nothing_ran(place, "port forwarding back", "socket forwarding back")


@pytest.mark.parametrize("kind", ["tun", "tap"])
def test_no_tunnel(open_place: Open, kind: str) -> None:
    # OpenSSH's client needs a device of its own before it asks for one.
    place = open_place()

    async def tunnel() -> None:
        async with asyncssh.connect("127.0.0.1", place.port, username="ada", known_hosts=None) as connection:
            create = connection.create_tun if kind == "tun" else connection.create_tap
            with pytest.raises(asyncssh.ChannelOpenError):
                await create(asyncssh.SSHTunTapSession)

    asyncio.run(tunnel())
    nothing_ran(place, "tunnel")


def test_no_agent(open_place: Open, tmp_path: Path) -> None:
    place = open_place()
    path = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", path], stdout=subprocess.DEVNULL) as agent:
        place.until(path.exists)
        client = place.terminal("-A", env={**os.environ, "SSH_AUTH_SOCK": str(path)})
        client.expect("hello")
        client.send("e")
        assert "SSH_AUTH_SOCK" not in found(client, r"environment \[(.*?)\]")
        client.send("q")
        ended(client)
        agent.kill()
    assert place.refused() == ["agent forwarding"]


def test_no_windows(open_place: Open) -> None:
    place = open_place()
    client = place.terminal("-Y", env={**os.environ, "DISPLAY": "127.0.0.1:77"})
    client.expect("hello")
    client.send("e")
    assert "DISPLAY" not in found(client, r"environment \[(.*?)\]")
    client.send("q")
    ended(client)
    assert place.refused() == ["X11 forwarding"]


def test_one_session_a_connection(open_place: Open, tmp_path: Path) -> None:
    place = open_place()
    control = f"ControlPath={tmp_path / 'control'}"
    first = place.terminal("-M", "-o", control)
    first.expect("hello")
    for _ in range(2):
        second = run(place.command("-tt", "-o", control, "127.0.0.1"))
        assert second.returncode
        assert "Session open refused by peer" in second.stderr
    first.send("s")
    first.expect("size")
    first.send("q")
    ended(first)
    # The client then comes by a connection of its own.
    assert place.refused() == ["second channel", "name in use", "name in use"]
    assert len(place.house.arrivals) == 1


def test_who_opens_no_session_does_not_stay(open_place: Open) -> None:
    place = open_place(bounds=DoorBounds(settling=1))
    done = run(place.command("-N", "127.0.0.1"))
    assert done.returncode == 255
    assert not place.house.arrivals
