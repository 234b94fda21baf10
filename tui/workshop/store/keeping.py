"""What is kept of a class, whoever keeps it: a document for every learner, and one for the room."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

KINDS = ("learner", "room")
MOST = 256 * 1024
"""Bytes of a document's text at most."""
OVERLAP = 10.0
"""Seconds before a marker from which `changed_since` looks: a change is stamped before it can be seen."""


@dataclass(frozen=True)
class Document:
    """What is kept of one learner, or of the room.

    Attributes:
        kind: One of `KINDS`.
        key: Whose it is; the same key is the same document.
        name: The key as people read it.
        text: JSON; a store may space it differently.
        version: 0 for what is not kept yet; each `replace` adds one.
        changed: When that was, in seconds since 1970 by the store's clock.

    """

    kind: str
    key: str
    name: str
    text: str
    version: int = 0
    changed: float = 0.0


class KeepingError(OSError):
    """It cannot be read or kept for now; what was kept before is still there.

    Args:
        said: One sentence without paths, hosts or passwords: it may stand on a learner's screen.
        detail: What the instructor, or the log, needs to know besides; no passwords either.

    """

    def __init__(self, said: str, detail: str = "") -> None:
        super().__init__(said)
        self.detail = detail


class Keeping(Protocol):
    """Keeps documents."""

    @property
    def where(self) -> str:
        """Where that is, as an instructor reads it."""
        ...

    async def open(self) -> None:
        """Get ready.

        Raises:
            KeepingError: nothing can be kept there; this sentence is for the instructor and names the place.

        """
        ...

    async def load(self, kind: str, key: str) -> Document | None:
        """Return a document, or None if there is none.

        Raises:
            KeepingError: it cannot be read.

        """
        ...

    async def replace(self, document: Document) -> Document | None:
        """Keep a document if the version that is kept is still `document.version`, 0 where none is kept.

        After a KeepingError it may have been kept all the same: whoever tries again finds it then.

        Returns:
            What is kept now, with its new version; None if another one has been kept since.

        Raises:
            KeepingError: it cannot be kept, or is no JSON of at most `MOST` bytes.

        """
        ...

    async def every(self, kind: str) -> list[Document]:
        """Return all documents of a kind, by key.

        Raises:
            KeepingError: they cannot be read.

        """
        ...

    async def changed_since(self, marker: float) -> list[Document]:
        """Return the documents that were changed after a marker, the `changed` of one that was seen.

        Those of other servers too; and some of the last `OVERLAP` seconds before the marker again.

        Raises:
            KeepingError: they cannot be read.

        """
        ...

    async def close(self) -> None:
        """Let go of what `open` took."""
        ...


def parsed(document: Document) -> object:
    """Return what the text of a document holds.

    Raises:
        KeepingError: it is too large or no JSON.

    """
    if document.kind not in KINDS:
        raise ValueError(f"unknown kind {document.kind!r}; there are {', '.join(KINDS)}")
    try:
        # A character has at least a byte: what is far too large is not encoded first.
        if len(document.text) > MOST or len(document.text.encode()) > MOST:
            raise KeepingError(f"Your answers cannot be kept: they are larger than {MOST // 1024} KiB.")
        held: object = json.loads(document.text)
    except (ValueError, RecursionError):
        raise KeepingError("Your answers cannot be kept: they are no JSON.") from None
    return held


def open_keeping(url: str | None, folder: Path) -> Keeping:
    """Return what keeps a class; its `open` is yet to be called.

    Args:
        url: A database, postgresql://USER:PASSWORD@HOST:PORT/DATABASE; None for files.
        folder: Where the files are.

    Raises:
        ValueError: there is no such store; the message says what there is.

    """
    if url is None:
        from tui.workshop.store.folder import FolderKeeping

        return FolderKeeping(folder)
    from tui.workshop.store.postgres import PostgresKeeping

    return PostgresKeeping(url)
