"""The app on a pseudo-terminal in this process: what it shows, reads, refuses, and leaves behind."""

from __future__ import annotations

import asyncio
import os
import random
import re
import termios
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.tui.attached import Attached, attached
from tests.tui.terminals import cells_of
from tui.app import LessonApp
from tui.driver import TerminalDriver
from tui.driver_reading import MOST_AHEAD
from tui.driver_tty import COLUMNS, LINES, READ, UNKNOWN, sane
from tui.terminal import Colours, Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX terminals")
RIGHT, LEFT, ESC = "\x1b[C", "\x1b[D", "\x1b"
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
NewApp = Callable[..., LessonApp]


def place(terminal: Attached) -> tuple[str, int]:
    progress = terminal.app.session.progress
    return progress.screen, progress.page


async def turn(terminal: Attached, key: str = RIGHT) -> None:
    before = place(terminal)
    terminal.type(key)
    await terminal.until(lambda: place(terminal) != before, "the page is turned")


async def test_a_walk_shows_every_page_as_it_is(new_app: NewApp) -> None:
    app = new_app("welcome")
    # What is loaded ahead comes in a thread; the driver has none.
    app.reader.loads_ahead = False
    async with attached(app) as terminal:
        for _ in range(20):
            await turn(terminal)
            await terminal.settled()
        assert threading.active_count() == 1


@pytest.mark.parametrize("colours", ["none", "16", "256"])
async def test_fewer_colours_are_shown_as_they_are_meant(new_app: NewApp, colours: Colours) -> None:
    app = new_app("the-ledger")
    app.terminal = Terminal()._replace(colours=colours)
    async with attached(app) as terminal:
        for _ in range(4):
            await terminal.settled()
            await turn(terminal)
        if colours == "none":
            assert not COLOUR.search(terminal.sent)
        else:
            assert COLOUR.search(terminal.sent)
            assert "38;2;" not in terminal.sent


async def test_a_storm_of_sizes_ends_with_what_the_app_means_to_show(new_app: NewApp) -> None:
    chance = random.Random(7)
    async with attached(new_app("the-ledger")) as terminal:
        for _ in range(60):
            terminal.resize(chance.randint(1, 160), chance.randint(1, 50))
            if chance.random() < 0.3:
                terminal.type(RIGHT)
            terminal.driver._resize_soon()
            await asyncio.sleep(0)
        terminal.resize(100, 30)
        terminal.driver._resize_soon()
        await terminal.until(lambda: terminal.app.size == (100, 30), "the app knows the last size")
        await terminal.settled()


async def test_pages_that_were_jumped_over_are_never_sent(new_app: NewApp) -> None:
    async with attached(new_app("welcome")) as terminal:
        await terminal.settled()
        terminal.stop_listening()
        # Nothing is taken any more: the first frames fill what the system keeps.
        filling = "x" * 60_000
        terminal.driver.write(filling)
        assert terminal.driver.behind
        for _ in range(12):
            await turn(terminal)
        for _ in range(11):
            await turn(terminal, LEFT)
        await turn(terminal)
        terminal.driver.redraw()
        terminal.screen.reset()
        terminal.sent = ""
        terminal.listen()
        await terminal.settled()
        assert len(terminal.sent) < len(filling) + 8_000


async def test_a_distant_terminal_is_sent_no_more_than_it_has_drawn(new_app: NewApp) -> None:
    app = new_app("welcome")
    app.terminal = Terminal(remote=True)
    async with attached(app) as terminal:
        await terminal.settled()
        terminal.type("\x1b[0n")
        await turn(terminal)
        await terminal.until(lambda: terminal.sent.endswith("\x1b[5n"), "the terminal is asked how far it is")
        terminal.sent = ""
        for _ in range(12):
            await turn(terminal)
        assert len(terminal.sent) < 10_000
        assert terminal.driver.behind
        asked = 1 + terminal.sent.count("\x1b[5n")
        terminal.type("\x1b[0n" * asked)
        await terminal.settled()
        # One that answers no more is waited for no longer.
        for _ in range(12):
            await turn(terminal, LEFT)
        await terminal.settled()


@pytest.mark.parametrize(
    ("flood", "count"),
    [
        (RIGHT + LEFT, 300),
        ("\x1b[<35;10;5M", 1_400),
        ("\x1b[<0;10;5M\x1b[<0;10;5m", 300),
        (ESC, 3_000),
        ("z", 3_000),
    ],
)
async def test_no_more_is_read_than_is_worked_off(new_app: NewApp, flood: str, count: int) -> None:
    async with attached(new_app("welcome")) as terminal:
        app = terminal.app
        data = (flood * count + "zz").encode()
        longest = 0
        while data:
            with suppress(BlockingIOError):
                data = data[os.write(terminal.master, data[:4096]) :]
            longest = max(longest, app._message_queue.qsize(), app.screen._message_queue.qsize())
            await asyncio.sleep(0)
        assert longest < MOST_AHEAD + READ
        terminal.type("m")
        await terminal.until(lambda: app.screen is not app.reader, "the menu opens")


async def test_a_size_that_is_typed_changes_nothing(new_app: NewApp) -> None:
    async with attached(new_app("the-same-loss")) as terminal:
        terminal.type("\x1b[48;5000;5000;0;0t\x1b[48;0;0;0;0t\x1b[<0;10;5M\x1b[<0;10;5m\x1b[99999999999u")
        await turn(terminal)
        assert terminal.app.size == (80, 24)
        await terminal.settled()


async def test_esc_alone_goes_back(new_app: NewApp) -> None:
    async with attached(new_app("welcome")) as terminal:
        terminal.type("m")
        await terminal.until(lambda: terminal.app.screen is not terminal.app.reader, "the menu opens")
        terminal.type(ESC)
        await terminal.until(lambda: terminal.app.screen is terminal.app.reader, "the menu closes")
        await terminal.settled()


async def test_a_click_is_a_click(new_app: NewApp) -> None:
    async with attached(new_app("welcome")) as terminal:
        await terminal.settled()
        line = terminal.screen.display[-1]
        column = line.index("m menu") + 1
        terminal.type(f"\x1b[<0;{column};24M\x1b[<0;{column};24m")
        await terminal.until(lambda: terminal.app.screen is not terminal.app.reader, "the menu opens")


async def test_what_was_pasted_presses_no_key(new_app: NewApp) -> None:
    async with attached(new_app("welcome")) as terminal:
        terminal.type("\x1b[200~q m x\x1b[201~")
        await turn(terminal)
        assert terminal.app.screen is terminal.app.reader


async def test_another_program_has_written_on_it(new_app: NewApp) -> None:
    async with attached(new_app("welcome")) as terminal:
        await terminal.settled()
        terminal.stream.feed("\x1b[5;5H\x1b[31;47mMessage from root")
        assert cells_of(terminal.screen) != terminal.wanted()
        terminal.type("\x0c")
        await terminal.settled()


async def test_the_terminal_is_left_as_it_was(new_app: NewApp) -> None:
    async with attached(new_app("welcome")) as terminal:
        before = termios.tcgetattr(terminal.slave)
        assert not before[3] & termios.ECHO
        terminal.driver.stop_application_mode()
        after = termios.tcgetattr(terminal.slave)
        assert after[3] & termios.ECHO
        assert os.get_blocking(terminal.slave)
        await terminal.until(
            lambda: terminal.sent.endswith("\x1b[?1049l\x1b[?25h"), "the screen is given back"
        )
    set_modes = set(re.findall(r"\x1b\[\?(\d+)h", terminal.sent))
    unset = set(re.findall(r"\x1b\[\?(\d+)l", terminal.sent))
    assert set_modes - {"25", "7"} == unset - {"25", "7", "2026"}


async def test_when_nobody_is_there_any_more_it_ends_quietly(new_app: NewApp) -> None:
    app = new_app("welcome")
    async with attached(app) as terminal:
        terminal.stop_listening()
        gone, terminal.master = terminal.master, os.open(os.devnull, os.O_RDONLY)
        os.close(gone)
        await terminal.until(lambda: not app.is_running, "the app ends")
        terminal.listen = lambda: None  # type: ignore[method-assign]
        terminal.stop_listening = lambda: None  # type: ignore[method-assign]
    assert app.return_code == 0


@pytest.mark.parametrize("size", [(80, 24), (110, 33)])
async def test_an_app_may_be_attached_when_it_stands(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("the-same-loss")
    terminal = Attached(app, size)

    class Detached(TerminalDriver):
        def start_application_mode(self) -> None:
            self._size = (80, 24)

    app.driver_class = Detached
    running = asyncio.create_task(app.run_async())
    await terminal.until(lambda: app.is_running and app.screen_stack[-1] is app.reader, "it stands")
    await terminal.until(lambda: terminal.driver.wire.height == 24, "it is drawn")
    terminal.listen()
    assert terminal.sent == ""
    with app._context():
        terminal.driver.attach(terminal.slave, terminal.slave)
    await terminal.settled()
    await turn(terminal)
    await terminal.settled()
    terminal.type("q")
    await asyncio.wait_for(running, 20)
    terminal.stop_listening()
    os.close(terminal.slave)
    os.close(terminal.master)


@pytest.mark.parametrize(
    ("told", "believed"),
    [((0, 0), UNKNOWN), ((0, 24), UNKNOWN), ((65_535, 65_535), (COLUMNS[1], LINES[1])), ((1, 1), (1, 1))],
)
def test_sizes_that_are_believed(told: tuple[int, int], believed: tuple[int, int]) -> None:
    assert sane(*told) == believed
