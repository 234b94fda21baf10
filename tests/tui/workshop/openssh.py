"""OpenSSH's server with the recipe of `deploy/sshd_config`, in front of a workshop, on loopback."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.tui.pty_terminal import COMMAND, Terminal
from tests.tui.workshop.served import Served

RECIPE = Path(__file__).parents[3] / "deploy" / "sshd_config"
SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
PRIVILEGES = Path("/run/sshd")
LIMIT = 30.0
BASE = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AuthorizedKeysFile {folder}/keys_of_%u
# The folder is within /tmp, which everybody may write to.
StrictModes no
AllowTcpForwarding yes
X11Forwarding yes
AcceptEnv *
Subsystem sftp internal-sftp
"""
"""As open as a host's own configuration may be: what is refused, the recipe refuses."""


def why_not() -> str:
    """Return why these tests cannot be run here, or ""."""
    if SSHD is None or shutil.which("ssh") is None:
        return "OpenSSH's server and client are not both installed"
    if os.geteuid() != 0:
        return "an sshd that changes users needs root"
    return "" if sys.platform == "linux" else "the workshop needs Linux"


def other_user() -> tuple[pwd.struct_passwd, str] | None:
    """Return a user with a shell and without rights, and a Python that they may run, if there are any."""
    pythons = dict.fromkeys(
        filter(None, (sys.executable, shutil.which("python3", path="/usr/local/bin:/usr/bin")))
    )
    for user in pwd.getpwall():
        if user.pw_uid == 0 or Path(user.pw_shell).name not in ("sh", "bash", "dash", "zsh"):
            continue
        for python in pythons:
            probe = [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
            try:
                ran = subprocess.run(probe, user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/")
            except OSError:
                continue
            if ran.returncode == 0:
                return user, python
    return None


class Sshd:
    """An sshd of the test's own.

    The account of the workshop, which learners with keys share, is the one that runs the test. The member of
    the group of learners is another user of the system, if there is one.

    Args:
        folder: A folder that every user may enter.
        served: The workshop.
        names: The learners who share an account; each gets a key.

    """

    def __init__(self, folder: Path, served: Served, names: tuple[str, ...]) -> None:
        self.folder = folder
        # It stays, as sshd's own service leaves it: another one may be using it.
        PRIVILEGES.mkdir(mode=0o755, exist_ok=True)
        self.me = pwd.getpwuid(os.getuid()).pw_name
        self.other = other_user()
        recipe = RECIPE.read_text()
        found = re.search(r"^# +(restrict,.*?) ssh-ed25519", recipe, re.MULTILINE)
        assert found
        lines = []
        for name in names:
            own = found[1].replace("/opt/initlesson/bin/initlesson", COMMAND)
            own = own.replace("/var/lib/initlesson", str(served.folder)).replace("Ada", name)
            lines.append(f"{own} {self._key(name)}")
        (folder / "initlesson_keys").write_text("\n".join(lines))
        self._key("host")
        recipe = recipe.replace("/etc/ssh/initlesson_keys", f"{folder}/initlesson_keys")
        recipe = recipe.replace("Match User initlesson", f"Match User {self.me}")
        if self.other:
            user, python = self.other
            (folder / f"keys_of_{user.pw_name}").write_text(self._key("other"))
            recipe = recipe.replace("Match Group learners", f"Match User {user.pw_name}")
            recipe = recipe.replace("/opt/initlesson/bin/initlesson", self._command(python))
            recipe = recipe.replace("/run/initlesson/attach", f"{folder}/attach")
        for file in folder.glob("*keys*"):
            file.chmod(0o644)
        self._start(recipe)

    def _command(self, python: str) -> str:
        """Return a command that every user may run: the test's own may be where they may not enter."""
        shutil.copytree(RECIPE.parents[1] / "tui", self.folder / "lib" / "tui")
        command = self.folder / "initlesson"
        start = "import sys, tui.entry; sys.exit(tui.entry.main())"
        path = f"PYTHONPATH={self.folder}/lib"
        command.write_text(f"#!/bin/sh\n{path} exec {python} -c '{start}' \"$@\"\n")
        command.chmod(0o755)
        subprocess.run(["chmod", "-R", "a+rX", self.folder / "lib"], check=True)
        return str(command)

    def _key(self, name: str) -> str:
        file = self.folder / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file], check=True)
        return file.with_suffix(".pub").read_text()

    def _start(self, recipe: str) -> None:
        assert SSHD
        config = self.folder / "sshd_config"
        for _ in range(10):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port: int = free.getsockname()[1]
            config.write_text(BASE.format(port=self.port, folder=self.folder) + recipe)
            with (self.folder / "sshd.log").open("ab") as log:
                self.process = subprocess.Popen([SSHD, "-D", "-e", "-f", config], stderr=log)
            if self._answers():
                return
        raise AssertionError((self.folder / "sshd.log").read_text())

    def _answers(self) -> bool:
        end = time.monotonic() + LIMIT
        while self.process.poll() is None and time.monotonic() < end:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as probe:
                    return probe.recv(4) == b"SSH-" and self.process.poll() is None
            except OSError:
                time.sleep(0.05)
        return False

    def command(self, who: str, *options: str, program: str = "ssh") -> list[str]:
        """Return a client's command; `who` is a learner with a key, or "other" for the other user."""
        user = self.other[0].pw_name if who == "other" and self.other else self.me
        return [
            *(program, "-F", "none", "-i", str(self.folder / who), "-o", "IdentitiesOnly=yes"),
            *("-o", f"UserKnownHostsFile={self.folder}/known", "-o", "GlobalKnownHostsFile=none"),
            *("-o", "StrictHostKeyChecking=accept-new", "-o", "BatchMode=yes", "-o", f"Port={self.port}"),
            *("-o", f"User={user}"),
            *options,
        ]

    def run(self, who: str, *options: str, program: str = "ssh") -> subprocess.CompletedProcess[str]:
        """Run a client without a terminal."""
        return subprocess.run(
            self.command(who, *options, program=program),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def terminal(self, who: str, *options: str) -> Terminal:
        """Come on a terminal."""
        program, *arguments = self.command(who, *options)
        return Terminal(self.folder / "state", arguments=tuple(arguments), command=program)

    def close(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(LIMIT)
        finally:
            self.process.kill()
            self.process.wait()
