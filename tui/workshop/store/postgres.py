"""A class kept in PostgreSQL, for several servers."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

from tui.workshop.names import clean
from tui.workshop.store.keeping import OVERLAP, Document, KeepingError, parsed

PATIENCE = 5.0
"""Seconds that a call takes at most."""
MOST_CONNECTIONS = 8

_GONE = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,  # it starts or stops
)
_FAULTS = (*_GONE, asyncpg.PostgresError, asyncpg.InternalClientError)

_TABLE = """
    SELECT pg_advisory_xact_lock(4150203);  -- two servers that start at once make it once
    CREATE TABLE IF NOT EXISTS initlesson_documents (
        kind text NOT NULL,
        key text NOT NULL,
        name text NOT NULL,
        text text NOT NULL,
        version bigint NOT NULL,
        changed timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (kind, key)
    )
"""
_COLUMNS = "kind, key, name, text, version, extract(epoch FROM changed)::float8 AS changed"
_SELECT = f"SELECT {_COLUMNS} FROM initlesson_documents"
_INSERT = f"""
    INSERT INTO initlesson_documents (kind, key, name, text, version) VALUES ($1, $2, $3, $4, 1)
    ON CONFLICT DO NOTHING RETURNING {_COLUMNS}
"""
_UPDATE = f"""
    UPDATE initlesson_documents SET name = $3, text = $4, version = version + 1, changed = clock_timestamp()
    WHERE kind = $1 AND key = $2 AND version = $5 RETURNING {_COLUMNS}
"""


class PostgresKeeping:
    """Keeps documents in one table of a database, which is made if need be.

    Every call is over within `PATIENCE`. Connections that break are made anew by the next call, so that all
    goes on by itself when the database comes back.

    Args:
        url: As PostgreSQL's own tools take it.

    Raises:
        ValueError: it is no such URL; the message says what is expected and quotes nothing of it.

    """

    def __init__(self, url: str) -> None:
        self.where = _without_password(url)
        self._url = url
        self._pool: Any = None

    async def open(self) -> None:
        """Connect, and make the table if it is not there."""
        try:
            async with asyncio.timeout(PATIENCE):
                # None beforehand: asyncpg would try to make it again by itself, and print why it fails.
                self._pool = await asyncpg.create_pool(
                    self._url, min_size=0, max_size=MOST_CONNECTIONS, timeout=PATIENCE
                )
                # Who may not create tables may still use one that is there.
                if await self._pool.fetchval("SELECT to_regclass('initlesson_documents')") is None:
                    await self._pool.execute(_TABLE)
        except (*_FAULTS, ValueError, OverflowError) as error:
            await self.close()
            detail = "the URL is wrong" if isinstance(error, ValueError) else _reason(error)
            # What asyncpg says of a URL quotes it.
            raise KeepingError(
                f"Learners cannot be kept in {self.where} ({detail}): "
                "start the database, or correct the URL and the user's rights."
            ) from None

    async def load(self, kind: str, key: str) -> Document | None:
        """Return a document, or None if there is none."""
        found = await self._fetch("read", f"{_SELECT} WHERE kind = $1 AND key = $2", kind, key)
        return found[0] if found else None

    async def replace(self, document: Document) -> Document | None:
        """Keep a document if the version that is kept is still the one it was made from."""
        parsed(document)
        values = (document.kind, document.key, document.name, document.text)
        if document.version:
            found = await self._fetch("kept", _UPDATE, *values, document.version)
        else:
            found = await self._fetch("kept", _INSERT, *values)
        return found[0] if found else None

    async def every(self, kind: str) -> list[Document]:
        """Return all documents of a kind, by key."""
        return await self._fetch("read", f'{_SELECT} WHERE kind = $1 ORDER BY key COLLATE "C"', kind)

    async def changed_since(self, marker: float) -> list[Document]:
        """Return the documents that were changed after a marker, and shortly before it."""
        query = f'{_SELECT} WHERE extract(epoch FROM changed) > $1::float8 ORDER BY kind, key COLLATE "C"'
        return await self._fetch("read", query, marker - OVERLAP)

    async def close(self) -> None:
        """Close all connections, whether the database answers or not."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await pool.close()
        except _FAULTS:
            pool.terminate()

    async def _fetch(self, done: str, query: str, *values: object) -> list[Document]:
        try:
            async with asyncio.timeout(PATIENCE):
                return [Document(**row) for row in await self._rows(query, *values)]
        except _FAULTS as error:
            gone = isinstance(error, _GONE)
            raise KeepingError(
                f"Your answers cannot be {done} for now: "
                f"the database {'does not answer' if gone else 'refuses'}.",
                f"{self.where}: {_reason(error)}",
            ) from error

    async def _rows(self, query: str, *values: object) -> Any:
        pool = self._pool
        if pool is None:
            raise ConnectionError("not connected")
        connection = await pool.acquire()
        try:
            return await connection.fetch(query, *values)
        except (asyncio.CancelledError, TimeoutError):
            # To take leave politely of a database that does not answer would take as long again.
            connection.terminate()
            raise
        finally:
            await pool.release(connection, timeout=PATIENCE)


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer"
    return clean(str(error), 200) or type(error).__name__


def _without_password(url: str) -> str:
    """Return where a database is, from its URL.

    Raises:
        ValueError: it is no URL of a database, or its password cannot be told from the rest.

    """
    wanted = "a store is postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError(wanted) from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(wanted)
    user, _, hosts = parts.netloc.rpartition("@")
    if "@" in url.partition("://")[2][len(parts.netloc) :] or "@" in user:
        raise ValueError(f"{wanted}; write @, / , ? and # in a password as %40, %2F, %3F and %23")
    host = r"(\[[0-9a-fA-F:.]+\]|[\w.%-]*)(:\d*)?"
    if not all(re.fullmatch(host, given) for given in hosts.split(",")):
        raise ValueError(wanted)
    hosts = hosts or ",".join(parse_qs(parts.query).get("host", [])) or "this machine"
    return f"PostgreSQL, {clean(hosts + parts.path, 200)}"
