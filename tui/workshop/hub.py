"""The room as the server has it: who is where, what the instructor did, and whoever is to hear of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from lessons.course import Course
from lessons.model import Question
from tui.progress import Answer, Progress
from tui.workshop.keeper import Record
from tui.workshop.names import Name, clean
from tui.workshop.room.lines import learner_out
from tui.workshop.room.model import MOST_TEXT, Room
from tui.workshop.room.values import Learner
from tui.workshop.session.ballot import question_in
from tui.workshop.store.keeping import Document, Keeping, KeepingError

KIND, KEY = "room", "room"
STALE = 8 * 3_600
"""Seconds without anything done in the room after which it is that of another day's class."""
AGAIN = 2.0
"""Seconds until what could not be kept is tried again."""
Change = Callable[[Room], None]


class Hears(Protocol):
    """Whoever is told things: a session, or an instructor's screen."""

    def say(self, value: dict[str, Any]) -> None:
        """Tell it something."""


class Hub:
    """A class, its instructors, and what they do.

    Args:
        course: What is learnt.
        keeping: Where the room is kept.

    """

    def __init__(self, course: Course, keeping: Keeping) -> None:
        self.course = course
        self.room = Room(course=course.slug)
        self.sessions: dict[str, Hears] = {}
        self.screens: set[Hears] = set()
        self._keeping = keeping
        self._kept = Document(KIND, KEY, KEY, Room(course=course.slug).to_json())
        self._waiting: list[Change] = []
        self._writing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Take up the room as it was left.

        Raises:
            KeepingError: it cannot be read.

        """
        await self._load()
        self.room = self._room_of(self._kept)
        for document in await self._keeping.every("learner"):
            self.note_document(document)
        if self._kept.changed and time.time() - self._kept.changed > STALE:
            self._begin_the_day()

    def _begin_the_day(self) -> None:
        """Let nobody be kept, told or asked what the class of another day was."""
        self.do({"do": "hold", "screen": None})
        self.do({"do": "say", "text": ""})
        if self.room.open_vote:
            self.do({"do": "close-vote"})

    async def close(self) -> None:
        """Keep what is not kept yet, if it can be."""
        if self._writing:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._writing), AGAIN)
            self._writing.cancel()

    # Learners

    def joined(self, key: str, session: Hears) -> None:
        """Tell a session that has begun what holds for everybody."""
        self.sessions[key] = session
        if self.room.hold:
            session.say({"do": "hold", "screen": self.room.hold})
        if self.room.message:
            session.say({"do": "say", "text": self.room.message})
        if self.room.open_vote:
            session.say(self._vote_for(key))

    def left(self, name: Name) -> None:
        """Note that a session is over."""
        self.sessions.pop(name.key, None)
        learner = self.room.learners.get(name.key)
        if learner:
            self._learner(replace(learner, here=False))

    def note(self, name: Name, record: Record, here: bool = True) -> None:
        """Note what is kept of a learner now."""
        progress, order = record.progress or Progress(self.course.slug), self.course.order
        self._learner(
            Learner(
                name.key,
                name.shown,
                here,
                progress.screen if progress.screen in order else order[0],
                progress.page,
                record.since or time.time(),
                progress.answers,
                frozenset(progress.finished.intersection(order)),
            )
        )

    def note_document(self, document: Document, servers: frozenset[str] = frozenset()) -> None:
        """Note what another server, or this one at another time, has kept of a learner."""
        if document.key in self.sessions:
            return
        with suppress(ValueError):
            record = Record.from_json(document.text, self.course.slug)
            name = Name(document.name, document.key, "")
            self.note(name, replace(record, since=record.since or document.changed), record.at in servers)

    def _learner(self, learner: Learner) -> None:
        if self.room.learners.get(learner.key) != learner:
            line = {"learner": learner_out(learner)}
            self.room.apply(line, time.time())
            self._tell_screens(line)

    # What is done in the room

    def do(self, command: dict[str, Any]) -> None:
        """Do what an instructor asks for.

        Raises:
            ValueError: it cannot be done; one sentence says why.

        """
        what = command.get("do")
        if what == "hold" and command.get("screen") is not None:
            self._screen(command["screen"])
        elif what == "open-vote":
            self._question(command.get("screen"), command.get("question"))
        elif what == "say":
            command = {"do": "say", "text": clean(str(command.get("text", "")), MOST_TEXT)}
        now = time.time()
        self._change(lambda room: room.do(command, now))
        match what:
            case "hold":
                said = {"do": "hold", "screen": self.room.hold}
            case "say" if not self.room.message:
                return
            case "say":
                said = {"do": "say", "text": self.room.message}
            case _:
                for key, session in self.sessions.items():
                    session.say(self._vote_for(key))
                return
        for session in self.sessions.values():
            session.say(said)

    def vote(self, key: str, given: dict[str, Any]) -> None:
        """Take a learner's vote; what is no vote, or came too late, is dropped."""
        with suppress(ValueError, KeyError, TypeError, OverflowError):
            vote, turn = int(given["vote"]), int(given["round"])
            asked = self.room.votes[-1] if self.room.votes else None
            if asked is None or str(given["choice"]) not in self._choices(asked.screen, asked.question):
                return
            answer = Answer(str(given["choice"]), given.get("confidence"))
            self._change(lambda room: room.give(key, vote, turn, answer), whole=False)
            kept = asked.rounds[-1].given[key]
            told = {"key": key, "vote": vote, "round": turn, "choice": kept.choice}
            self._tell_screens({"given": {**told, "confidence": kept.confidence}})

    def _vote_for(self, key: str) -> dict[str, Any]:
        vote = self.room.votes[-1]
        given = vote.rounds[-1].given.get(key)
        return {
            "do": "vote",
            "id": vote.id,
            "round": len(vote.rounds),
            "screen": vote.screen,
            "question": vote.question,
            "open": vote.open,
            "given": given and {"choice": given.choice, "confidence": given.confidence},
        }

    def _screen(self, slug: object) -> None:
        if slug not in self.course.order:
            raise ValueError("There is no such screen in this course.")

    def _question(self, screen: object, question: object) -> Question:
        self._screen(screen)
        found = question_in(self.course, str(screen), str(question))
        if found is None:
            raise ValueError("There is no such question on that screen.")
        return found

    def _choices(self, screen: str, question: str) -> set[str]:
        return {choice.slug for choice in self._question(screen, question).choices}

    # Who is told, and what is kept

    def watch(self, screen: Hears) -> None:
        """Tell an instructor's screen everything, now and from now on."""
        self.screens.add(screen)
        screen.say(self.room.whole(time.time()))

    def _tell_screens(self, line: dict[str, Any]) -> None:
        for screen in self.screens:
            screen.say(line)

    def _change(self, change: Change, whole: bool = True) -> None:
        """Change the room, tell of it, and keep it soon."""
        change(self.room)
        if whole:
            self._tell_screens(self.room.state(time.time()))
        self._waiting.append(change)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        passed = False
        while self._waiting:
            changes, after = len(self._waiting), self._room_of(self._kept)
            for change in self._waiting:
                # Another server may have closed the vote meanwhile.
                with suppress(ValueError):
                    change(after)
            try:
                kept = await self._keeping.replace(replace(self._kept, text=after.to_json()))
                if kept is None:
                    passed = True
                    await self._load()
                    continue
            except KeepingError:
                await asyncio.sleep(AGAIN)
                continue
            self._kept = kept
            del self._waiting[:changes]
        if passed:
            # What another server did was left aside until now.
            self._take(self._kept)

    async def _load(self) -> None:
        there = await self._keeping.load(KIND, KEY)
        if there:
            self._kept = there

    def taken(self, document: Document) -> None:
        """Take the room as another server has kept it."""
        # As long as something waits to be kept, writing it comes upon what the other has kept.
        if document.version > self._kept.version and not self._waiting:
            self._kept = document
            self._take(document)

    def _take(self, document: Document) -> None:
        before, self.room = self.room, self._room_of(document)
        self.room.learners, self.room.stays = before.learners, before.stays
        self._tell_screens(self.room.state(time.time()))
        for key, session in self.sessions.items():
            if before.hold != self.room.hold:
                session.say({"do": "hold", "screen": self.room.hold})
            if before.message != self.room.message and self.room.message:
                session.say({"do": "say", "text": self.room.message})
            if self.room.votes and _turns(before) != _turns(self.room):
                session.say(self._vote_for(key))

    def _room_of(self, document: Document) -> Room:
        room = Room.from_json(document.text)
        room.course = self.course.slug
        return room


def _turns(room: Room) -> tuple[object, ...]:
    return tuple((vote.id, tuple(turn.open for turn in vote.rounds)) for vote in room.votes)
