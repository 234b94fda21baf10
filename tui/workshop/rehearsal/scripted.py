"""A learner who is a script: comes over SSH, presses keys, and notes how long the screen takes."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable

import asyncssh

COLUMNS, LINES = 80, 24
FIRST = re.compile(rb"page \d+/\d+")
"""What stands in the line below every page, and is drawn last."""
ANSWERS = {
    # How far the terminal has come, as all can say; whether it shows whole frames, as most do.
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
}
DRAWN = b"\x1b[?2026l"
"""The end of a frame, as an app ends it for a terminal that can show whole ones."""
KEPT = 64
"""Bytes that are looked at again, lest something was cut by a packet."""


def options(word: str = "", key: asyncssh.SSHKey | None = None) -> asyncssh.SSHClientConnectionOptions:
    """Return how scripts log in: with a word or a key, and nothing of this user's own files.

    Args:
        word: The word of the day.
        key: A private key.

    """
    return asyncssh.SSHClientConnectionOptions(
        config=None,
        known_hosts=None,
        agent_path=None,
        client_keys=[key] if key else None,
        password=word or None,
        # Scripts are to cost as little as they can, and this cipher is cheap in Python.
        encryption_algs=["aes128-gcm@openssh.com"],
        preferred_auth="publickey" if key else "keyboard-interactive,password",
        login_timeout=120,
        connect_timeout=120,
    )


class Script(asyncssh.SSHClientSession[bytes]):
    """The terminal of a scripted learner.

    Attributes:
        first: Seconds from the connection to the first screen.
        received: Bytes that came.
        over: Set when nothing more comes.

    """

    def __init__(self, begun: float) -> None:
        self._begun = begun
        self.first = 0.0
        self.received = 0
        self.over = asyncio.Event()
        self.said = b""
        self._came = asyncio.Event()
        self._rest = b""
        self._drawn = 0.0
        self._whole_frames = False

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        """Keep the channel."""
        self._channel = chan

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        """Note what is drawn, and answer as a terminal does."""
        now = time.perf_counter()
        self.received += len(data)
        looked, self._rest = self._rest + data, (self._rest + data)[-KEPT:]
        for question, answer in ANSWERS.items():
            # Not again what was answered in the packet before.
            if times := looked.count(question) - looked[: -len(data)].count(question):
                self._channel.write(answer * times)
        self._whole_frames |= DRAWN in looked
        if not self.first:
            self.said += data
            if FIRST.search(self.said):
                self.first, self.said = now - self._begun, b""
        elif DRAWN in looked or not self._whole_frames:
            self._drawn = now
        self._came.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self.over.set()
        self._came.set()

    async def arrived(self, patience: float) -> float:
        """Wait for the first screen, and return the seconds that it took.

        Raises:
            ConnectionError: it did not come; what came instead is said.

        """
        if not await self._until(lambda: self.first > 0, patience):
            raise ConnectionError(_readable(self.said) or "nothing came")
        return self.first

    async def press(self, keys: bytes, patience: float) -> float:
        """Press keys, and return the seconds until something was drawn.

        Raises:
            ConnectionError: nothing was.

        """
        begun = time.perf_counter()
        self.type(keys)
        if not await self._until(lambda: self._drawn > begun, patience):
            raise ConnectionError("a key was not answered")
        return self._drawn - begun

    def type(self, keys: bytes) -> None:
        """Press keys, whatever comes of it."""
        if not self._channel.is_closing():
            self._channel.write(keys)

    async def _until(self, so: Callable[[], bool], patience: float) -> bool:
        try:
            async with asyncio.timeout(patience):
                while not so():
                    if self.over.is_set():
                        return False
                    self._came.clear()
                    await self._came.wait()
        except TimeoutError:
            return False
        return True


class Learner:
    """One scripted learner.

    Args:
        address: Where the server is.
        name: Whom to log in as.
        how: How to log in.

    """

    def __init__(self, address: tuple[str, int], name: str, how: asyncssh.SSHClientConnectionOptions) -> None:
        self._address, self._name, self._how = address, name, how
        self._connection: asyncssh.SSHClientConnection | None = None
        self.script: Script

    async def arrive(self, patience: float) -> float:
        """Come in, and return the seconds from the connection to the first screen.

        Raises:
            OSError: they are not let in, or see nothing in time.
            asyncssh.Error: the same.

        """
        begun = time.perf_counter()
        host, port = self._address
        self._connection = await asyncssh.connect(host, port, username=self._name, options=self._how)
        self.script = Script(begun)
        await self._connection.create_session(
            lambda: self.script,
            term_type="xterm-256color",
            term_size=(COLUMNS, LINES),
            encoding=None,
        )
        return await self.script.arrived(patience)

    async def leave(self, patience: float) -> bool:
        """Quit the lesson, and return whether it ended by itself."""
        self.script.type(b"q")
        try:
            async with asyncio.timeout(patience):
                await self.script.over.wait()
            return True
        except TimeoutError:
            return False

    def hang_up(self) -> None:
        """End the connection, if there is one."""
        if self._connection:
            self._connection.abort()


def _readable(said: bytes) -> str:
    text = re.sub(rb"\x1b\[[0-?]*[ -/]*[@-~]", b"", said).decode("utf-8", "replace")
    return " ".join(text.split())[-200:]
