"""A class kept in a folder: one small JSON file a learner, always whole."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import math
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tui.files import locked, read_file, replace_file
from tui.store import printable
from tui.workshop.names import file_stem
from tui.workshop.store.keeping import KINDS, MOST, OVERLAP, Document, KeepingError, parsed

FORMAT = 1
PATIENCE = 3.0
"""Seconds to wait for another server that is writing the same file."""

_log = logging.getLogger(__name__)


class FolderKeeping:
    """Keeps documents as files in a folder of the host.

    Several servers of one host may share it: each file has a lock. A file that is broken is kept aside under
    another name, with a warning in the log, and counts as not there.

    Args:
        folder: Gets a folder for each kind; made if need be.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.where = printable(folder)

    async def open(self) -> None:
        """Make the folders, and try whether they can be written and locked."""
        await asyncio.to_thread(self._open)

    async def load(self, kind: str, key: str) -> Document | None:
        """Return a document, or None if there is none."""
        return await asyncio.to_thread(self._load, kind, key)

    async def replace(self, document: Document) -> Document | None:
        """Keep a document if the version that is kept is still the one it was made from."""
        return await asyncio.to_thread(self._replace, document)

    async def every(self, kind: str) -> list[Document]:
        """Return all documents of a kind, by key."""
        return await asyncio.to_thread(self._changed, (kind,), -math.inf)

    async def changed_since(self, marker: float) -> list[Document]:
        """Return the documents that were changed after a marker, and shortly before it."""
        return await asyncio.to_thread(self._changed, KINDS, marker - OVERLAP)

    async def close(self) -> None:
        """Nothing is held between calls."""

    def _open(self) -> None:
        for kind in KINDS:
            probe = self._of(kind) / "probe"
            try:
                replace_file(probe, " " * 4096)  # a full disk still makes empty files
                with locked(probe, PATIENCE) as alone:
                    probe.unlink(missing_ok=True)
            except OSError as error:
                raise KeepingError(
                    f"Learners cannot be kept in {self.where} ({error.strerror or error}): "
                    "make room there, or choose another folder."
                ) from error
            if not alone:
                raise KeepingError(
                    f"Files cannot be locked in {self.where}: choose a folder on a disk of this machine."
                )

    def _load(self, kind: str, key: str) -> Document | None:
        path = self._path(kind, key)
        with _told("read", path):
            return _read(path)

    def _replace(self, document: Document) -> Document | None:
        held = parsed(document)
        path = self._path(document.kind, document.key)
        with _told("kept", path), locked(path, PATIENCE) as alone:
            if not alone:
                raise OSError("the file cannot be locked, or is being written")
            there = _read(path, alone)
            if (there.version if there else 0) != document.version:
                return None
            after = replace(document, version=document.version + 1, changed=time.time())
            replace_file(path, _written(after, held))
            return after

    def _changed(self, kinds: tuple[str, ...], since: float) -> list[Document]:
        found = []
        for kind in kinds:
            folder = self._of(kind)
            with _told("read", folder):
                for path in sorted(folder.glob("*.json")):
                    with contextlib.suppress(FileNotFoundError):  # kept aside by another server
                        if path.is_file() and path.stat().st_mtime > since:
                            found.append(_read(path))
        documents = [document for document in found if document and document.changed > since]
        return sorted(documents, key=lambda document: (document.kind, document.key))

    def _of(self, kind: str) -> Path:
        return self.folder / f"{kind}s"

    def _path(self, kind: str, key: str) -> Path:
        return self._of(kind) / f"{file_stem(key)}.json"


@contextlib.contextmanager
def _told(done: str, path: Path) -> Iterator[None]:
    try:
        yield
    except KeepingError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise KeepingError(
            f"Your answers cannot be {done} for now: {reason}.", f"{printable(path)}: {reason}"
        ) from error


def _written(document: Document, held: object) -> str:
    file = {
        "format": FORMAT,
        "kind": document.kind,
        "key": document.key,
        "name": document.name,
        "version": document.version,
        "changed": document.changed,
        "text": held,
    }
    try:
        return _compact(file)
    except RecursionError:
        raise KeepingError("Your answers cannot be kept: they are nested too deeply.") from None


def _compact(held: object) -> str:
    # No larger than it was given: what has just fitted must fit again.
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character
        text = json.dumps(held, separators=(",", ":"))
    return text


def _read(path: Path, alone: bool = False) -> Document | None:
    """Return what a file holds, or None if it is not there or had to be kept aside; `alone` with its lock."""
    try:
        # An escaped character takes six bytes for its two at worst, and names are short.
        return _document(read_file(path, 8 * MOST), path)
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError) as error:
        if alone:
            aside = _keep_aside(path)
            _log.warning("%s is broken (%s); it is kept as %s", printable(path), error, printable(aside.name))
            return None
    # Not while another server puts a whole one there.
    with locked(path, PATIENCE) as got:
        if not got:
            raise OSError("the file is broken, and cannot be locked")
        return _read(path, got)


def _document(text: str, path: Path) -> Document:
    file = json.loads(text)
    if not isinstance(file, dict) or file.get("format") != FORMAT or "text" not in file:
        raise ValueError("no document")
    kind, key, name = (file.get(part) for part in ("kind", "key", "name"))
    if not (isinstance(kind, str) and isinstance(key, str) and isinstance(name, str)):
        raise ValueError("no name")
    if path.parent.name != f"{kind}s" or path.stem != file_stem(key):
        raise ValueError("the document of another name")
    version, changed = file.get("version"), file.get("changed")
    if type(version) is not int or version < 1 or not isinstance(changed, int | float):
        raise ValueError("no version")
    return Document(kind, key, name, _compact(file["text"]), version, float(changed))


def _keep_aside(path: Path) -> Path:
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.kept-{number}")):
        number += 1
    return path.rename(aside)
