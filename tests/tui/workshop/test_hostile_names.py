"""Names as the network sends them: data, whatever they look like."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import asyncssh
import pytest

from tests.tui.workshop.fake_house import Place

Open = Callable[..., Place]
NAMES = [
    *(
        "root",
        "-oProxyCommand=touch gotcha",
        "../..",
        "/etc/passwd",
        "a/../../b",
        "$(id)",
        "`id`",
        "%s%n",
        "|id",
    ),
    *(
        "\x1b]0;gotcha\x07ada",
        "\x1b[2J\x1b[31mada",
        "\x9b31mada",
        "ada\r\nMallory: hi",
        "ada\x00bob",
        "\x07" * 20,
    ),
    *("\u202eada\u202c", "\u200b\u200d\ufeff", "a" + "\u0301" * 500, "😀" * 8, "x" * 600, "ada" * 9_000),
]


async def comes(port: int, name: str) -> bytes:
    """Log in by a name, and return all that is shown before the connection ends or the session greets."""
    shown = b""
    try:
        async with asyncssh.connect(
            "127.0.0.1",
            port,
            username=name,
            password="maple",
            known_hosts=None,
            client_keys=None,
            config=None,
        ) as connection:
            process = await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
            shown = await asyncio.wait_for(process.stdout.readuntil(b"\n"), 30)
            process.stdin.write(b"q")
            shown += await asyncio.wait_for(process.stdout.read(), 30)
    except (asyncssh.Error, OSError, asyncio.IncompleteReadError):
        pass
    return shown


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_only_data(
    open_place: Open, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = open_place(word="maple")
    prepared = vars(asyncssh.connection)["saslprep"]

    def unprepared(given: str) -> str:
        # The client sends what it is given; the server, in its own thread, does as always.
        return str(prepared(given)) if threading.current_thread() is place.thread else given

    monkeypatch.setattr(asyncssh.connection, "saslprep", unprepared)
    shown = asyncio.run(comes(place.port, name))
    for strange in (b"\x1b]", b"\x1b[31m", b"\x9b", b"\x07", b"\x00", "\u202e".encode(), b"\r\nMallory"):
        assert strange not in shown
    place.until(lambda: not place.house.here and not place.ssh.connected, "it is over")
    log = (place.folder / "log" / "workshop.jsonl").read_bytes()
    assert log.isascii()
    assert all(32 <= byte < 127 or byte == 10 for byte in log)
    assert max(map(len, log.splitlines()), default=0) < 4_000
    for arrival in place.house.arrivals:
        assert set(arrival.name.file) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not [each for each in tmp_path.rglob("*") if "gotcha" in each.name or "passwd" in each.name]
    # The server goes on.
    assert b"hello bob" in asyncio.run(comes(place.port, "bob"))
