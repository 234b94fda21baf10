"""The way to the server, over a real socket: lines both ways, a server that comes back, and rubbish."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from lessons.course import load_course
from tests.tui.workshop.room_of import SmallServer, room_of
from tui.terminal import Terminal
from tui.workshop.room.app import run_room
from tui.workshop.room.link import MOST_BYTES, SocketLink, no_server

NOW = 1_800_000_000.0


@pytest.fixture
def path() -> Iterator[Path]:
    """Return a path that is short enough for a socket."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder, "room.sock")


@pytest.fixture
def server(path: Path) -> SmallServer:
    course = load_course()
    return SmallServer(path, room_of(4, course, NOW), course)


class Ears:
    """What a link brings."""

    def __init__(self, path: Path) -> None:
        self.link = SocketLink(path, pauses=(0.01,))
        self.lines: list[dict[str, Any]] = []
        self.told: list[str] = []

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():
                await asyncio.sleep(0.01)


@asynccontextmanager
async def listening(path: Path) -> AsyncIterator[Ears]:
    ears = Ears(path)
    task = asyncio.create_task(ears.link.run(ears.lines.append, ears.told.append))
    try:
        yield ears
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_lines_go_both_ways_and_a_server_comes_back(path: Path, server: SmallServer) -> None:
    async with listening(path) as ears:
        await ears.until(lambda: bool(ears.told))
        assert "start initlesson serve" in ears.told[0]
        assert ears.link.send({"do": "close-vote"}).startswith("Not done: the server has gone.")
        for coming in range(1, 4):
            await server.start()
            await ears.until(lambda coming=coming: sum("room" in line for line in ears.lines) == coming)  # type: ignore[misc]
            assert ears.told[-1] == ""
            assert ears.link.send({"do": "close-vote"}) == ""
            await ears.until(lambda: "error" in ears.lines[-1])
            assert ears.lines[-1] == {"error": "No vote is open."}
            await server.stop()
            await ears.until(lambda: ears.told[-1] != "")


@pytest.mark.parametrize(
    "rubbish",
    [b"not json\n", b"[1]\n", b"[" * 100_000 + b"\n", b"x" * (MOST_BYTES + 100), b"\xff\xfe\n"],
    ids=["no JSON", "no table", "deep", "long", "no text"],
)
async def test_rubbish_is_said_and_the_next_line_is_taken(
    path: Path, server: SmallServer, rubbish: bytes
) -> None:
    await server.start()
    async with listening(path) as ears:
        await ears.until(lambda: bool(ears.lines))
        server.say(rubbish)
        await ears.until(lambda: any("does not understand" in told for told in ears.told))
        await ears.until(lambda: len(ears.lines) >= 2 and ears.told[-1] == "")
    await server.stop()


async def test_a_long_line_is_taken(path: Path, server: SmallServer) -> None:
    await server.start()
    async with listening(path) as ears:
        await ears.until(lambda: bool(ears.lines))
        server.say(b'{"state": "' + b"x" * (MOST_BYTES // 2) + b'"}\n')
        await ears.until(lambda: "state" in ears.lines[-1])
    await server.stop()


def test_no_server_is_one_sentence(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_room(path, load_course(), Terminal(), None) == 1
    said = capsys.readouterr().err
    assert (
        said == f"initlesson: no server at {path}: start initlesson serve, or name its folder by --folder.\n"
    )
    path.write_text("not a socket")
    assert "start initlesson serve" in no_server(path)
    assert "cannot be reached" in no_server(path.with_name("x" * 200))
