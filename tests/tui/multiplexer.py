"""tmux, with a server of its own and no configuration, with the installed command in its only pane."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.tui.pty_terminal import COMMAND, Terminal

GRIDS = Path(__file__).parent / "grids"


def page(slug: str, number: int, size: str = "80x24") -> list[str]:
    """Return a page as the app draws it when it is opened."""
    return (GRIDS / size / f"{slug}-{number}.txt").read_text(encoding="utf-8").splitlines()


def environment(state: Path) -> dict[str, str]:
    """Return what the command finds in a multiplexer that is not inside another one."""
    outside = ("TMUX", "TMUX_PANE", "STY", "NO_COLOR", "COLORTERM")
    kept = {key: value for key, value in os.environ.items() if key not in outside}
    return {**kept, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": str(state)}


class Tmux:
    """The command in a pane of 80×24; when it has ended, the pane says with which status."""

    def __init__(self, state: Path, term: str, arguments: Sequence[str]) -> None:
        # The path of a socket may have about a hundred characters, which a test's folder exceeds.
        self.folder = Path(tempfile.mkdtemp(prefix="initlesson-"))
        self.state = state
        self.socket = ("-S", str(self.folder / "tmux"), "-f", os.devnull)
        ends = 'echo "ended with $?"; exec cat'
        self.do(
            *("start-server", ";", "set-option", "-g", "default-terminal", term, ";"),
            *("set-option", "-g", "status", "off", ";"),
            *("new-session", "-d", "-x", "80", "-y", "24"),
            f"{COMMAND} {' '.join(arguments)}; {ends}",
        )

    def do(self, *command: str) -> str:
        """Give tmux a command, and return what it says."""
        done = subprocess.run(
            ["tmux", *self.socket, *command],
            env=environment(self.state),
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=True,
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys, as tmux names them."""
        self.do("send-keys", *keys)

    def lines(self) -> list[str]:
        """Return what stands in the pane."""
        return [line.rstrip() for line in self.do("capture-pane", "-p").splitlines()]

    def state_of_pane(self) -> str:
        """Return the pane's size, and whether it shows its second screen, its cursor, and reports a mouse."""
        names = "pane_width", "pane_height", "alternate_on", "cursor_flag", "mouse_any_flag"
        return self.do("display-message", "-p", " ".join(f"#{{{name}}}" for name in names)).strip()

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until something holds."""
        end = time.monotonic() + 30
        while not done():
            assert time.monotonic() < end, "it did not come:\n" + "\n".join(self.lines())
            time.sleep(0.05)

    def wait_for(self, wanted: str) -> None:
        """Wait until some text stands in the pane."""
        self.wait(lambda: wanted in "\n".join(self.lines()))

    def wait_for_page(self, slug: str, number: int, size: str = "80x24") -> None:
        """Wait until the pane shows a page, and nothing else."""
        wanted = page(slug, number, size)
        self.wait(lambda: self.lines() == wanted)

    def attach(self, columns: int, lines: int) -> Terminal:
        """Return a terminal that shows the pane."""
        return Terminal(
            self.state, columns, lines, (*self.socket, "attach"), "tmux", TMUX="", LC_ALL="C.UTF-8"
        )

    def end(self) -> None:
        """End the server and all that runs in it."""
        subprocess.run(["tmux", *self.socket, "kill-server"], capture_output=True, timeout=30, check=False)
        shutil.rmtree(self.folder)
