"""The process that sessions are forked from: everything is imported, and the first page is drawn already.

    python -m tui.workshop.session.template COURSE

Standard input is a socket of whole packets to the server.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import selectors
import signal
import socket
import sys
import termios
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from lessons.course import Course, load_course
from tui.plain.hanging_up import quitting_when_hung_up
from tui.progress import Progress
from tui.session import Session
from tui.terminal import Terminal, find_terminal
from tui.workshop.lines import send_packet
from tui.workshop.session.asking import RoomLine, ServerStore
from tui.workshop.session.forking import KEEP, ROOM, Births, Limits, limit, own_terminal, renew_loop
from tui.workshop.session.learner import WorkshopApp
from tui.workshop.session.reading import read_everything

USUAL = Terminal(colours="256", remote=True)
"""What most learners have; for others the app is built anew in their own session."""
SIZE = (80, 24)
SETTLED = 0.3
"""Seconds after which nothing is left to do on a page that was drawn."""
LAST_TRIES = 50
"""How often a session whose terminal has gone tries to write down what could not be kept."""
BETWEEN = 1.0
"""Seconds between two of them."""


def main() -> int:
    """Build the app, say that it is ready, and fork a session for every packet that comes."""
    control = socket.socket(fileno=os.dup(0))
    control.setblocking(False)
    # The app must never find the server's socket where it looks for keys.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    course = load_course(Path(sys.argv[1]))
    read_everything(course)
    gc.disable()
    loop = asyncio.SelectorEventLoop(selectors.PollSelector())
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(_live(course, control, loop))


async def _live(course: Course, control: socket.socket, loop: asyncio.SelectorEventLoop) -> int:
    app = WorkshopApp(course, USUAL)
    running = asyncio.create_task(app.run_async(size=SIZE))
    while not app.ready:
        if running.done():
            await running
            raise RuntimeError(f"the app does not start: {app._exception}")
        await asyncio.sleep(0.01)
    warm = asyncio.Event()
    app.call_later(app.warm, warm.set)
    await warm.wait()
    # What was put off until a page is drawn is done before the fork, once for all.
    await asyncio.sleep(SETTLED)
    gc.collect()
    gc.freeze()
    births = Births(control)
    send_packet(control, {"ready": True, "process": os.getpid()})
    request = births.wait()
    # From here on this is a session.
    status = 1
    try:
        status = await _session(app, running, request, loop)
    except BaseException:
        _tell_fault(RoomLine(ROOM), traceback.format_exc())
    finally:
        # Neither the template's end nor Python's may run here: they would close what belongs to nobody.
        os._exit(status)


async def _session(
    app: WorkshopApp, running: asyncio.Task[None], request: dict[str, Any], loop: asyncio.SelectorEventLoop
) -> int:
    """Be the session of one learner, and return the exit status."""
    renew_loop(loop)
    own_terminal()
    os.environ.clear()
    os.environ.update(request["environment"])
    limit(Limits(**request["limits"]))
    gc.enable()
    random.seed()
    room = RoomLine(ROOM)
    store = ServerStore(app.course.slug, KEEP)
    terminal = find_terminal({**os.environ, "SSH_CONNECTION": "1"})
    if terminal.plain:
        _by_lines(app.course, store, room)
        return 0
    if terminal == USUAL:
        app.call_later(app.take_up, store, room)
        await running
    else:
        asyncio.events._set_running_loop(None)
        app = WorkshopApp(app.course, terminal, (store, room))
        app.run(mouse=terminal.mouse)
    if app.fault:
        _tell_fault(room, app.fault)
    _last_words(app.session, room, "fault" if app.fault else "quit")
    return app.return_code or 0


def _by_lines(course: Course, store: ServerStore, room: RoomLine) -> None:
    """Take the course line by line, where there is no cursor to place."""
    from tui.workshop.session.spoken import take_by_lines

    # Textual has taken them for the app that nobody will see.
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    _listen_to_lines()
    session = Session(Progress(course.slug))
    session.take_up(store)
    with suppress(KeyboardInterrupt), quitting_when_hung_up():
        take_by_lines(course, session, room)
    _last_words(session, room, "quit")


def _listen_to_lines() -> None:
    """Let the terminal show and edit what is typed; Ctrl+C quits, and no key suspends or leaves a core."""
    modes = termios.tcgetattr(0)
    modes[3] |= termios.ECHO | termios.ISIG
    for key in (termios.VSUSP, termios.VQUIT):
        modes[6][key] = b"\0"
    termios.tcsetattr(0, termios.TCSANOW, modes)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _last_words(session: Session, room: RoomLine, why: str) -> None:
    """Write down what could not be kept, as long as there is hope, and say how it ended."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for _ in range(LAST_TRIES):
        if session.saved or (isinstance(session.store, ServerStore) and session.store.gone):
            break
        time.sleep(BETWEEN)
        session.save()
    room.say({"ended": why, "kept": session.saved})


def _tell_fault(room: RoomLine, fault: str) -> None:
    """Let the server's log have a traceback: no learner is to see it."""
    room.say({"fault": fault[-8_000:]})


if __name__ == "__main__":
    sys.exit(main())
