"""What a terminal sends, whatever it is, becomes messages, stays small, and ends nothing."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from tui.driver_input import MOST_PASTED, MOST_TYPED, Input
from tui.driver_tty import READ

BEGIN, END = b"\x1b[200~", b"\x1b[201~"
NASTY = st.sampled_from(
    [
        *(b"\x1b", b"[", b"\x1b[", b"\x1bO", b"\x1b[M   ", b"\x1b[<0;1;1M", b"\x1b[?2026;2$y"),
        *(b"\x1b[48;0;0;0;0t", b"\x1b[99999999999u", BEGIN, END, b"\x1b[200", b"~"),
        *(b"\xff", "é日".encode(), b"\x00", b"q"),
    ]
)


def keys(messages: Iterable[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


def test_keys_may_come_in_pieces() -> None:
    read = Input()
    assert keys(read.feed(b"a\x1b[C\x1b")) == ["a", "right"]
    assert keys(read.feed(b"[")) == []
    assert keys(read.feed(b"Dq")) == ["left", "q"]
    assert keys(read.feed("δ".encode()[:1])) == []
    assert keys(read.feed("δ".encode()[1:])) == ["δ"]


def test_only_what_could_be_an_esc_alone_is_waited_for() -> None:
    read = Input()
    assert keys(read.feed(b"a")) == ["a"]
    assert read.wait is None
    assert keys(read.feed(b"\x1b")) == []
    assert read.wait is not None


def test_a_paste_is_one_message_however_it_comes() -> None:
    for cut in range(20):
        data = b"a" + BEGIN + b"q!" + END + b"z"
        read = Input()
        messages = [*read.feed(data[:cut]), *read.feed(data[cut:])]
        assert keys(messages) == ["a", "z"], cut
        assert [message.text for message in messages if isinstance(message, events.Paste)] == ["q!"]


def test_a_paste_without_an_end_stays_small_and_presses_no_key() -> None:
    read = Input()
    assert list(read.feed(BEGIN)) == []
    for _ in range(1_000):
        assert list(read.feed(b"q" * 10_000)) == []
    assert len(read._pasted or "") < MOST_PASTED + 10
    pasted, key = read.feed(b"qq" + END + b"z")
    assert isinstance(pasted, events.Paste)
    assert len(pasted.text) == MOST_PASTED
    assert keys([key]) == ["z"]


def test_a_paste_that_nobody_ended_is_over_after_a_while() -> None:
    read = Input()
    list(read.feed(BEGIN + b"q"))
    read._last -= 10
    assert keys(read.feed(b"z")) == ["z"]


def test_what_comes_faster_and_longer_than_anybody_types_is_dropped() -> None:
    read = Input()
    taken = [key for _ in range(1_000) for key in keys(read.feed(b"a" * READ))]
    assert len(taken) == MOST_TYPED
    read._last -= 10
    assert len(keys(read.feed(b"a" * READ))) == 0, "more was waiting: nobody paused"
    assert keys(read.feed(b"a\x1b[")) == []
    read._last -= 10
    assert keys(read.feed(b"z")) == ["z"]


@settings(max_examples=300)
@given(st.lists(NASTY | st.binary(max_size=8), max_size=30))
def test_whatever_comes_keys_are_read_afterwards(pieces: list[bytes]) -> None:
    read = Input()
    for piece in pieces:
        for message in read.feed(piece):
            assert not isinstance(message, events.Resize)
    read._last -= 10
    list(read.feed(END + b"       ~" + b" " * 40))
    assert keys(read.feed(b"z")) == ["z"]
