"""Other servers that share the store: what they keep is seen here, and who is with them counts as here."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from tui.workshop.hub import KEY, KIND, Hub
from tui.workshop.keeper import Record
from tui.workshop.store.keeping import Document, Keeping, KeepingError

LOOK = 1.0
"""Seconds between two looks."""
SIGN = 10.0
"""Seconds between two signs of life."""
GONE = 35.0
"""Seconds without one after which a server, and everybody with it, is taken as gone."""
SERVER = "server:"


class Others:
    """Follows what other servers write, as far as there are any.

    Args:
        hub: The room.
        keeping: What they share.
        name: The name of this server.

    """

    def __init__(self, hub: Hub, keeping: Keeping, name: str) -> None:
        self._hub = hub
        self._keeping = keeping
        self._sign = Document(KIND, SERVER + name, name, "{}")
        self._marker = 0.0
        self._seen: dict[tuple[str, str], int] = {}
        self._alive: dict[str, float] = {}
        self._with: dict[str, dict[str, Document]] = {}
        self._following: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Take up what is kept, and follow what comes.

        Raises:
            KeepingError: it cannot be read.

        """
        await self._give_sign()
        await self._look()
        self._following = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Follow no more."""
        if self._following:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following

    async def _follow(self) -> None:
        given = time.monotonic()
        while True:
            await asyncio.sleep(LOOK)
            # What cannot be read, another server may have written; the next look is another try.
            with suppress(KeepingError, ValueError):
                if time.monotonic() - given > SIGN:
                    await self._give_sign()
                    given = time.monotonic()
                await self._look()

    async def _give_sign(self) -> None:
        kept = await self._keeping.replace(self._sign)
        if kept is None:
            # It was written after all, by a try that seemed to fail.
            kept = await self._keeping.load(KIND, self._sign.key)
        if kept:
            self._sign = kept

    async def _look(self) -> None:
        """Take what has changed since the last look."""
        for document in await self._keeping.changed_since(self._marker):
            self._marker = max(self._marker, document.changed)
            which = document.kind, document.key
            if self._seen.get(which) == document.version:
                continue
            self._seen[which] = document.version
            if document.kind == "learner":
                self._note(document)
            elif document.key == KEY:
                self._hub.taken(document)
            elif document.key.startswith(SERVER):
                self._alive[document.name] = document.changed
        self._bury()

    def _note(self, document: Document) -> None:
        for those in self._with.values():
            those.pop(document.key, None)
        with suppress(ValueError):
            at = Record.from_json(document.text, self._hub.course.slug).at
            self._with.setdefault(at, {})[document.key] = document
        self._hub.note_document(document, self._living())

    def _living(self) -> frozenset[str]:
        """Return the other servers that gave a sign of life lately, by the clock of the store."""
        mine = self._sign.name
        return frozenset(
            name for name, when in self._alive.items() if name != mine and self._marker - when < GONE
        )

    def _bury(self) -> None:
        """Take those as gone who were with a server that is."""
        living = self._living()
        for name in [*self._alive]:
            if name not in living and name != self._sign.name:
                del self._alive[name]
                for document in self._with.pop(name, {}).values():
                    self._hub.note_document(document, living)
