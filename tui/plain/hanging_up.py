"""Being told to end: by a signal, as when the connection is lost."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

from tui.plain.reader import Quit


@contextlib.contextmanager
def quitting_when_hung_up() -> Iterator[None]:
    """Take SIGTERM and SIGHUP for a wish to quit, so that what was chosen is kept."""
    found = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    # What is ignored, as by nohup, stays so.
    numbers = [each for each in found if each and signal.getsignal(each) == signal.SIG_DFL]

    def quit_once(*_: object) -> None:
        # A second one, as shells send it, would interrupt the writing.
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Quit

    for number in numbers:
        signal.signal(number, quit_once)
    try:
        with contextlib.suppress(Quit):
            yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
