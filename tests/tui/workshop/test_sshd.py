"""The recipe for the sshd that is there already, with a real one and the real client."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.tui.pty_terminal import ENTER, RIGHT, Terminal
from tests.tui.workshop.openssh import RECIPE, SSHD, Sshd, why_not
from tests.tui.workshop.served import Served

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
Come = Callable[..., Terminal]
BOTH = pytest.mark.parametrize("who", ["Ada", "other"])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # The test's own folder is closed to other users.
    made = Path(tempfile.mkdtemp(prefix="sshd-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Served]:
    served = Served(folder / "class", "--open", "--attach", str(folder / "attach"))
    try:
        yield served.ready()
    finally:
        assert served.stop() == 0


@pytest.fixture(scope="module")
def sshd(folder: Path, server: Served) -> Iterator[Sshd]:
    made = Sshd(folder, server, ("Ada", "Bob", "Cyd", "Dan"))
    yield made
    made.close()


@pytest.fixture
def come(sshd: Sshd) -> Iterator[Come]:
    came = []

    def make(who: str, *arguments: str) -> Terminal:
        there_is(sshd, who)
        came.append(sshd.terminal(who, *(arguments or ("127.0.0.1",))))
        return came[-1]

    yield make
    for each in came:
        each.child.close(force=True)


def there_is(sshd: Sshd, who: str) -> None:
    if who == "other" and sshd.other is None:
        pytest.skip("no other user has a shell, and a Python that they may run")


def test_the_recipe_as_it_is_is_right(tmp_path: Path, sshd: Sshd) -> None:
    config = tmp_path / "sshd_config"
    config.write_text(f"HostKey {sshd.folder}/host\n{RECIPE.read_text()}")
    assert SSHD
    tried = subprocess.run([SSHD, "-t", "-f", config], capture_output=True, text=True)
    assert (tried.returncode, tried.stderr) == (0, "")


def test_two_learners_on_one_account_are_two(server: Served, come: Come) -> None:
    there = {name: come(name) for name in ("Ada", "Bob")}
    for each in there.values():
        each.wait_for("screen 1/25")
        each.child.send("q")
        each.wait_for("Until next time")
        assert each.wait_for_the_end() == 0
    for name in there:
        server.until(lambda: server.ends_of(name) == ["quit"], f"{name} has gone")  # noqa: B023
    assert {event["address"] for event in server.events("begun")} == {"127.0.0.1"}


def test_a_session_is_resized_and_its_place_is_kept_when_the_client_is_killed(
    server: Served, come: Come
) -> None:
    cyd = come("Cyd")
    cyd.wait_for("screen 1/25")
    cyd.resize(120, 36)
    cyd.wait_until(lambda: "screen 1/25" in cyd.screen.display[0][95:], wanted="the whole width is used")
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
    first = come("Dan")
    first.wait_for("screen 1/25")
    second = come("Dan")
    second.wait_for("Dan is here already, from 127.0.0.1, for 0 min.")
    second.child.send("y")
    second.wait_for("screen 1/25")
    first.wait_for("You went on in another terminal")
    assert first.wait_for_the_end() == 1
    second.child.send("q")
    assert second.wait_for_the_end() == 0


def test_a_user_of_the_host_comes_by_their_own_name(server: Served, sshd: Sshd, come: Come) -> None:
    other = come("other")
    assert sshd.other
    name = sshd.other[0].pw_name
    other.wait_for("screen 1/25")
    begun = [event for event in server.events("begun") if event["name"] == name]
    assert begun[-1]["address"] == f"user {sshd.other[0].pw_uid}"
    other.child.send("q")
    other.wait_for("Until next time")
    assert other.wait_for_the_end() == 0


@BOTH
def test_no_command_is_run(sshd: Sshd, come: Come, who: str) -> None:
    there_is(sshd, who)
    for options in (["127.0.0.1", "id"], ["-T", "127.0.0.1"], ["-s", "127.0.0.1", "sftp"]):
        ran = sshd.run(who, *options)
        assert (ran.returncode, ran.stdout) == (1, ""), options
        # Of a subsystem, sshd sends no errors on.
        assert "-s" in options or "this is a lesson for a terminal" in ran.stderr
    lesson = come(who, "-t", "127.0.0.1", "id")
    lesson.wait_for("screen 1/25")
    assert "uid=" not in lesson.raw
    lesson.child.send("q")
    assert lesson.wait_for_the_end() == 0


@BOTH
def test_no_file_is_copied(sshd: Sshd, tmp_path: Path, who: str) -> None:
    there_is(sshd, who)
    if shutil.which("scp") is None:
        pytest.skip("scp is not installed")
    for old in ((), ("-O",)):
        ran = sshd.run(who, *old, "127.0.0.1:/etc/passwd", str(tmp_path / "taken"), program="scp")
        assert ran.returncode != 0
        assert not (tmp_path / "taken").exists()


@BOTH
def test_nothing_is_forwarded(sshd: Sshd, tmp_path: Path, who: str) -> None:
    there_is(sshd, who)
    with socket.socket() as target:
        target.bind(("127.0.0.1", 0))
        target.listen()
        target.settimeout(0.2)
        port = target.getsockname()[1]
        through = sshd.run(who, "-W", f"127.0.0.1:{port}", "127.0.0.1")
        assert through.returncode == 255
        assert "administratively prohibited" in through.stderr
        strict = ("-o", "ExitOnForwardFailure=yes", "-N")
        for back in (f"0:127.0.0.1:{port}", f"{tmp_path}/back:127.0.0.1:{port}"):
            ran = sshd.run(who, *strict, "-R", back, "127.0.0.1")
            assert ran.returncode == 255
            assert "forwarding failed" in ran.stderr
        assert not (tmp_path / "back").exists()
        local = tmp_path / "local"
        forwarding = subprocess.Popen(
            sshd.command(who, *strict, "-L", f"{local}:127.0.0.1:{port}", "127.0.0.1")
        )
        try:
            assert ends_at_once(local)
        finally:
            forwarding.terminate()
            forwarding.wait()
        with pytest.raises(TimeoutError):
            target.accept()


def ends_at_once(local: Path) -> bool:
    """Return whether whoever connects to a forwarded socket is let go without a word."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with suppress(FileNotFoundError, ConnectionRefusedError), socket.socket(socket.AF_UNIX) as near:
            near.settimeout(30)
            near.connect(str(local))
            return near.recv(100) == b""
        time.sleep(0.05)
    return False
