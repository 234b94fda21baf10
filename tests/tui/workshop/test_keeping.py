"""What every store does, a folder and a real PostgreSQL alike."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tui.workshop.postgresql import PostgreSQL
from tui.workshop.store.keeping import MOST, OVERLAP, Document, Keeping, KeepingError, open_keeping

ADA = Document("learner", "ada", "Ada", '{"screen": "the-ledger", "page": 1}')


@pytest.fixture(params=["folder", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    if request.param == "folder":
        return None
    cluster: PostgreSQL = request.getfixturevalue("postgresql")
    return cluster.new_database()


@pytest.fixture
async def keepings(url: str | None, tmp_path: Path) -> AsyncIterator[list[Keeping]]:
    """Return the stores of two servers that keep the same class."""
    both = [open_keeping(url, tmp_path / "class") for _ in range(2)]
    await asyncio.gather(*(keeping.open() for keeping in both))
    yield both
    for keeping in both:
        await keeping.close()


@pytest.fixture
def keeping(keepings: list[Keeping]) -> Keeping:
    return keepings[0]


def held(document: Document | None) -> object:
    assert document
    return json.loads(document.text)


async def test_nothing_is_there_at_first(keeping: Keeping) -> None:
    assert await keeping.load("learner", "ada") is None
    assert await keeping.every("learner") == []
    assert await keeping.changed_since(0.0) == []


async def test_what_was_kept_is_found_by_every_server(keepings: list[Keeping]) -> None:
    one, other = keepings
    before = time.time()
    kept = await one.replace(ADA)
    assert kept
    assert before - 1 < kept.changed < time.time() + 1
    assert (kept.kind, kept.key, kept.name, kept.version) == ("learner", "ada", "Ada", 1)
    assert held(kept) == held(ADA)
    there = await other.load("learner", "ada")
    assert there
    assert replace(there, text="") == replace(kept, text="")
    assert held(there) == held(ADA)


async def test_only_what_was_made_from_the_kept_version_is_kept(keeping: Keeping) -> None:
    assert await keeping.replace(replace(ADA, version=3)) is None
    first = await keeping.replace(ADA)
    assert first
    assert await keeping.replace(ADA) is None
    second = await keeping.replace(replace(first, name="Ada L.", text="[2]"))
    assert second
    assert second.version == 2
    assert second.changed >= first.changed
    assert await keeping.replace(replace(first, text="[3]")) is None
    there = await keeping.load("learner", "ada")
    assert there
    assert (there.name, there.version, held(there)) == ("Ada L.", 2, [2])


async def test_kinds_and_keys_are_apart(keeping: Keeping) -> None:
    keys = ["a b", "a-b", "á", "б", "ada", "x' OR '1'='1", "../ada", "好" * 200]
    for number, key in enumerate(keys):
        assert await keeping.replace(Document("learner", key, key.upper(), str(number)))
    assert await keeping.replace(Document("room", "ada", "Room", "100"))
    learners = await keeping.every("learner")
    assert [document.key for document in learners] == sorted(keys)
    assert {document.key: held(document) for document in learners} == {
        key: number for number, key in enumerate(keys)
    }
    assert [document.name for document in await keeping.every("room")] == ["Room"]
    assert held(await keeping.load("learner", "ada")) == 4


async def test_changes_of_other_servers_are_seen(keepings: list[Keeping]) -> None:
    one, other = keepings
    kept = await one.replace(ADA)
    assert kept
    await one.replace(Document("room", "zero-init", "Room", "{}"))
    for marker in (0.0, kept.changed):
        # A change may be seen again, never be missed.
        assert [found.key for found in await other.changed_since(marker)] == ["ada", "zero-init"]
    assert await other.changed_since(kept.changed + OVERLAP + 60) == []


async def test_of_writers_at_once_one_is_kept_and_no_other_believes_it_was(keepings: list[Keeping]) -> None:
    first = await keepings[0].replace(ADA)
    assert first
    tries = [keepings[n % 2].replace(replace(first, text=str(n))) for n in range(8)]
    kept = [document for document in await asyncio.gather(*tries) if document]
    assert len(kept) == 1
    there = await keepings[1].load("learner", "ada")
    assert there
    assert there.version == 2
    assert held(there) == held(kept[0])


async def test_of_newcomers_at_once_one_is_kept(keepings: list[Keeping]) -> None:
    tries = [keepings[n % 2].replace(replace(ADA, text=str(n))) for n in range(8)]
    assert len([document for document in await asyncio.gather(*tries) if document]) == 1


async def test_writers_that_try_again_lose_nothing(keepings: list[Keeping]) -> None:
    async def write(keeping: Keeping, number: int) -> None:
        while True:
            there = await keeping.load("learner", "ada") or replace(ADA, text="[]")
            numbers = [*json.loads(there.text), number]
            if await keeping.replace(replace(there, text=json.dumps(numbers))):
                return

    await asyncio.gather(*(write(keepings[n % 2], n) for n in range(12)))
    there = await keepings[0].load("learner", "ada")
    assert there
    assert sorted(json.loads(there.text)) == list(range(12))
    assert there.version == 12


@pytest.mark.parametrize(
    "text",
    ["", "{", "no", '"' + "x" * MOST + '"', '"' + "é" * (MOST // 2) + '"', "[" * 100_000, '"\ud800"'],
    ids=["empty", "open", "word", "large", "large-in-bytes", "deep", "half-a-character"],
)
async def test_what_is_no_small_json_is_refused(keeping: Keeping, text: str) -> None:
    assert await keeping.replace(ADA)
    with pytest.raises(KeepingError, match="cannot be kept"):
        await keeping.replace(replace(ADA, version=1, text=text))
    assert held(await keeping.load("learner", "ada")) == held(ADA)


async def test_the_largest_document_can_be_kept_again_and_again(keeping: Keeping) -> None:
    for filling in ("x", "é", "\\n", "\\ud800"):
        text = '["' + filling * ((MOST - 4) // len(filling.encode())) + '"]'
        document = Document("learner", filling, filling, text)
        for _ in range(3):
            kept = await keeping.replace(document)
            assert kept
            document = await keeping.load("learner", filling) or document
            assert held(document) == json.loads(text)
            assert document.version == kept.version


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=values, ascii_only=st.booleans())
async def test_any_json_comes_back(keeping: Keeping, value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    there = await keeping.load("learner", "any") or Document("learner", "any", "Any", "")
    assert await keeping.replace(replace(there, text=text))
    assert held(await keeping.load("learner", "any")) == value


async def test_an_unknown_kind_is_a_mistake_of_the_programmer(keeping: Keeping) -> None:
    with pytest.raises(ValueError, match="learner, room"):
        await keeping.replace(replace(ADA, kind="../learner"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite:///class.db",
        "mysql://u:s3cret@h/d",
        "postgresql+psycopg://u:s3cret@h/d",
        "postgresql://u:s3cret/d",
        "postgresql://u:s3cr/et@h/d",
        "postgresql://u:s3cr?et@h/d",
        "postgresql://u:s3cr#et@h/d",
        "postgresql://u:s3cr@et@h/d",
        "postgresql://u:s3cret@[::1/d",
        "postgresql://u:p@h s3cret/d",
    ],
)
def test_a_url_that_is_none_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="postgresql://USER:PASSWORD@HOST:PORT/DATABASE") as refused:
        open_keeping(url, tmp_path)
    assert "s3cr" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("postgresql://u:s3cret@db1:5433/class", "db1:5433/class"),
        ("postgres://u@db1,db2:5433/class?sslmode=require", "db1,db2:5433/class"),
        ("postgresql://[::1]:5432/class?password=s3cret", "[::1]:5432/class"),
        ("postgresql:///class?host=/run/postgresql&password=s3cret", "/run/postgresql/class"),
        ("postgresql://", "this machine"),
    ],
)
def test_where_a_class_is_kept_is_said_without_the_password(url: str, where: str, tmp_path: Path) -> None:
    assert open_keeping(url, tmp_path).where == f"PostgreSQL, {where}"
