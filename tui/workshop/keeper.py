"""What the server does for a session: loads and keeps its learner's document, and no other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from tui.progress import Progress
from tui.settings import AUTO
from tui.workshop.lines import line, spoken
from tui.workshop.names import Name
from tui.workshop.store.keeping import Document, Keeping, KeepingError

FORMAT = 1
MOST_THEME = 40
KEY = "key:"
"""How the credential of somebody begins who came with a key of their own."""
NOT_THEIRS = "This name belongs to somebody who came with another key: log in with that key, or another name."


@dataclass(frozen=True)
class Record:
    """What is kept of a learner.

    Attributes:
        progress: What they have done; None for somebody who has only just come.
        since: When they came to their screen, in seconds since 1970.
        at: The server where they are at work, or "".
        theme: The colours that they chose.
        owner: The key with which they came first; nobody else may come by their name. "" if it was none.

    """

    progress: Progress | None = None
    since: float = 0.0
    at: str = ""
    theme: str = AUTO
    owner: str = ""

    def is_of_another(self, credential: str) -> bool:
        """Return whether it belongs to a key that is not what somebody came in with."""
        return self.owner not in ("", credential)

    def to_json(self) -> str:
        """Return it as JSON text."""
        progress = json.loads(self.progress.to_json()) if self.progress else None
        about = {"since": self.since, "at": self.at, "theme": self.theme, "owner": self.owner}
        return json.dumps({"format": FORMAT, **about, "progress": progress})

    @classmethod
    def from_json(cls, text: str, course: str) -> Record:
        """Return what a text holds.

        Raises:
            ValueError: it is no such record, or that of another course.

        """
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError("not a learner's record")
        since, at, progress = data.get("since"), data.get("at"), data.get("progress")
        theme, owner = data.get("theme", AUTO), data.get("owner", "")
        if not isinstance(since, int | float) or not isinstance(at, str):
            raise ValueError("no place")
        if not isinstance(theme, str) or not isinstance(owner, str):
            raise ValueError("no colours, or no owner")
        found = None if progress is None else Progress.from_json(json.dumps(progress), course)
        return cls(found, float(since), at, theme, owner)


class Keeper:
    """Keeps the document of one learner.

    Args:
        name: The learner.
        course: Slug of the course.
        keeping: Where documents are kept.
        server: The name of this server, for others that share the store; "" if there are none.
        credential: What the learner came in with.
        now: Returns the seconds since 1970.
        noted: Called with what is kept now.
        owing: Called when there is something to keep, and with False when it is kept.

    """

    def __init__(
        self,
        name: Name,
        course: str,
        keeping: Keeping,
        server: str,
        *,
        credential: str = "",
        now: Callable[[], float],
        noted: Callable[[Record], None],
        owing: Callable[[bool], None],
    ) -> None:
        self._name = name
        self._credential = credential
        self._course = course
        self._keeping = keeping
        self._server = server
        self._now = now
        self._noted = noted
        self._owing = owing
        self.record = Record()
        self._came = now()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer a session until it asks no more, or what nobody can answer."""
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            async for question in spoken(reader):
                writer.write(line({"number": question["number"], **await self._answer(question)}))
                # Who does not read gets no more.
                await writer.drain()
        writer.close()

    async def leave(self) -> None:
        """Note that the learner has gone, unless they are with another server meanwhile."""
        with suppress(KeepingError, ValueError):
            there = await self._load()
            if there and self._server and self.record.at == self._server:
                await self._replace(replace(self.record, at=""), there.version)

    async def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        try:
            if "theme" in question:
                return await self._keep_theme(str(question["theme"])[:MOST_THEME])
            if "text" not in question:
                return await self._there()
            # Until it is kept, and not only once that has failed: the learner may leave meanwhile.
            self._owing(True)
            progress = Progress.from_json(json.dumps(question["text"]), self._course)
            told = await self._keep(progress, question["version"])
        except KeepingError as error:
            self._owing(True)
            return {"error": str(error)}
        except ValueError as error:
            self._owing(False)
            return {"error": f"what was answered cannot be kept: {error}"}
        self._owing(False)
        return told

    async def _load(self) -> Document | None:
        there = await self._keeping.load("learner", self._name.key)
        if there:
            self.record = Record.from_json(there.text, self._course)
            if self.record.is_of_another(self._credential):
                raise KeepingError(NOT_THEIRS)
        return there

    async def _there(self) -> dict[str, Any]:
        there = await self._load()
        if there and self._server and self.record.at != self._server:
            # The other servers are to see where they are before anything is answered.
            with suppress(KeepingError):
                here = replace(self.record, at=self._server)
                there = await self._replace(here, there.version) or await self._load()
        self._noted(replace(self.record, since=self._since()))
        progress = self.record.progress
        text = json.loads(progress.to_json()) if progress else None
        about = {"theme": self.record.theme, "name": self._name.shown}
        return {"text": text, "version": there.version if there else 0, **about}

    async def _keep_theme(self, theme: str) -> dict[str, Any]:
        there = await self._load()
        if there and await self._replace(replace(self.record, theme=theme), there.version) is None:
            # What was written in between matters more, and the next one who chooses is asked again.
            return {"kept": False, **await self._there()}
        return {"kept": True, "version": there.version + 1 if there else 0}

    async def _keep(self, progress: Progress, version: int) -> dict[str, Any]:
        before = self.record.progress
        moved = before is None or before.screen != progress.screen
        since = self._now() if moved else self._since()
        owner = self.record.owner or self._credential * self._credential.startswith(KEY)
        record = replace(self.record, progress=progress, since=since, at=self._server, owner=owner)
        kept = await self._replace(record, version)
        if kept is None:
            return {"kept": False, **await self._there()}
        self._noted(self.record)
        return {"kept": True, "version": kept.version}

    def _since(self) -> float:
        """Return since when the learner has had their screen before them: the time away does not count."""
        return max(self.record.since, self._came)

    async def _replace(self, record: Record, version: int) -> Document | None:
        name = self._name
        kept = await self._keeping.replace(
            Document("learner", name.key, name.shown, record.to_json(), version)
        )
        if kept:
            self.record = record
        return kept
