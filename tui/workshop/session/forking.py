"""The dangerous part: a process of one thread forks, and the child becomes one learner's session.

Nothing else in the workshop forks, passes on open files, or sets limits; each line here says why it is there.
Linux alone has all that it takes (pidfd, prctl, PR_SET_NO_NEW_PRIVS).
"""

from __future__ import annotations

import asyncio
import ctypes
import errno
import fcntl
import os
import resource
import select
import signal
import socket
import termios
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.workshop.lines import close_all, receive_packet, send_packet
from tui.workshop.session.landlock import forsake

KEEP, ROOM = 3, 4
"""Where a session finds its two sockets to the server."""
FIRST_OTHER = 5
FILES = 3
"""What comes with a request: a terminal, and the two sockets."""
SET_DUMPABLE, SET_NO_NEW_PRIVILEGES = 4, 38
"""Numbers of prctl(2)."""
LIBRARY = ctypes.CDLL(None, use_errno=True)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one session may use.

    Attributes:
        memory: Bytes beyond what the template has already mapped.
        seconds: Seconds of processor time.
        files: Open files.
        processes: Processes and threads. The system counts those of a user: where all sessions share the
            user of the server, it bounds them together.
        priority: How much a session gives way to the server: 0 to 19.
        user: Its user, or None for that of the template.

    """

    memory: int = 256 * MEGABYTE
    seconds: int = 3_600
    files: int = 64
    processes: int = 4_096
    priority: int = 5
    user: int | None = None


class Births:
    """Where a template hears whom to make a session for.

    Args:
        control: A socket of whole packets to the server.

    """

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        # A child that ends must wake the poll, so that it does not stay as a zombie.
        self._woken, self._waking = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def wait(self) -> dict[str, Any]:
        """Fork for every packet that comes; return its content in the child, and never in the parent."""
        assert_alone()
        signal.signal(signal.SIGCHLD, lambda *_: None)
        old_waking = signal.set_wakeup_fd(self._waking, warn_on_full_buffer=False)
        waiting = select.poll()
        waiting.register(self._control, select.POLLIN)
        waiting.register(self._woken, select.POLLIN)
        while True:
            for file, _ in waiting.poll():
                if file == self._woken:
                    with suppress(BlockingIOError):
                        os.read(self._woken, 4096)
            _reap()
            with suppress(BlockingIOError):
                packet = receive_packet(self._control)
                if packet is None:
                    # No server, no sessions. Nothing of the app's own end may run: it belongs to no terminal.
                    os._exit(0)
                request, files = packet
                if self._fork(request, files):
                    signal.set_wakeup_fd(old_waking)
                    return request

    def _fork(self, request: dict[str, Any], files: list[int]) -> bool:
        """Return True in the child; tell the server of it in the parent."""
        try:
            if len(files) != FILES:
                # The system leaves out what this process has no number for.
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
            child = os.fork()
        except OSError as error:
            close_all(*files)
            send_packet(self._control, {"number": request["number"], "error": error.strerror})
            return False
        if child == 0:
            try:
                # Also where Python would close them later, by numbers that then mean something else.
                self._control.detach()
                _take_places(files)
            except BaseException:
                # Nothing of the template may go on in a child that is not yet a session.
                os._exit(1)
            return True
        close_all(*files)
        # The child cannot be gone yet, not even if it has ended: only this process reaps it.
        process = os.pidfd_open(child)
        try:
            send_packet(self._control, {"number": request["number"], "process": child}, (process,))
        finally:
            os.close(process)
        return False


def assert_alone() -> None:
    """Make sure that this is the only thread: a lock that another one held would stay held in every child.

    Raises:
        RuntimeError: there are more.

    """
    count = sum(1 for _ in Path("/proc/self/task").iterdir())
    if count != 1 or threading.active_count() != 1:
        raise RuntimeError(f"{count} threads: a session cannot be forked")


def _reap() -> None:
    """Let go of the children that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _take_places(files: list[int]) -> None:
    """Put a session's terminal on 0, 1 and 2, its sockets behind them, and close everything else."""
    # Until here the child has the template's handlers: none of them may run in it.
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGPIPE else signal.SIG_DFL)
    # First above all places, lest one that is still needed is overwritten.
    high = [fcntl.fcntl(file, fcntl.F_DUPFD, 16) for file in files]
    for place, file in zip((0, KEEP, ROOM), high, strict=True):
        os.dup2(file, place, inheritable=False)
    os.dup2(0, 1)
    os.dup2(0, 2)
    os.closerange(FIRST_OTHER, os.sysconf("SC_OPEN_MAX"))


def own_terminal() -> None:
    """Make the terminal on 0 that of this process alone: it hangs up when the other end goes."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def renew_loop(loop: asyncio.SelectorEventLoop) -> None:
    """Let an event loop that was suspended in the template go on in the child.

    Its selector must be one that keeps nothing in the kernel (select, poll): an epoll would be shared with
    the template and all its children. Its pipe for signals was closed with all else, and is made anew.
    """
    made: Any = loop
    # Python 3.12 forgets which loop runs at a fork.
    asyncio.events._set_running_loop(None)
    selector = made._selector
    for key in list(selector.get_map().values()):
        selector.unregister(key.fd)
    for end in (made._ssock, made._csock):
        end.detach()
    made._internal_fds = 0
    made._make_self_pipe()
    # No executor of before: its threads were left in the template, if there had been any.
    made._default_executor = None
    asyncio.events._set_running_loop(loop)


def limit(limits: Limits) -> None:
    """Take away from this process what a learner does not need; nothing here can be taken back.

    Raises:
        OSError: the system refuses one of the limits.

    """
    os.umask(0o077)
    os.nice(limits.priority)
    with open("/proc/self/statm") as about:  # noqa: PTH123  a path object would cost more than the reading
        mapped = int(about.read().split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_AS, mapped + limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_NPROC, limits.processes),
        # The server keeps what a learner does: a session writes no file at all, and leaves no core.
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))
    if limits.user is not None:
        os.setgroups([])
        os.setresgid(limits.user, limits.user, limits.user)
        os.setresuid(limits.user, limits.user, limits.user)
    # Neither another session of the same user may look into this one, nor may it become anybody else.
    for option, value in ((SET_DUMPABLE, 0), (SET_NO_NEW_PRIVILEGES, 1)):
        if LIBRARY.prctl(option, value, 0, 0, 0):
            raise OSError(ctypes.get_errno(), f"prctl {option} is refused")
    # Files and other sessions of its own user would still be within its rights.
    forsake()
