"""The Unix sockets, and who may want to break them: rubbish, half-open connections, others, no readers."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.tui.workshop.sessions import Class, a_class, until
from tui.workshop import sockets as ways
from tui.workshop.hosting import Hosting
from tui.workshop.sockets import Sockets
from tui.workshop.ssh.admission import Admission

LIMIT = 30
HELLO: dict[str, Any] = {"i": "attach", "name": "ada", "term": "xterm-256color", "columns": 80, "lines": 24}
NOBODY = 65_534
as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can be two users")


class Way:
    """A way in, and the class behind it."""

    def __init__(self, here: Class, path: Path) -> None:
        self.here, self.path = here, path

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_unix_connection(str(self.path))

    async def says(self, *lines: Any) -> dict[str, Any]:
        """Send lines, and return the first answer; nothing if there is none."""
        reader, writer = await self.open()
        for each in lines:
            writer.write(each if isinstance(each, bytes) else json.dumps(each).encode() + b"\n")
        writer.write_eof()
        answer = await asyncio.wait_for(reader.readline(), LIMIT)
        writer.close()
        return dict(json.loads(answer)) if answer else {}


@asynccontextmanager
async def a_way(folder: Path, *, public: bool = False) -> AsyncIterator[Way]:
    async with a_class(folder) as here:
        sockets = Sockets(here.house, Hosting(here.house, Admission()))
        with tempfile.TemporaryDirectory(dir="/tmp") as short:
            Path(short).chmod(0o755)
            path = Path(short) / "socket"
            await sockets.open(path, public=public)
            try:
                yield Way(here, path)
            finally:
                await sockets.close()


def unseen(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "asyncio"]


@pytest.mark.parametrize("public", [False, True])
async def test_rubbish_is_answered_with_a_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, public: bool
) -> None:
    async with a_way(tmp_path, public=public) as way:
        sizes: list[Any] = [float("inf"), float("nan"), "x", {}, [1], None]
        deep = b"[" * 50_000 + b"]" * 50_000 + b"\n"
        for rubbish in (
            *(b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 1000 + b"\n", b"\xff\xfe\n", b"[]\n", b"{}\n", deep),
            *(b"a" * 10_000_000 + b"\n", {"i": ["room"]}, {"i": "attach"}, {"i": None}),
            *({**HELLO, "columns": columns} for columns in sizes),
            *({**HELLO, "name": name} for name in ("\x1b]0;x\x07" * 999, "\u202e\u200b", "x" * 60_000)),
        ):
            reader, writer = await way.open()
            try:
                writer.write(rubbish if isinstance(rubbish, bytes) else json.dumps(rubbish).encode() + b"\n")
                answer = await asyncio.wait_for(reader.readline(), LIMIT)
            except ConnectionError:
                answer = b"{}"
            assert set(json.loads(answer)) <= {"error"}, (str(rubbish)[:80], answer)
            writer.close()
        assert not way.here.house.sessions
    assert unseen(caplog) == []


async def test_sizes_and_terms_are_only_data(tmp_path: Path) -> None:
    async with a_way(tmp_path) as way:
        stranges: list[dict[str, Any]] = [{"columns": 2**40, "lines": -7}, {"term": {}}]
        stranges += [{"term": "x\x00\n;rm -rf"}, {"term": "../" * 3000}]
        for number, strange in enumerate(stranges):
            name = f"learner {number}"
            reader, writer = await way.open()
            writer.write(json.dumps({**HELLO, "name": name, **strange}).encode() + b"\n")
            assert json.loads(await asyncio.wait_for(reader.readline(), LIMIT)) == {"terminal": True}
            session = way.here.house.sessions[name]
            assert "/" not in session.arrival.term
            writer.close()
            await until(lambda: not way.here.house.sessions, lambda: "it ends with its terminal")
            assert not [event for event, _ in way.here.told if event == "fault"]


async def test_who_says_nothing_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "HELLO", 0.3)
    async with a_way(tmp_path) as way:
        silent, mute = await way.open()
        half, talking = await way.open()
        talking.write(b'{"i": "att')
        for each in (silent, half):
            said = await asyncio.wait_for(each.read(), LIMIT)
            assert b"Nothing was asked for" in said
        for writer in (mute, talking):
            writer.close()


async def test_half_open_connections_are_bounded_and_keep_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "MOST_WAITING", 50)
    async with a_way(tmp_path) as way:
        made = []
        for _ in range(300):
            each = socket.socket(socket.AF_UNIX)
            each.connect(str(way.path))
            made.append(each)
            await asyncio.sleep(0)
        refused = await way.says(HELLO)
        assert "Too many" in refused["error"]
        for each in made:
            each.close()
        await asyncio.sleep(0.1)
        assert await way.says(HELLO) == {"terminal": True}


async def test_who_is_gone_before_the_terminal_comes_leaves_no_session(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_way(tmp_path) as way:
        for number in range(20):
            each = socket.socket(socket.AF_UNIX)
            each.connect(str(way.path))
            each.sendall(json.dumps({**HELLO, "name": f"learner {number}"}).encode() + b"\n")
            each.close()
        await asyncio.sleep(0.5)
        await until(lambda: not way.here.house.sessions and not way.here.house._beginning, lambda: "none")
    assert unseen(caplog) == []


async def test_a_flood_behind_a_session_ends_it(tmp_path: Path) -> None:
    async with a_way(tmp_path) as way:
        made = socket.socket(socket.AF_UNIX)
        made.connect(str(way.path))
        made.sendall(json.dumps(HELLO).encode() + b"\n")
        told, files, _, _ = await asyncio.to_thread(socket.recv_fds, made, 4096, 1)
        assert json.loads(told) == {"terminal": True}
        assert way.here.house.sessions

        def flood() -> None:
            for _ in range(1000):
                made.sendall(b"x" * 65_536)

        with pytest.raises(ConnectionError):
            await asyncio.to_thread(flood)
        await until(lambda: not way.here.house.sessions, lambda: "it is over")
        os.close(files[0])
        made.close()


async def test_a_room_that_never_reads_is_let_go_and_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "MOST_UNSENT", 100_000)
    async with a_way(tmp_path) as way:
        deaf = socket.socket(socket.AF_UNIX)
        deaf.connect(str(way.path))
        deaf.sendall(b'{"i": "room"}\n')
        reader, writer = await way.open()
        writer.write(b'{"i": "room"}\n')
        await asyncio.wait_for(reader.readline(), LIMIT)
        await until(lambda: len(way.here.hub.screens) == 2, lambda: "two rooms")
        for number in range(4000):
            way.here.hub.do({"do": "say", "text": f"{number} " + "x" * 150})
            if number % 50 == 0:
                await asyncio.sleep(0)
                await asyncio.wait_for(reader.read(1 << 20), LIMIT)
        await until(lambda: len(way.here.hub.screens) == 1, lambda: "the deaf one is gone")
        deaf.close()
        writer.close()


async def another_user(way: Way, asked: dict[str, Any]) -> tuple[dict[str, Any], asyncio.StreamWriter]:
    """Connect as somebody else: the system notes who it was at that moment."""
    made = socket.socket(socket.AF_UNIX)
    os.seteuid(NOBODY)
    try:
        made.connect(str(way.path))
    except PermissionError:
        made.close()
        raise
    finally:
        os.seteuid(0)
    reader, writer = await asyncio.open_unix_connection(sock=made)
    writer.write(json.dumps(asked).encode() + b"\n")
    return dict(json.loads(await asyncio.wait_for(reader.readline(), LIMIT))), writer


@as_root
async def test_another_user_may_not_come_in_by_the_private_socket(tmp_path: Path) -> None:
    async with a_way(tmp_path) as way:
        assert stat.S_IMODE(way.path.stat().st_mode) == 0o600
        with pytest.raises(PermissionError):
            await another_user(way, HELLO)


@as_root
async def test_another_user_comes_in_under_their_own_name_and_never_opens_the_room(tmp_path: Path) -> None:
    async with a_way(tmp_path, public=True) as way:
        answer, writer = await another_user(way, {"i": "room"})
        assert "Only who started" in answer["error"]
        assert not way.here.hub.screens
        writer.close()
        answer, writer = await another_user(way, {**HELLO, "address": "\x1b[31mhere"})
        assert answer == {"terminal": True}
        session = way.here.house.sessions["nobody"]
        assert session.arrival.address == f"user {NOBODY}"
        writer.close()
        await until(lambda: not way.here.house.sessions, lambda: "it ends")
        # Nor do they take over a session that came in another way.
        await way.here.come("nobody")
        answer, writer = await another_user(way, {**HELLO, "take over": True})
        assert "is here already" in answer["error"]
        writer.close()


async def test_what_is_no_socket_is_not_put_out_of_the_way(tmp_path: Path) -> None:
    async with a_class(tmp_path / "class") as here:
        thesis = tmp_path / "thesis"
        thesis.write_text("years of work")
        with pytest.raises(OSError, match="no socket"):
            await Sockets(here.house, Hosting(here.house, Admission())).open(thesis)
        assert thesis.read_text() == "years of work"
