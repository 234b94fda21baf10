"""The lesson line by line in a workshop: what the room says is said between two lines."""

from __future__ import annotations

import os
import select
import sys
from typing import Any

from lessons.course import Course
from tui.plain.asking import Asker
from tui.plain.reader import PlainReader
from tui.plain.talk import PROMPT, Talk
from tui.progress import CONFIDENCES, Answer
from tui.session import Session
from tui.telling.lines import wrapped
from tui.workshop.session.asking import HELD, LET_GO, RoomLine, ServerStore, seen
from tui.workshop.session.ballot import SEEN, Ballot, question_in

PIECE = 4_096
MOST_TYPED = 65_536
"""Bytes of a line; what is longer, nobody has typed."""
SURE = ", ".join(f"{number} {words}" for number, words in enumerate(CONFIDENCES, start=1))


class RoomTalk(Talk):
    """A conversation on the terminal of this process, with a third voice.

    Args:
        course: The course.
        room: The line to the room.

    """

    def __init__(self, course: Course, room: RoomLine) -> None:
        super().__init__(self.line, self.show)
        self.reader: PlainReader | None = None
        self._course = course
        self._room = room
        self._typed = b""
        self._listening = True
        self._ballot: Ballot | None = None

    def show(self, text: str) -> None:
        """Show a text at once."""
        sys.stdout.write(text)
        sys.stdout.flush()

    def line(self) -> str:
        """Return the next line that is meant for the lesson; meanwhile, say what the room says.

        Raises:
            EOFError: nobody types any more, or the instructor has ended the session.

        """
        while True:
            while b"\n" not in self._typed and len(self._typed) < MOST_TYPED:
                self._wait()
            typed, _, self._typed = self._typed.partition(b"\n")
            text = typed.decode("utf-8", "replace")
            if not self._voted(text.split()):
                return text
            self.show(PROMPT)

    def _wait(self) -> None:
        readable, _, _ = select.select([0] + [self._room.file] * self._listening, [], [])
        if 0 in readable:
            data = os.read(0, PIECE)
            if not data:
                raise EOFError
            self._typed += data
        if self._room.file in readable:
            try:
                said = [*self._room.heard()]
            except OSError:
                self._listening = False
                return
            for each in said:
                self._hear(each)
            if said:
                self.show(PROMPT)

    def _hear(self, said: dict[str, Any]) -> None:
        match said["do"]:
            case "say":
                self.say(["", *wrapped(f"To everyone: {said['text']}")])
            case "hold":
                assert self.reader
                self.say(["", HELD if said["screen"] else LET_GO])
                self.reader.hold(said["screen"] or "")
            case "vote":
                self._vote_changed(Ballot.of(said))
            case "end":
                raise EOFError

    def _vote_changed(self, ballot: Ballot) -> None:
        before, self._ballot = self._ballot, ballot if ballot.open else None
        question = question_in(self._course, ballot.screen, ballot.question)
        if not ballot.open:
            self.say(["", "The vote is closed."] if before else [])
        elif question and self.reader:
            asker = Asker(self._course, ballot.screen, self.reader.session)
            what = "A vote:" if ballot.round == 1 else f"Vote number {ballot.round}, after discussion:"
            self.say(["", what, *asker.blocks(question.prompt), *asker.numbered(question.choices)])
            self.say(wrapped(f"Type v, the number, and how sure you are ({SURE}). For example: v 2 3"))
            self.say(wrapped(SEEN))

    def _voted(self, words: list[str]) -> bool:
        """Take a vote, if these words are one."""
        if self._ballot is None or not words or words[0].lower() not in ("v", "vote"):
            return False
        question = question_in(self._course, self._ballot.screen, self._ballot.question)
        numbers = [int(word) if word.isdecimal() else 0 for word in words[1:]]
        most = len(question.choices) if question else 0
        if question is None or not 1 <= len(numbers) <= 2 or not 1 <= numbers[0] <= most:
            self.say([f"Type v, a number from 1 to {most}, and how sure you are ({SURE}): v 2 3"])
            return True
        sure = numbers[1] if len(numbers) == 2 and 1 <= numbers[1] <= len(CONFIDENCES) else 0
        answer = Answer(question.choices[numbers[0] - 1].slug, CONFIDENCES[sure - 1] if sure else None)
        self._ballot = self._ballot.filled(answer)
        self._room.say(self._ballot.vote())
        self.say([f"Your vote is in: {numbers[0]}{f', {answer.confidence}' if sure else ''}."])
        return True


def take_by_lines(course: Course, session: Session, room: RoomLine) -> None:
    """Take the course line by line, on the terminal of this process."""
    talk = RoomTalk(course, room)
    talk.reader = PlainReader(course, session, talk)
    if isinstance(session.store, ServerStore):
        talk.say(wrapped(seen(session.store.name)))
    talk.reader.run(recall=True)
