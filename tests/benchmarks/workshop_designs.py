"""Three ways to have learners over SSH: each is started, has an address, and is ended."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncssh

from tui.workshop.rehearsal.measuring import tree

COMMAND = os.environ.get("INITLESSON_COMMAND") or str(Path(sys.executable).with_name("initlesson"))
PATIENCE = 60.0
SSHD = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/learners.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
PrintMotd no
PrintLastLog no
MaxStartups 1000
LogLevel ERROR
# Neither what the user's shell does when it starts, nor their progress, is to be measured or changed.
SetEnv HOME={folder}
ForceCommand {command}
"""


@dataclass(frozen=True)
class Design:
    """A way in that is open.

    Attributes:
        port: Where it listens, on 127.0.0.1.
        roots: The processes that all others of it come from.
        user: Whom to log in as; None for each by their own name.

    """

    port: int
    roots: tuple[int, ...]
    user: str | None = None

    def processes(self) -> set[int]:
        """Return all processes of it."""
        return tree(*self.roots)


def find_sshd() -> str | None:
    """Return OpenSSH's server, which must be started by its whole path; None if it is not installed."""
    return shutil.which("sshd", path=f"{os.defpath}:/usr/sbin:/usr/local/sbin")


def make_key(folder: Path) -> asyncssh.SSHKey:
    """Return the key of all learners, and write what the servers need."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_public_key(str(folder / "learners.pub"))
    asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(folder / "host"))
    (folder / "host").chmod(0o600)
    return key


@contextmanager
def fresh(folder: Path) -> Iterator[Design]:
    """Have OpenSSH start a fresh program for each learner, who has a folder of their own."""
    with _sshd(folder, f"exec env XDG_STATE_HOME={folder}/$$ {COMMAND}") as (port, process):
        yield Design(port, (process,), getpass.getuser())


@contextmanager
def serve(folder: Path, course: Path | None = None) -> Iterator[Design]:
    """Have the workshop's own server, with a course that is not the built-in one on request."""
    with _served(folder, course) as (port, process):
        yield Design(port, (process,))


@contextmanager
def attach(folder: Path) -> Iterator[Design]:
    """Have OpenSSH start `initlesson attach` for each learner."""
    with _served(folder) as (_, server):
        socket_file = folder / "workshop" / "socket"
        command = f"exec {COMMAND} attach --socket {socket_file} --name learner-$$"
        with _sshd(folder, command) as (port, process):
            yield Design(port, (process, server), getpass.getuser())


@contextmanager
def _sshd(folder: Path, command: str) -> Iterator[tuple[int, int]]:
    program = find_sshd()
    assert program
    if os.getuid() == 0:
        # What the system's own service makes before it starts.
        Path("/run/sshd").mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    config = folder / "sshd_config"
    config.write_text(SSHD.format(port=port, folder=folder, command=command))
    with _running([program, "-D", "-e", "-f", str(config)], folder / "sshd.log") as process:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise RuntimeError(f"sshd does not start: {(folder / 'sshd.log').read_text()}")
        yield port, process.pid


@contextmanager
def _served(folder: Path, course: Path | None = None) -> Iterator[tuple[int, int]]:
    log = folder / "serve.log"
    options = ["--folder", str(folder / "workshop"), "--keys", str(folder / "learners.pub")]
    options += ["--course", str(course)] if course else []
    with _running([COMMAND, "serve", "--host", "127.0.0.1", "--port", "0", *options], log) as process:
        end = time.monotonic() + PATIENCE
        while not (found := re.search(r"ssh -p (\d+)", log.read_text())):
            if time.monotonic() > end or process.poll() is not None:
                raise RuntimeError(f"the workshop does not start: {log.read_text()}")
            time.sleep(0.05)
        yield int(found[1]), process.pid


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
