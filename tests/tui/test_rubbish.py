"""Whatever is pasted or comes from a broken line: the lesson is there afterwards, no larger than before."""

from __future__ import annotations

import os
import random
import time

import pytest

from tests.tui.pty_terminal import Start, Terminal
from tests.tui.test_terminal_storms import MEGABYTE, MOST_GROWTH, memory, wait_for_page


def feed(terminal: Terminal, data: bytes) -> None:
    """Type bytes as fast as they are taken, and drop what is drawn meanwhile."""
    os.set_blocking(terminal.child.child_fd, False)
    end = time.monotonic() + 240
    while data:
        assert time.monotonic() < end, f"{len(data)} bytes were not taken"
        try:
            data = data[os.write(terminal.child.child_fd, data[:4096]) :]
        except BlockingIOError:
            try:
                while os.read(terminal.child.child_fd, 65536):
                    pass
            except BlockingIOError:
                time.sleep(0.002)
    os.set_blocking(terminal.child.child_fd, True)


def rubbish(kind: str) -> bytes:
    """Return a megabyte of one kind, without the keys that quit or go elsewhere."""
    chance = random.Random(2)
    some = {
        # Ctrl+Z would stop the command in its terminal, were it not in raw mode; q quits.
        "bytes": bytes(byte for byte in chance.randbytes(MEGABYTE + 50_000) if chr(byte) not in "q\x1b\x1a"),
        "invalid UTF-8": b"\xff\xc3\x28\xe2\x82\xf0\x9f" * (MEGABYTE // 7),
        "NULs": b"\x00" * MEGABYTE,
        "escapes": b"\x1b" * (MEGABYTE // 4),
        "sequences": b"\x1b[1;2;3m\x1b[999;999H\x1b]0;x\x07\x1bP+z\x1b\\" * (MEGABYTE // 36),
        "a sequence without end": b"\x1b[" + b"1;" * (MEGABYTE // 2),
        "mouse reports": b"\x1b[<35;40;12M\x1b[<0;40;0M\x1b[<64;99999;99999M" * (MEGABYTE // 41),
        "sizes": b"\x1b[48;5000;5000;0;0t\x1b[48;1;1;0;0t" * 500,
        "a paste": b"\x1b[200~" + b"0.5 \xc3\xa4\n" * (MEGABYTE // 7) + b"\x1b[201~",
    }
    return some[kind]


KINDS = [
    *("bytes", "invalid UTF-8", "NULs", "escapes", "sequences", "a sequence without end"),
    *("mouse reports", "sizes", "a paste"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_megabyte_of_rubbish(start: Start, kind: str) -> None:
    terminal = start(arguments=("--screen", "by-hand"))
    wait_for_page(terminal, "by-hand", 1)
    # The keys in it open the lab, which loads numpy: that is no growth.
    terminal.child.send("x")
    terminal.wait_for("The lab")
    terminal.child.send("x")
    wait_for_page(terminal, "by-hand", 1)
    before = memory(terminal)
    feed(terminal, rubbish(kind))
    # Whatever the rubbish ended in the middle of: the end of a paste, then Esc, close it.
    terminal.child.send("\x1b[201~")
    terminal.read(0.5)
    terminal.child.send("\x1b")
    terminal.read(0.5)
    terminal.resize(100, 30)
    terminal.resize(80, 24)
    terminal.child.send("\x1b")
    terminal.wait_until(lambda: "q quit" in terminal.text() or terminal.text().rstrip().endswith("q"), 120)
    growth = memory(terminal) - before
    assert growth < MOST_GROWTH
    terminal.child.send("q")
    assert terminal.wait_for_the_end() == 0
    assert "Traceback" not in terminal.raw
