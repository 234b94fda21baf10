"""What happened, as JSON lines: who, from where, when, and why it ended; never a word or a password."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from io import FileIO, TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

SIZE = 4 << 20
"""Bytes of a file, after which the next is begun."""
KEPT = 4
"""Files that are kept beside it."""
LONGEST = 500
"""Characters of a text that are written: the network may send any number."""


class _Private(RotatingFileHandler):
    """A file for its owner alone, which a full disk does not keep the workshop from going on."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        return TextIOWrapper(FileIO(os.open(self.baseFilename, flags, 0o600), "a"), encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Go on: there is nowhere to write it."""


class Log:
    """Writes a line for an event.

    Args:
        path: The file; its folder is made. Nothing is written if None.

    Raises:
        OSError: it cannot be opened.

    """

    def __init__(self, path: Path | None = None, size: int = SIZE) -> None:
        self._logger = logging.Logger("workshop")
        self._handler: logging.Handler = logging.NullHandler()
        if path:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._handler = _Private(path, maxBytes=size, backupCount=KEPT, encoding="utf-8")
        self._logger.addHandler(self._handler)
        self._heard: list[logging.Logger] = []

    def write(self, event: str, **facts: str | float | int | None) -> None:
        """Write an event.

        Args:
            event: What happened.
            facts: What is known of it; those that are empty are left out.

        """
        line: dict[str, Any] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event}
        for key, fact in facts.items():
            if isinstance(fact, str):
                fact = fact[:LONGEST]
            if fact not in ("", None):
                line[key] = round(fact, 3) if isinstance(fact, float) else fact
        self._logger.info("%s", json.dumps(line))

    def listen(self, *names: str) -> None:
        """Write here what libraries warn of, without tracebacks, and nowhere else."""
        for name in names:
            logger = logging.getLogger(name)
            logger.handlers = [_Warnings(self)]
            logger.setLevel(logging.WARNING)
            logger.propagate = False
            self._heard.append(logger)

    def close(self) -> None:
        """Close the file, and listen to nobody."""
        for logger in self._heard:
            logger.handlers = []
            logger.setLevel(logging.NOTSET)
            logger.propagate = True
        self._heard.clear()
        self._handler.close()


class _Warnings(logging.Handler):
    """Writes what a library warns of."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        why = f"{type(error).__name__}: {error}" if error else ""
        # The first line says what it is; asyncio puts objects, and what they hold, into those below.
        self._log.write("trouble", of=record.name, what=record.getMessage().partition("\n")[0], why=why)
