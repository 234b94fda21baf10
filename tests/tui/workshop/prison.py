"""A template whose sessions attack their host: each does one thing, and says how it went.

Standard input is the socket of a template; see `test_prison`.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui.workshop.session.forking import ROOM, Births, Limits, limit, own_terminal

MEGABYTE = 1 << 20


def tried(*attempts: Callable[[], object]) -> list[str]:
    """Return the name of the error of each attempt, or "done"."""
    found = []
    for attempt in attempts:
        try:
            attempt()
        except OSError as error:
            found.append(errno.errorcode.get(error.errno or 0, str(error)))
        else:
            found.append("done")
    return found


def state(_: Any) -> Any:
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {
        "files": sorted(int(each.name) for each in Path("/proc/self/fd").iterdir())[:-1],
        "environment": dict(os.environ),
        "ids": [*os.getresuid(), *os.getresgid()],
        "groups": os.getgroups(),
        "leader": os.getpid() == os.getsid(0) == os.tcgetpgrp(0),
        "capabilities": status["CapEff"],
        "no new privileges": status["NoNewPrivs"],
        "ignored": status["SigIgn"],
        "caught": status["SigCgt"],
        "blocked": status["SigBlk"],
        "dumpable": ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),
        "threads": threading.active_count(),
        "nice": os.nice(0),
    }


def write(folder: str) -> Any:
    there = Path(folder)
    file = there / "file"
    return tried(
        lambda: file.write_text("mine"),
        lambda: (there / "empty").touch(),
        lambda: os.truncate(file, 0),
        lambda: file.unlink(),
        lambda: (there / "folder").mkdir(),
        lambda: file.rename(there / "elsewhere"),
        lambda: (there / "link").symlink_to(file),
        lambda: os.link(file, there / "hard"),
        lambda: os.mkfifo(there / "fifo"),
        lambda: socket.socket(socket.AF_UNIX).bind(str(there / "socket")),
    )


def run(_: Any) -> Any:
    return tried(lambda: os.execv("/bin/sh", ["sh", "-c", "true"]))


def memory(most: int) -> Any:
    taken = []
    try:
        for _ in range(most // MEGABYTE * 4):
            taken.append(bytearray(MEGABYTE))
    except MemoryError:
        got = len(taken)
        taken.clear()
        return got
    return -1


def spin(_: Any) -> Any:
    while True:
        pass


def threads(_: Any) -> Any:
    stop = threading.Event()
    count = 0
    try:
        for _ in range(200):
            threading.Thread(target=stop.wait, daemon=True).start()
            count += 1
    except RuntimeError:
        return count
    return -1


def processes(_: Any) -> Any:
    children: list[int] = []
    try:
        for _ in range(200):
            if (child := os.fork()) == 0:
                signal.pause()
            children.append(child)
    except OSError:
        return len(children)
    finally:
        for each in children:
            os.kill(each, signal.SIGKILL)
            os.waitpid(each, 0)
    return -1


def reach(about: dict[str, Any]) -> Any:
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace

    def attach(process: int) -> None:
        if ptrace(16, process, None, None):
            raise OSError(ctypes.get_errno(), "ptrace")

    inet, unix = socket.socket(), socket.socket(socket.AF_UNIX)
    return tried(
        *(lambda each=each: os.kill(each, signal.SIGCONT) for each in about["processes"]),
        *(lambda each=each: attach(each) for each in about["processes"]),
        *(lambda each=each: list(Path(f"/proc/{each}/fd").iterdir()) for each in about["processes"]),
        lambda: inet.connect(("127.0.0.1", about["port"])),
        lambda: unix.connect(about["socket"]),
        lambda: os.setresuid(0, 0, 0),
        lambda: os.setgroups([0]),
        lambda: os.chroot("/"),
    )


ATTACKS = {each.__name__: each for each in (state, write, run, memory, spin, threads, processes, reach)}


def main() -> None:
    """Be a template, and then a session of it."""
    control = socket.socket(fileno=os.dup(0))
    control.setblocking(False)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    request = Births(control).wait()
    own_terminal()
    os.environ.clear()
    os.environ.update(request["environment"])
    limit(Limits(**request["limits"]))
    said = ATTACKS[request["attack"]](request["about"])
    with socket.socket(fileno=ROOM) as room:
        room.sendall(json.dumps(said).encode())
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
