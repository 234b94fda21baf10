"""Two servers that share a store: what is done at one is seen at the other."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from lessons.course import BUILT_IN, load_course
from tests.tui.workshop.sessions import until
from tui.progress import Progress
from tui.workshop import others
from tui.workshop.hub import Hub
from tui.workshop.keeper import Keeper, Record
from tui.workshop.names import learner_name
from tui.workshop.others import Others
from tui.workshop.store.folder import FolderKeeping
from tui.workshop.store.keeping import Document

COURSE = load_course(BUILT_IN)
VOTE = {"do": "open-vote", "screen": "the-symptom", "question": "weights-moved"}
CHOICE = {"vote": 1, "round": 1, "choice": "all-of-them", "confidence": "certain"}


class SlowKeeping(FolderKeeping):
    """A store whose writing can be made to wait."""

    held = False

    async def replace(self, document: Document) -> Document | None:
        await until(lambda: not self.held, lambda: "the store goes on")
        return await super().replace(document)


class Heard:
    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    def say(self, value: dict[str, Any]) -> None:
        self.said.append(value)


class Side:
    """One of the servers, as far as the store and the room go."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.keeping = SlowKeeping(folder)
        self.hub = Hub(COURSE, self.keeping)
        self.others = Others(self.hub, self.keeping, name)

    def keeper(self, name: str) -> Keeper:
        learner = learner_name(name)
        return Keeper(
            learner,
            COURSE.slug,
            self.keeping,
            self.name,
            now=time.time,
            noted=lambda record: self.hub.note(learner, record),
            owing=lambda _: None,
        )

    def here(self) -> set[str]:
        return {key for key, learner in self.hub.room.learners.items() if learner.here}

    def given(self) -> set[str]:
        return set(self.hub.room.votes[-1].rounds[-1].given) if self.hub.room.votes else set()


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "LOOK", 0.05)


@asynccontextmanager
async def two(folder: Path) -> AsyncIterator[tuple[Side, Side]]:
    sides = Side(folder, "one"), Side(folder, "two")
    for side in sides:
        await side.keeping.open()
        await side.hub.open()
        await side.others.open()
    try:
        yield sides
    finally:
        for side in sides:
            await side.others.close()
            await side.hub.close()
            await side.keeping.close()


async def test_votes_that_are_given_at_both_at_once_are_counted_at_both(tmp_path: Path) -> None:
    async with two(tmp_path) as (one, other):
        one.hub.do(VOTE)
        await until(lambda: bool(other.hub.room.open_vote), lambda: "the vote is open there, too")
        other.keeping.held = True
        other.hub.vote("bob", CHOICE)
        one.hub.vote("ada", CHOICE)
        await until(lambda: other.hub._kept.version < one.hub._kept.version, lambda: "one has kept it")
        # The other sees it while its own is still on its way.
        await until(lambda: ("room", "room") in other.others._seen, lambda: "seen")
        await until(
            lambda: other.others._seen["room", "room"] == one.hub._kept.version,
            lambda: "what one kept is seen",
        )
        other.keeping.held = False
        for side in (one, other):
            await until(lambda: side.given() == {"ada", "bob"}, lambda: f"{side.name}: {side.given()}")  # noqa: B023


async def test_a_line_and_a_hold_reach_the_other_while_it_writes(tmp_path: Path) -> None:
    async with two(tmp_path) as (one, other):
        heard = Heard()
        other.hub.joined("bob", heard)
        other.keeping.held = True
        other.hub.do({"do": "say", "text": "from two"})
        one.hub.do({"do": "hold", "screen": "the-symptom"})
        await until(lambda: one.hub._kept.version > 0, lambda: "one has kept it")
        await until(lambda: ("room", "room") in other.others._seen, lambda: "seen")
        other.keeping.held = False
        await until(lambda: {"do": "hold", "screen": "the-symptom"} in heard.said, lambda: str(heard.said))
        for side in (one, other):
            await until(
                lambda: (side.hub.room.hold, side.hub.room.message) == ("the-symptom", "from two"),  # noqa: B023
                lambda: f"{side.hub.room.hold} {side.hub.room.message}",  # noqa: B023
            )


async def test_who_moves_on_to_another_server_is_there_when_the_first_lets_go(tmp_path: Path) -> None:
    async with two(tmp_path) as (one, other):
        before, after = one.keeper("Ada"), other.keeper("Ada")
        progress = Progress(COURSE.slug, screen="the-symptom")
        kept = await before._keep(progress, 0)
        await until(lambda: other.here() == {"ada"}, lambda: "seen at two, too")
        there = await after._there()
        assert there["text"]["screen"] == "the-symptom"
        await after._keep(progress, there["version"])
        await before.leave()
        document = await other.keeping.load("learner", "ada")
        assert document
        assert document.version > kept["version"]
        assert Record.from_json(document.text, COURSE.slug).at == "two"


async def test_who_comes_back_is_seen_at_the_other_before_they_do_anything(tmp_path: Path) -> None:
    async with two(tmp_path) as (one, other):
        before = one.keeper("Ada")
        await before._keep(Progress(COURSE.slug, screen="the-symptom"), 0)
        await before.leave()
        await until(lambda: "ada" in other.hub.room.learners and not other.here(), lambda: "gone at two")
        again = one.keeper("Ada")
        there = await again._there()
        await until(lambda: other.here() == {"ada"}, lambda: "here again at two")
        assert (await again._keep(Progress(COURSE.slug, screen="the-symptom"), there["version"]))["kept"]
