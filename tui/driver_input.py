"""What a terminal sends, as messages for the app; whatever comes, it stays small and never fails."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable, Iterable, Iterator

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

from tui.driver_tty import READ

MOST_PASTED = 65_536
"""Characters of a paste that are kept."""
MOST_TYPED = 16_384
"""Characters without a pause that are taken for keys: what comes behind them, nobody has typed."""
TYPING_PAUSE = 0.1
"""Seconds without a byte after which somebody may type again."""
PASTE_PAUSE = 2.0
"""Seconds without a byte after which a paste is over, though nothing said so."""


ANSWER = "\x1b[0n"


class Answered(Message):
    """The terminal has come to a question of `driver_output`."""


class Input:
    """Makes messages of the bytes that a terminal sends."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._parser = _Parser()
        self._pasted: str | None = None
        # What came last: a mark may come in two pieces.
        self._seen = ""
        self._recent = ""
        self._last = 0.0
        self._typed = 0
        self._full = False

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield the messages that some bytes complete."""
        text = self._decode(data)
        now = time.monotonic()
        if self._pasted is not None and now - self._last > PASTE_PAUSE:
            text = BRACKETED_PASTE_END + text
        if not self._full and now - self._last > TYPING_PAUSE:
            self._typed = 0
        self._last, self._full = now, len(data) >= READ
        while text:
            if self._pasted is None:
                before, text, began = self._split(text, BRACKETED_PASTE_START)
                # Letter by letter: a fault takes no more with it than its own sequence.
                for letter in before:
                    self._recent = (self._recent + letter)[-len(ANSWER) :]
                    if self._recent == ANSWER:
                        # Textual's parser knows no such answer, and would wait for more of it.
                        self._parser = _Parser()
                        yield Answered()
                        continue
                    self._typed += 1
                    if self._typed <= MOST_TYPED:
                        yield from self._parse(lambda: self._parser.feed(letter))  # noqa: B023
                    elif self._typed == MOST_TYPED + 1:
                        # Not to wait for the rest of what is dropped.
                        self._parser = _Parser()
                if began:
                    # The parser would keep all of it: it is told that nothing was pasted.
                    yield from self._parse(lambda: self._parser.feed(BRACKETED_PASTE_END))
                    self._pasted = ""
            else:
                piece, text, ended = self._split(text, BRACKETED_PASTE_END)
                self._pasted = (self._pasted + piece)[: MOST_PASTED + len(BRACKETED_PASTE_END)]
                if ended:
                    pasted = self._pasted.removesuffix(BRACKETED_PASTE_END)[:MOST_PASTED]
                    self._pasted = None
                    yield events.Paste(pasted.replace("\x00", ""))

    def tick(self) -> Iterator[Message]:
        """Yield what was waiting for more, if it has waited long enough: a lone Esc."""
        yield from self._parse(self._parser.tick)

    @property
    def wait(self) -> float | None:
        """Seconds until `tick` has something to say, or None."""
        due = self._parser._timeout_time
        return None if due is None else max(0.0, due - time.monotonic())

    def _split(self, text: str, mark: str) -> tuple[str, str, bool]:
        """Return the text up to the end of a mark, the rest, and whether the mark was there."""
        both = self._seen + text
        at = both.find(mark)
        if at < 0:
            self._seen = both[1 - len(mark) :]
            return text, "", False
        end = at + len(mark) - len(self._seen)
        self._seen = ""
        return text[:end], text[end:], True

    def _parse(self, parse: Callable[[], Iterable[Message]]) -> Iterator[Message]:
        try:
            for message in parse():
                if not isinstance(message, events.Paste | events.Resize):
                    yield message
        except Exception:  # the code of a key that there is not, for one, ends Textual's parser
            self._parser = _Parser()


class _Parser(XTermParser):
    """Textual's, in cells: pixels are not asked for, but anybody can type a report of them."""

    @property
    def mouse_pixels(self) -> bool:
        return False

    @mouse_pixels.setter
    def mouse_pixels(self, value: bool) -> None:
        pass
