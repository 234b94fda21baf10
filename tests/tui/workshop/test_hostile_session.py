"""What a session says that is no longer the lesson: nobody else has to wait, and nothing piles up."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from lessons.course import BUILT_IN, load_course
from tests.tui.workshop.sessions import until
from tui.progress import Progress
from tui.workshop.hub import Hub
from tui.workshop.keeper import Keeper, Record
from tui.workshop.lines import MOST_LINE, spoken
from tui.workshop.names import learner_name
from tui.workshop.store.folder import FolderKeeping

COURSE = load_course(BUILT_IN)
DEEP = b"[" * 200_000 + b"]" * 200_000
RUBBISH = [
    *(b"\n", b"\x00\xff\n", b"[]\n", b'"x"\n', b"{}\n", DEEP + b"\n", b'{"number":1,"text":' + DEEP + b"}\n"),
    *(b"x" * 3 * MOST_LINE + b"\n", b'{"number":1,"version":"x","text":{}}\n', b'{"number":1,"text":null}\n'),
    b'{"number":{"a":[1]},"text":{"format":1},"version":Infinity}\n',
]


@asynccontextmanager
async def kept(folder: Path) -> AsyncIterator[tuple[socket.socket, asyncio.Task[None], list[Record]]]:
    """Give a session's end of the line to its keeper."""
    keeping = FolderKeeping(folder)
    await keeping.open()
    noted: list[Record] = []
    keeper = Keeper(
        learner_name("ada"),
        COURSE.slug,
        keeping,
        "here",
        now=lambda: 0.0,
        noted=noted.append,
        owing=lambda _: None,
    )
    mine, its = socket.socketpair()
    serving = asyncio.create_task(keeper.serve(*await asyncio.open_connection(sock=mine, limit=MOST_LINE)))
    with its:
        its.setblocking(False)
        yield its, serving, noted
    await asyncio.wait_for(serving, 30)


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
async def test_rubbish_on_the_line_of_the_keeper_ends_or_is_refused(tmp_path: Path, rubbish: bytes) -> None:
    async with kept(tmp_path) as (its, serving, noted):
        loop = asyncio.get_running_loop()
        try:
            await asyncio.wait_for(loop.sock_sendall(its, rubbish), 30)
            answer = await asyncio.wait_for(loop.sock_recv(its, 4096), 30)
        except ConnectionError:
            answer = b""
        assert not answer or "error" in json.loads(answer) or "text" in json.loads(answer)
        assert not any(record.progress for record in noted)
    assert serving.exception() is None
    assert [each for each in tmp_path.rglob("*.json") if "room" not in each.parts] == []


async def test_who_asks_and_never_reads_is_not_answered_for_ever(tmp_path: Path) -> None:
    async with kept(tmp_path) as (its, _, noted):
        loop = asyncio.get_running_loop()
        progress = Progress(COURSE.slug, hints={f"screen-{number}": 1 for number in range(4_000)})
        save = {"number": 1, "text": json.loads(progress.to_json()), "version": 0}
        await loop.sock_sendall(its, json.dumps(save).encode() + b"\n")
        assert "kept" in json.loads(await loop.sock_recv(its, 4096))
        before = len(noted)

        async def ask_on() -> None:
            while True:
                await loop.sock_sendall(its, b'{"number":2}\n' * 100)

        asking = asyncio.create_task(ask_on())
        count = -1
        # No more is answered than a socket takes.
        while count != len(noted):
            count = len(noted)
            await asyncio.sleep(1)
        assert count - before < 20
        asking.cancel()


async def test_a_flood_of_lines_lets_others_have_their_turn() -> None:
    reader = asyncio.StreamReader(limit=MOST_LINE)
    reader.feed_data(b'{"vote":1}\n' * 50_000)
    heard = 0
    others = 0

    async def listen() -> None:
        nonlocal heard
        async for _ in spoken(reader):
            heard += 1

    listening = asyncio.create_task(listen())
    while others < 1_000:
        await asyncio.sleep(0)
        others += 1
    assert 1 <= heard <= 100
    listening.cancel()


async def test_votes_that_are_none_are_dropped(tmp_path: Path) -> None:
    keeping = FolderKeeping(tmp_path)
    await keeping.open()
    hub = Hub(COURSE, keeping)
    await hub.open()
    said: list[dict[str, Any]] = []

    class Screen:
        def say(self, value: dict[str, Any]) -> None:
            said.append(value)

    hub.watch(Screen())
    hub.do({"do": "open-vote", "screen": "the-symptom", "question": "weights-moved"})
    asked = hub.room.votes[0]
    choice = next(iter(hub._choices("the-symptom", "weights-moved")))
    said.clear()
    good = {"vote": 1, "round": 1, "choice": choice, "confidence": None}
    strange: list[Any] = [float("inf"), "9" * 100_000, [], {}, None, "\x1b[31m"]
    for key in ("vote", "round", "choice"):
        for value in strange:
            hub.vote("ada", {**good, key: value})
    assert said == []
    assert not asked.rounds[0].given
    for value in strange:
        hub.vote("ada", {**good, "confidence": value})
    assert {line["given"]["confidence"] for line in said} == {None}
    hub.do({"do": "close-vote"})
    await until(lambda: hub._writing is None or hub._writing.done(), lambda: "it is kept")
    await hub.close()


async def test_a_place_that_is_none_does_not_reach_the_room(tmp_path: Path) -> None:
    hub = Hub(COURSE, FolderKeeping(tmp_path))
    said: list[dict[str, Any]] = []

    class Screen:
        def say(self, value: dict[str, Any]) -> None:
            said.append(value)

    hub.watch(Screen())
    hub.note(learner_name("ada"), Record(Progress(COURSE.slug, "\x1b]0;gotcha\x07", finished={"\x1b[2J"})))
    assert "gotcha" not in str(said)
    assert "[2J" not in str(said)
