"""A PostgreSQL of the tests' own, made by the system's programs in a folder that goes away."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

USER = "initlesson"
PASSWORD = "s3cret:@/?#%word"
QUOTED = "s3cret%3A%40%2F%3F%23%25word"
LIMIT = 30.0
"""Seconds to wait for it to start or to stop."""


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None if they are not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "postgres", "createdb", "pg_isready")):
            return folder
    return None


class PostgreSQL:
    """A cluster on loopback and on a Unix socket, where every connection needs the password.

    Root may not run it: for root it runs as the user postgres, or as nobody.

    Args:
        programs: The folder with initdb and postgres.

    """

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            import pwd

            try:
                user = pwd.getpwnam("postgres")
            except KeyError:
                user = pwd.getpwnam("nobody")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        word = self.folder / "word"
        word.write_text(PASSWORD + "\n")
        self._run("initdb", "-D", self.folder / "data", "-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "-N")

    @property
    def pid(self) -> int:
        """The process to stop, freeze or kill."""
        assert self._process
        return self._process.pid

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database."""
        return f"postgresql://{USER}:{QUOTED}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        self._databases += 1
        name = f"class{self._databases}"
        self._run("createdb", name)
        return self.url(name)

    def start(self) -> None:
        """Start it, on the port that it had before, and wait until it answers."""
        for _ in range(10):
            port = self.port or _free_port()
            with (self.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    [
                        self.programs / "postgres",
                        *("-D", self.folder / "data", "-p", str(port), "-k", self.folder),
                        *("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    **self._as,
                )
            if self._answers(port):
                self.port = port
                return
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self, number: int = signal.SIGINT) -> None:
        """Stop it: by SIGINT at once but in order, by SIGQUIT as if the machine had failed."""
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def freeze(self, frozen: bool = True) -> None:
        """Let it stand still, with every connection that there is, as if its machine were out of reach."""
        # Its children are in sessions of their own.
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        for pid in (self.pid, *map(int, children)):
            os.kill(pid, signal.SIGSTOP if frozen else signal.SIGCONT)

    def close(self) -> None:
        """Stop it and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    def _answers(self, port: int) -> bool:
        assert self._process
        end = time.monotonic() + LIMIT
        ready = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        while self._process.poll() is None and time.monotonic() < end:
            # Another server may have got the port: that one is not ours, and ours ends.
            if subprocess.run(ready).returncode == 0 and self._process.poll() is None:
                return (self.folder / f".s.PGSQL.{port}").exists()
            time.sleep(0.05)
        self._process.kill()
        self._process.wait()
        return False

    def _run(self, program: str, *arguments: str | Path) -> None:
        options: list[str | Path] = ["--pwfile", self.folder / "word"] if program == "initdb" else []
        subprocess.run(
            [self.programs / program, *options, *arguments],
            env={
                "PATH": os.environ.get("PATH", ""),
                "LC_ALL": "C",
                "PGHOST": str(self.folder),
                "PGPORT": str(self.port or 5432),
                "PGUSER": USER,
                "PGPASSWORD": PASSWORD,
            },
            cwd=self.folder,
            check=True,
            capture_output=True,
            **self._as,
        )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
