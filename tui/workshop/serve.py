"""`initlesson serve`: everything that a workshop is made of, put together."""

from __future__ import annotations

import asyncio
import fcntl
import os
import resource
import signal
import socket
import sys
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from lessons.course import Course
from tui.workshop.announced import Status, announcement, code, line, this_host
from tui.workshop.hosting import Hosting
from tui.workshop.house import Bounds, House
from tui.workshop.hub import Hub
from tui.workshop.instructing import instruct
from tui.workshop.log import Log
from tui.workshop.maker import Maker, MakerError
from tui.workshop.metrics import Metrics
from tui.workshop.others import Others
from tui.workshop.session.landlock import version
from tui.workshop.sockets import Sockets
from tui.workshop.ssh.admission import Admission
from tui.workshop.ssh.door import DoorBounds
from tui.workshop.ssh.server import Ssh, host_key
from tui.workshop.store.folder import FolderKeeping
from tui.workshop.store.keeping import Keeping, KeepingError

SURE = 5.0
"""Seconds within which Ctrl+C is pressed again by whoever means it."""
LOOK = 2.0
"""Seconds between two looks at what the status says."""


class ServeError(Exception):
    """The workshop cannot be held, and what to do about it."""


@dataclass(frozen=True)
class Workshop:
    """What an instructor asks for.

    Attributes:
        course: What is learnt.
        folder: Where the key of the host, the log and the sockets are, and the learners if they are files.
        keeping: Where the learners are kept.
        admission: Who may come in.
        word: The word of the day, to be shown; "" if there is none.
        host: The address to listen on; None for all.
        port: The port; 0 for one that is free.
        bounds: What the class may take of the host.
        metrics: A port of 127.0.0.1 for monitors, or None.
        attach: A socket by which every user of the host may come in, or None.
        qr: Whether to draw a code for telephones and tablets.
        ascii: Whether to draw it with the characters of ASCII.
        room: What opens the room on this host.

    """

    course: Course
    folder: Path
    keeping: Keeping
    admission: Admission
    word: str = ""
    host: str | None = None
    port: int = 2222
    bounds: Bounds = field(default_factory=Bounds)
    metrics: int | None = None
    attach: Path | None = None
    qr: bool = False
    ascii: bool = False
    room: str = "initlesson room"


class Server:
    """A workshop that is being held.

    Args:
        asked: What the instructor asked for.

    Attributes:
        port: The port on which it listens.

    """

    def __init__(self, asked: Workshop) -> None:
        self.asked = asked
        self.port = 0
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Server:
        """Open, from the inside to the outside: nobody comes in before everything is there."""
        try:
            await self._open()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close, from the outside to the inside."""
        await self._stack.aclose()

    async def _open(self) -> None:
        asked, stack = self.asked, self._stack
        _take_open_files()
        _take_folder(asked.folder, stack)
        self.log = Log(asked.folder / "log.jsonl")
        stack.callback(self.log.close)
        self.log.listen("asyncio", "asyncpg", "tui.workshop")
        self.metrics = Metrics()
        await asked.keeping.open()
        stack.push_async_callback(asked.keeping.close)
        self.hub = Hub(asked.course, asked.keeping)
        await self.hub.open()
        name = ""
        if not isinstance(asked.keeping, FolderKeeping):
            # A folder has one server, which its lock keeps alone.
            name = f"{socket.gethostname()} {blake2b(os.fsencode(asked.folder), digest_size=4).hexdigest()}"
            others = Others(self.hub, asked.keeping, name)
            await others.open()
            stack.push_async_callback(others.close)
        stack.push_async_callback(self.hub.close)
        self.maker = Maker(asked.course.folder, self.log.write)
        await self.maker.start()
        stack.push_async_callback(self.maker.end)
        self.house = House(self.hub, asked.keeping, self.maker, asked.bounds, name, self.log.write)
        self.socket = asked.folder / "socket"
        hosting = Hosting(
            self.house,
            asked.admission,
            lambda arrival: instruct(arrival, self.socket, asked.course.folder),
            # All of a class may come at once, and from one school.
            bounds=DoorBounds(
                waiting=max(1_000, 2 * asked.bounds.sessions), waiting_each=max(400, asked.bounds.of_address)
            ),
            log=self.log,
            metrics=self.metrics,
        )
        self.sockets = Sockets(self.house, hosting)
        stack.push_async_callback(self.sockets.close)
        # First the sessions, so that those who carry their bytes hear why they are over.
        stack.push_async_callback(self.house.close)
        await self._listen(self.socket, "--folder")
        if asked.attach:
            await self._listen(asked.attach, "--attach", public=True)
        if asked.metrics is not None:
            self.metrics.serve(asked.metrics)
            stack.callback(self.metrics.close)
        key = host_key(asked.folder / "host_key")
        self.fingerprint = key.get_fingerprint()
        self.ssh = Ssh(hosting, key)
        self.port = await self.ssh.listen(asked.host, asked.port)
        stack.push_async_callback(self.ssh.close)
        clock = asyncio.create_task(self.house.watch_the_clock())
        stack.callback(clock.cancel)
        self.log.write(
            "serving", port=self.port, process=os.getpid(), store=asked.keeping.where, landlock=version()
        )

    async def _listen(self, path: Path, option: str, *, public: bool = False) -> None:
        try:
            await self.sockets.open(path, public=public)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise ServeError(
                f"no socket can be made at {path} ({why}): give another place with {option}"
            ) from None

    def status(self) -> str:
        """Return one line that says how it goes."""
        here, full = len(self.house.sessions), self.asked.bounds.sessions
        known = len(self.hub.room.learners)
        held = f", frozen on {self.hub.room.hold}" if self.hub.room.hold else ""
        vote = ", a vote is open" if self.hub.room.open_vote else ""
        return f"{here} of {full} here, {known} so far{held}{vote}   Ctrl+C ends   {time.strftime('%H:%M')}"


def _take_open_files() -> None:
    """Let this process open as many files as it may: a learner takes five, and the usual limit is low."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _take_folder(folder: Path, stack: AsyncExitStack) -> None:
    """Make the folder, and keep another server out of it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise ServeError(
            f"{folder} cannot be used ({error.strerror or error}): give another one with --folder"
        ) from None
    stack.callback(os.close, lock)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise ServeError(
            f"a workshop is being held in {folder} already: end it, or give another --folder"
        ) from None


async def hold(asked: Workshop) -> int:
    """Hold a workshop until it is told to end, and return the exit status.

    Raises:
        ServeError: it cannot be held.

    """
    try:
        async with Server(asked) as server:
            _announce(asked, server)
            await _until_told(server)
    except (KeepingError, MakerError, ValueError) as error:
        raise ServeError(str(error)) from None
    except OSError as error:
        raise ServeError(_explained(error, asked)) from None
    return 0


def _explained(error: OSError, asked: Workshop) -> str:
    why = (error.strerror or str(error)).lower()
    return f"nobody can be let in on port {asked.port}: {why}. Give another one with --port"


def _announce(asked: Workshop, server: Server) -> None:
    host = asked.host or this_host()
    admission = asked.admission
    learners = announcement(server.port, host, server.fingerprint, asked.word, open_to_all=admission.open)
    room = f"    For you, the room: {asked.room}\n"
    if admission.has_room:
        room += f"    or from elsewhere: {line(server.port, host, 'instructor')}\n"
    if asked.qr:
        # Without a name: all who scan it would be one learner. What learners need comes last, and is not
        # scrolled away from a small screen.
        drawn = code(f"ssh://{host}:{server.port}", ascii_only=asked.ascii)
        print(room, drawn, learners, sep="\n", flush=True)
    else:
        print(learners, room, sep="\n", flush=True)


async def _until_told(server: Server) -> None:
    """Show how it goes until a signal says that it is over."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, told.set)
    status = Status(sys.stdout)
    asked = -SURE

    def interrupt() -> None:
        nonlocal asked
        # A key that is pressed by habit ends no class; where nobody is here, or nobody could see the
        # question, it does what it always does.
        if not (server.house.sessions and sys.stdout.isatty()) or loop.time() - asked < SURE:
            told.set()
        asked = loop.time()
        status.show(f"{len(server.house.sessions)} are here. Ctrl+C once more ends the workshop for them.")

    loop.add_signal_handler(signal.SIGINT, interrupt)
    while not told.is_set():
        if loop.time() - asked >= SURE:
            status.show(server.status())
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), LOOK)
    status.show("Ending: whoever is here is told, and nothing is lost.")
    status.end()
