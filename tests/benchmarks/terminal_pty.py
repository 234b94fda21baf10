"""A program on a pseudo-terminal of 80×24, with a clock beside everything that it writes."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import termios
import time
from dataclasses import dataclass
from pathlib import Path

import pyte

COLUMNS, LINES = 80, 24
QUIET = 0.2
"""Seconds without a byte after which a screen counts as drawn."""
PATIENCE = 60.0
ASKED, WELL = b"\x1b[5n", b"\x1b[0n"
"""What an app asks a distant terminal to see how far it has come, and what every terminal answers."""
DROPPED = ("PYTHON", "TEXTUAL", "NO_COLOR", "COLORTERM", "SSH_")
"""What variables begin with that would change what is measured, such as one that forbids .pyc files."""
ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\].*?(?:\x07|\x1b\\)|P.*?\x1b\\|[()].|[^\[\]P()])", re.S)
# pyte draws these as text: queries of a mode, and the kitty keyboard protocol.
UNKNOWN = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+(?<!h)(?<!l)|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\")


@dataclass(frozen=True)
class Program:
    """What is run: a command, and what its environment has beyond a plain terminal's."""

    command: tuple[str, ...]
    env: tuple[tuple[str, str], ...] = ()


def ours(*arguments: str, **env: str) -> Program:
    """Return the command of this project."""
    command = os.environ.get("INITLESSON_COMMAND") or str(Path(sys.executable).with_name("initlesson"))
    return Program((command, *arguments), tuple(env.items()))


def peer(name: str, *arguments: str) -> Program:
    """Return a peer of `terminal_peers`."""
    return Program((sys.executable, str(Path(__file__).parent / "terminal_peers" / f"{name}.py"), *arguments))


class Terminal:
    """A program that runs, and what it has written so far.

    Args:
        program: What to run.
        state: Where it may keep things.
        rate: Bytes a second that its line carries; 0 for no limit.

    """

    def __init__(self, program: Program, state: str, rate: int = 0) -> None:
        self.chunks: list[tuple[float, bytes]] = []
        self.rate = rate
        self._heard = b""
        env = {key: value for key, value in os.environ.items() if not key.startswith(DROPPED)}
        # The peers draw some of this project's widgets.
        env |= {"PYTHONPATH": str(Path(__file__).parents[2])}
        env |= {"TERM": "xterm-256color", "XDG_STATE_HOME": state, **dict(program.env)}
        self.begun = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            termios.tcsetwinsize(0, (LINES, COLUMNS))
            os.execvpe(program.command[0], program.command, env)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.file)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def read(self, seconds: float) -> bool:
        """Wait for some bytes, and return whether they came.

        Raises:
            ChildProcessError: the program has ended, which none does by itself that can be measured.

        """
        if not select.select([self.file], [], [], max(0.0, seconds))[0]:
            return False
        size = 1 << 16
        if self.rate:
            size = max(1, self.rate // 100)
            time.sleep(size / self.rate)
        try:
            data = os.read(self.file, size)
        except OSError:
            said = ESCAPES.sub(b"", self.written()).decode(errors="replace")
            raise ChildProcessError(f"it has ended:\n{said}") from None
        self.chunks.append((time.perf_counter(), data))
        # A slow line may break a question in two.
        heard = self._heard + data
        os.write(self.file, WELL * heard.count(ASKED))
        self._heard = heard[1 - len(ASKED) :]
        return True

    def settle(self, quiet: float = QUIET, most: float = PATIENCE) -> float:
        """Read until nothing more comes, or for so many seconds, and return when the last byte came."""
        end = time.perf_counter() + most
        while self.read(quiet) and time.perf_counter() < end:
            pass
        return self.chunks[-1][0]

    def begin(self) -> None:
        """Read until there is text, and then until nothing more comes."""
        end = time.perf_counter() + PATIENCE
        while self.first_text() is None:
            if not self.read(1) and time.perf_counter() > end:
                raise TimeoutError("nothing was drawn")
        self.settle(0.7, 3)

    def wait_for(self, wanted: str, picture: Picture | None = None) -> float:
        """Read until some text stands on the screen, and return when it came.

        Args:
            wanted: The text.
            picture: What stands there now; drawn from all that was written if None, which takes its time.

        """
        end = time.perf_counter() + PATIENCE
        if picture is None:
            picture = Picture()
            picture.draw(self.written())
        while wanted not in "\n".join(picture.screen.display):
            if self.read(1):
                picture.draw(self.chunks[-1][1])
            elif time.perf_counter() > end:
                raise TimeoutError(f"{wanted!r} did not come")
        return self.chunks[-1][0]

    def written(self, since: int = 0) -> bytes:
        """Return what was written after so many chunks."""
        return b"".join(data for _, data in self.chunks[since:])

    def first_text(self) -> float | None:
        """Return when the first character that is no blank stood on the screen."""
        for count, (at, _) in enumerate(self.chunks, start=1):
            if ESCAPES.sub(b"", b"".join(data for _, data in self.chunks[:count])).strip(b"\0 \r\n\x1b"):
                return at
        return None

    def press(self, keys: str) -> float:
        """Press keys, and return when."""
        now = time.perf_counter()
        os.write(self.file, keys.encode())
        return now

    def kilobytes(self) -> float:
        """Return the most memory that the program has had."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return float(re.findall(r"VmHWM:\s+(\d+)", status)[0])

    def processor_seconds(self) -> float:
        """Return the processor time that the program has taken."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Picture:
    """The screen as a person sees it, to count the cells that change."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self.screen)

    def draw(self, data: bytes) -> None:
        """Draw what was written."""
        self.stream.feed(UNKNOWN.sub(b"", data))

    def feed(self, data: bytes) -> int:
        """Draw what was written, and return how many cells have changed."""
        before = self._cells()
        self.draw(data)
        return sum(one != other for one, other in zip(before, self._cells(), strict=True))

    def _cells(self) -> list[object]:
        return [self.screen.buffer[line][column] for line in range(LINES) for column in range(COLUMNS)]
