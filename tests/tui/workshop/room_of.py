"""A room of learners who answer as learners do, and a server as small as can be: for tests, and to look.

`python -m tests.tui.workshop.room_of 30` shows it; `--first` and `--second` begin after that vote.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lessons.course import Course, load_course
from lessons.model import Question
from tui.progress import CONFIDENCES, Answer
from tui.terminal import find_terminal
from tui.workshop.room.model import Room
from tui.workshop.room.values import Learner

NAMES = (
    *("Ada", "Alan", "Alonzo", "Barbara", "Blaise", "Carl", "Claude", "Dana", "Donald", "Edsger", "Emmy"),
    *("Evelyn", "Frances", "Geoffrey", "Grace", "Hedy", "Ivan", "Jean", "Joan", "John", "Juris", "Katherine"),
    *("Kurt", "Leslie", "Lise", "Margaret", "Marvin", "Maryam", "Niklaus", "Radia", "René", "Sofia", "Tim"),
    *("Vera", "Yoshua", "李雷", "山田太郎"),
)
AT = 5
"""The screen, from 0, where most are."""


def answer(question: Question, chance: float, draw: random.Random) -> Answer:
    """Return an answer that is right by chance; who is right is surer."""
    right = draw.random() < chance
    wrong = [choice for choice in question.choices if not choice.right]
    choice = question.right if right else draw.choices(wrong, range(len(wrong), 0, -1))[0]
    weights = (2, 4, 5) if right else (4, 4, 2)
    return Answer(choice.slug, draw.choices(CONFIDENCES, weights)[0])


def room_of(count: int, course: Course, now: float, seed: int = 7) -> Room:
    """Return a room of so many learners, most of them at one screen; a few are slow, a few have left."""
    draw = random.Random(seed)
    room = Room(course.slug)
    for number in range(count):
        name = NAMES[number % len(NAMES)] + (f" {number // len(NAMES) + 1}" if number >= len(NAMES) else "")
        slow = number % 11 == 7
        at = max(0, AT - 3 if slow else AT + draw.choice((-2, -1, -1, 0, 0, 0, 0, 0, 0, 1, 1, 2)))
        answers = {}
        for slug in course.order[: at + 1]:
            for question in course.screen(slug).questions():
                if slug == course.order[at] and (question.kind == "observe" or draw.random() < 0.2):
                    continue
                given = answer(question, 0.4 if question.kind == "predict" else 0.75, draw)
                if draw.random() < 0.04:
                    given = Answer(None, looked=draw.random() < 0.5)
                elif question.kind == "observe":
                    given = Answer(given.choice)
                answers[f"{slug}/{question.slug}"] = given
        stay = 420 + draw.random() * 200 if slow else 20 + draw.random() * 130
        room.learners[name.casefold()] = Learner(
            name.casefold(), name, number % 15 != 14, course.order[at], 0, now - stay, answers,
            frozenset(course.order[:at]),
        )  # fmt: skip
    return room


def vote_all(room: Room, course: Course, seed: int = 11, share: float = 0.93) -> None:
    """Let almost everybody vote in the round that is open; after a discussion more of them are right."""
    draw = random.Random(seed)
    vote = room.open_vote
    assert vote is not None
    question = course.question(vote.screen, vote.question)
    assert question is not None
    for learner in room.here:
        if draw.random() > share:
            continue
        chance = 0.42
        if len(vote.rounds) > 1:
            first = vote.rounds[0].given.get(learner.key)
            chance = 0.94 if first and first.choice == question.right.slug else 0.55
        room.give(learner.key, vote.id, len(vote.rounds), answer(question, chance, draw))


def voted(room: Room, course: Course, rounds: int, now: float) -> None:
    """Hold a vote of so many rounds on the first prediction where most are."""
    screen = course.order[AT]
    question = next(each for each in course.screen(screen).questions() if each.kind == "predict")
    for number in range(rounds):
        ask = {"do": "second-vote"} if number else {}
        room.do(ask or {"do": "open-vote", "screen": screen, "question": question.slug}, now)
        vote_all(room, course, seed=number)
        room.do({"do": "close-vote"}, now + 60)


class SmallServer:
    """Speaks as the server does to the rooms that come to its socket.

    Args:
        path: Where its socket is.
        room: The room that it has.
        votes: Whether its learners vote when a vote is opened.

    """

    def __init__(self, path: Path, room: Room, course: Course, *, votes: bool = False) -> None:
        self.path, self.room, self.course, self.votes = path, room, course, votes
        self.asked: list[dict[str, Any]] = []
        self.writers: set[asyncio.StreamWriter] = set()
        self.server: asyncio.Server | None = None

    async def start(self) -> None:
        self.path.unlink(missing_ok=True)
        self.server = await asyncio.start_unix_server(self._serve, str(self.path))

    async def stop(self) -> None:
        assert self.server is not None
        self.server.close()
        for writer in [*self.writers]:
            writer.close()
        await self.server.wait_closed()
        self.path.unlink(missing_ok=True)

    def say(self, line: Mapping[str, Any] | bytes) -> None:
        data = line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n"
        for writer in self.writers:
            writer.write(data)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.readline() != b'{"i": "room"}\n':
            writer.close()
            return
        self.writers.add(writer)
        writer.write(json.dumps(self.room.whole(time.time())).encode() + b"\n")
        try:
            while line := await reader.readline():
                command = json.loads(line)
                self.asked.append(command)
                try:
                    self.room.do(command, time.time())
                    if self.votes and self.room.open_vote and command["do"].endswith("-vote"):
                        vote_all(self.room, self.course, seed=len(self.asked), share=0.8)
                    self.say(self.room.state(time.time()))
                except ValueError as error:
                    self.say({"error": str(error)})
        except ConnectionError:
            pass
        finally:
            self.writers.discard(writer)
            writer.close()


def main() -> int:
    from tui.workshop.room.app import run_room

    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--second", action="store_true")
    parser.add_argument("--ascii", action="store_true")
    arguments = parser.parse_args()
    course = load_course()
    room = room_of(arguments.count, course, time.time())
    voted(room, course, 2 if arguments.second else 1 if arguments.first else 0, time.time())
    with tempfile.TemporaryDirectory() as folder:
        server = SmallServer(Path(folder, "room.sock"), room, course, votes=True)
        loop = asyncio.new_event_loop()
        loop.run_until_complete(server.start())
        threading.Thread(target=loop.run_forever, daemon=True).start()
        terminal = find_terminal(os.environ, only_ascii=arguments.ascii)
        return run_room(server.path, course, terminal, Path(folder, "exports"))


if __name__ == "__main__":
    raise SystemExit(main())
