"""A class in a real PostgreSQL that stops, freezes, breaks off or refuses."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import traceback
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import asyncpg
import pytest

from tests.tui.workshop.postgresql import LIMIT, PASSWORD, QUOTED, PostgreSQL
from tui.workshop.store import postgres
from tui.workshop.store.keeping import Document, KeepingError
from tui.workshop.store.postgres import MOST_CONNECTIONS, PostgresKeeping

ADA = Document("learner", "ada", "Ada", '{"screen": "the-ledger"}')


@pytest.fixture
def url(postgresql: PostgreSQL) -> str:
    return postgresql.new_database()


@pytest.fixture
async def keeping(url: str) -> AsyncIterator[PostgresKeeping]:
    keeping = PostgresKeeping(url)
    await keeping.open()
    yield keeping
    await keeping.close()


def check_error(error: KeepingError) -> str:
    """Return what is said: one sentence, without the password here or in what a log would show."""
    whole = "".join(traceback.format_exception(error)) + error.detail
    assert PASSWORD not in whole
    assert QUOTED not in whole
    said = str(error)
    assert said.count("\n") == 0
    assert said.endswith(".")
    return said


async def check_refused(keeping: PostgresKeeping) -> str:
    """Check that all calls say soon that they cannot, without a host, and return what one said."""
    said = set()
    calls: list[Callable[[], object]] = [
        lambda: keeping.load("learner", "ada"),
        lambda: keeping.replace(ADA),
        lambda: keeping.every("learner"),
        lambda: keeping.changed_since(0.0),
    ]
    for call in calls:
        async with asyncio.timeout(LIMIT):
            with pytest.raises(KeepingError) as error:
                await call()  # type: ignore[misc]
        assert "127.0.0.1" not in str(error.value)
        assert "127.0.0.1" in error.value.detail
        said.add(check_error(error.value))
    return said.pop()


async def eventually_kept(keeping: PostgresKeeping, document: Document) -> Document:
    """Try again, as a server does, until a document is kept."""
    async with asyncio.timeout(LIMIT):
        while True:
            try:
                kept = await keeping.replace(document)
            except KeepingError as error:
                check_error(error)
                await asyncio.sleep(0.05)
            else:
                assert kept
                return kept


async def test_a_database_that_stops_for_a_while(
    postgresql: PostgreSQL, keeping: PostgresKeeping, caplog: pytest.LogCaptureFixture
) -> None:
    kept = await keeping.replace(ADA)
    assert kept
    postgresql.stop()
    try:
        assert "for now: the database does not answer." in await check_refused(keeping)
        await asyncio.sleep(2)
        await check_refused(keeping)
    finally:
        postgresql.start()
    assert (await keeping.load("learner", "ada")) == kept
    assert (await eventually_kept(keeping, replace(kept, text="2"))).version == 2
    # Nor does the library print what it thinks of it on the instructor's screen.
    assert [record for record in caplog.records if record.name.startswith("asyncpg")] == []


@pytest.mark.parametrize("number", [signal.SIGQUIT, signal.SIGINT])
async def test_a_database_that_stops_in_the_middle_loses_nothing_that_was_kept(
    postgresql: PostgreSQL, url: str, number: int
) -> None:
    servers = [PostgresKeeping(url) for _ in range(2)]
    for server in servers:
        await server.open()
    acknowledged: list[int] = []
    enough = asyncio.Event()

    async def write(server: PostgresKeeping, learner: int) -> None:
        document = replace(ADA, key=f"learner {learner}", text="[]")
        for answer in range(40):
            text = json.dumps([*json.loads(document.text), answer])
            while True:
                try:
                    kept = await server.replace(replace(document, text=text))
                    # None: it was kept although the connection broke before that could be said.
                    kept = kept or await server.load("learner", document.key)
                except KeepingError:
                    await asyncio.sleep(0.05)
                    continue
                if kept and json.loads(kept.text) == json.loads(text):
                    break
                assert kept is None
            document = kept
            acknowledged.append(learner)
            if len(acknowledged) > 60:
                enough.set()

    async def interrupt() -> None:
        await enough.wait()
        await asyncio.to_thread(postgresql.stop, number)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(postgresql.start)

    async with asyncio.timeout(2 * LIMIT):
        await asyncio.gather(interrupt(), *(write(servers[n % 2], n) for n in range(12)))
    kept = await servers[0].every("learner")
    assert len(kept) == 12
    assert all(json.loads(document.text) == list(range(40)) for document in kept)
    for server in servers:
        await server.close()


async def test_a_database_that_freezes(
    postgresql: PostgreSQL, keeping: PostgresKeeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = await keeping.replace(ADA)
    assert kept
    monkeypatch.setattr(postgres, "PATIENCE", 0.5)
    another = PostgresKeeping(postgresql.url())
    postgresql.freeze()
    try:
        assert "does not answer" in await check_refused(keeping)
        with pytest.raises(KeepingError, match="does not answer"):
            await another.open()
        with pytest.raises(KeepingError, match="does not answer"):
            await asyncio.gather(*(keeping.load("learner", "ada") for _ in range(3 * MOST_CONNECTIONS)))
    finally:
        postgresql.freeze(False)
    monkeypatch.undo()
    await eventually_kept(keeping, replace(kept, text="2"))


async def test_a_frozen_database_does_not_keep_a_server_from_ending(
    postgresql: PostgreSQL, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping = PostgresKeeping(url)
    await keeping.open()
    monkeypatch.setattr(postgres, "PATIENCE", 0.5)
    postgresql.freeze()
    try:
        async with asyncio.timeout(LIMIT):
            await keeping.close()
    finally:
        postgresql.freeze(False)


async def test_a_connection_that_is_cut_is_made_anew(
    postgresql: PostgreSQL, keeping: PostgresKeeping
) -> None:
    assert await keeping.replace(ADA)
    other = await asyncpg.connect(postgresql.url())
    await other.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname LIKE 'class%'"
    )
    await other.close()
    assert (await eventually_kept(keeping, replace(ADA, version=1))).version == 2


async def test_many_calls_share_few_connections(postgresql: PostgreSQL, keeping: PostgresKeeping) -> None:
    documents = [replace(ADA, key=f"learner {number}") for number in range(100)]
    assert all(await asyncio.gather(*map(keeping.replace, documents)))
    other = await asyncpg.connect(postgresql.url())
    database = keeping.where.rpartition("/")[2]
    count = await other.fetchval("SELECT count(*) FROM pg_stat_activity WHERE datname = $1", database)
    await other.close()
    assert 1 <= count <= MOST_CONNECTIONS
    assert len(await keeping.every("learner")) == 100


async def test_a_call_that_is_cancelled_costs_no_connection(keeping: PostgresKeeping) -> None:
    for number in range(3 * MOST_CONNECTIONS):
        call = asyncio.create_task(keeping.replace(replace(ADA, key=str(number))))
        await asyncio.sleep(0.0005 * (number % 4))
        call.cancel()
        await asyncio.wait([call])
    assert await keeping.replace(ADA)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (QUOTED, "an0ther%40word", "password authentication failed"),
        ("/class.*", "/nowhere", "does not exist"),
        ("127.0.0.1", "nowhere.invalid", ""),
        (":[0-9]+/", ":1/", ""),
        (":[0-9]+/", ":99999999/", ""),
        ("$", "?sslmode=s3cret:word", "the URL is wrong"),
    ],
    ids=["password", "database", "host", "port", "no-port", "option"],
)
async def test_a_database_that_cannot_be_opened(url: str, old: str, new: str, said: str) -> None:
    with pytest.raises(KeepingError) as error:
        await PostgresKeeping(re.sub(old, new, url)).open()
    sentence = check_error(error.value)
    assert said in sentence
    assert "correct the URL" in sentence
    assert "s3cret" not in sentence
    assert "an0ther" not in sentence


async def test_a_user_who_may_make_no_table_uses_the_one_that_is_there(
    postgresql: PostgreSQL, url: str
) -> None:
    owner = await asyncpg.connect(url)
    await owner.execute("DROP ROLE IF EXISTS teacher; CREATE ROLE teacher LOGIN PASSWORD 'chalk'")
    theirs = PostgresKeeping(url.replace(f"initlesson:{QUOTED}", "teacher:chalk"))
    with pytest.raises(KeepingError, match="permission denied"):
        await theirs.open()
    mine = PostgresKeeping(url)
    await mine.open()
    await owner.execute("GRANT SELECT, INSERT ON initlesson_documents TO teacher")
    await theirs.open()
    kept = await theirs.replace(ADA)
    assert kept
    with pytest.raises(KeepingError, match="the database refuses") as error:
        await theirs.replace(kept)
    assert "permission denied" in error.value.detail
    assert await mine.load("learner", "ada") == kept
    for keeping in (theirs, mine, owner):
        await keeping.close()


async def test_what_postgresql_cannot_hold_is_refused(keeping: PostgresKeeping) -> None:
    for document in (replace(ADA, key="\x00"), replace(ADA, name="\ud800"), replace(ADA, version=2**70)):
        with pytest.raises(KeepingError, match="cannot be kept"):
            await keeping.replace(document)
    assert await keeping.replace(ADA)
