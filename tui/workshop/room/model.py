"""The room: who is where, what the instructor did, and the votes. Plain data: no clock, no input or output.

The server changes a room by `do` and `give`; whoever watches it learns of that through `apply`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tui.progress import CONFIDENCES, Answer
from tui.workshop.room.lines import (
    learner_in,
    learner_out,
    list_in,
    number_in,
    optional_text,
    stays_in,
    table_in,
    text_in,
    vote_in,
    vote_out,
)
from tui.workshop.room.values import Learner, Round, Vote

FORMAT = 1
MOST_TEXT = 200
"""Characters of a line to everyone."""
NOBODY = -1


@dataclass
class Room:
    """A class at work.

    Attributes:
        course: Slug of the course.
        learners: Everyone who has come, by key, in the order in which they came.
        hold: Slug of the screen on which all are kept, or None.
        message: The last line to everyone, or "".
        votes: The votes, in the order in which they were opened; only the last one can be open.
        stays: By screen and key, the longest stay of each learner who has left it, in seconds.

    """

    course: str = ""
    learners: dict[str, Learner] = field(default_factory=dict)
    hold: str | None = None
    message: str = ""
    votes: list[Vote] = field(default_factory=list)
    stays: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def here(self) -> list[Learner]:
        """Those who are here."""
        return [learner for learner in self.learners.values() if learner.here]

    @property
    def open_vote(self) -> Vote | None:
        """The vote that is open, or None."""
        return self.votes[-1] if self.votes and self.votes[-1].open else None

    def vote_on(self, screen: str, question: str) -> Vote | None:
        """Return the last vote on a question, or None."""
        asked = (screen, question)
        return next((vote for vote in reversed(self.votes) if (vote.screen, vote.question) == asked), None)

    def apply(self, line: Mapping[str, object], now: float) -> None:
        """Take what a server says; a line that cannot be understood changes nothing.

        Args:
            line: {"room": …} replaces all, {"learner": …} one learner, {"state": …} what the instructor did,
                {"given": …} adds one learner's vote.
            now: Seconds since 1970.

        Raises:
            ValueError: it is none of these.

        """
        if "room" in line:
            table = table_in(line, "room")
            learners = [learner_in(each) for each in list_in(table, "learners")]
            course = text_in(table, "course")
            stays = stays_in(table.get("stays", {}))
            self._take_state(table)
            self.course, self.stays = course, stays or self.stays
            for key in self.learners.keys() - {learner.key for learner in learners}:
                del self.learners[key]
            for learner in learners:
                self.take(learner, now)
        elif "learner" in line:
            self.take(learner_in(line["learner"]), now)
        elif "state" in line:
            self._take_state(table_in(line, "state"))
        elif "given" in line:
            table = table_in(line, "given")
            self.give(
                text_in(table, "key"),
                int(number_in(table, "vote")),
                int(number_in(table, "round")),
                Answer(text_in(table, "choice"), optional_text(table, "confidence")),
            )
        else:
            raise ValueError(f"no line of a room: {', '.join(sorted(line))[:80] or 'it is empty'}")

    def _take_state(self, table: Mapping[str, object]) -> None:
        hold, message = optional_text(table, "hold"), optional_text(table, "message") or ""
        votes = [vote_in(each) for each in list_in(table, "votes")]
        self.hold, self.message, self.votes = hold, message, votes

    def take(self, learner: Learner, now: float) -> None:
        """Take what is known of a learner now, and how long they stayed where they were, if they have moved.

        Args:
            learner: The learner.
            now: Seconds since 1970.

        """
        before = self.learners.get(learner.key)
        if before is not None and before.here:
            moved = (before.screen, before.since) != (learner.screen, learner.since)
            if moved or not learner.here:
                left = learner.since if moved and learner.here else now
                stays = self.stays.setdefault(before.screen, {})
                stays[learner.key] = max(stays.get(learner.key, 0.0), left - before.since)
        self.learners[learner.key] = learner

    def do(self, command: Mapping[str, object], now: float) -> None:
        """Do what an instructor asks for. Whether a screen or a question exists is for the caller to know.

        Args:
            command: {"do": "hold", "screen": …}, {"do": "say", "text": …}, {"do": "open-vote", "screen": …,
                "question": …}, {"do": "close-vote"} or {"do": "second-vote"}.
            now: Seconds since 1970.

        Raises:
            ValueError: it cannot be done; one sentence says why.

        """
        what = command.get("do")
        if what == "hold":
            self.hold = optional_text(command, "screen")
        elif what == "say":
            text = " ".join((optional_text(command, "text") or "").split())
            if len(text) > MOST_TEXT:
                raise ValueError(
                    f"A line to everyone has at most {MOST_TEXT} characters, this one {len(text)}."
                )
            self.message = text
        elif what == "open-vote":
            if self.open_vote:
                raise ValueError("A vote is open. Close it first.")
            screen, question = text_in(command, "screen"), text_in(command, "question")
            number = max((vote.id for vote in self.votes), default=0) + 1
            self.votes.append(Vote(number, screen, question, [Round(now)]))
        elif what == "close-vote":
            if self.open_vote is None:
                raise ValueError("No vote is open.")
            self.open_vote.rounds[-1].closed = now
        elif what == "second-vote":
            if not self.votes:
                raise ValueError("There was no vote yet. Open one first.")
            if self.open_vote:
                raise ValueError("A vote is open. Close it first.")
            self.votes[-1].rounds.append(Round(now))
        else:
            raise ValueError("The room does not know what to do. Are both programs of one version?")

    def give(self, key: str, vote: int, number: int, answer: Answer) -> None:
        """Take a learner's vote; a later one takes the place of an earlier one.

        Args:
            key: The learner's.
            vote: The vote's id.
            number: The round, from 1.
            answer: The choice, with its confidence.

        Raises:
            ValueError: that round is not open, or nothing was chosen.

        """
        there = self.open_vote
        if there is None or (there.id, len(there.rounds)) != (vote, number):
            raise ValueError("This vote is closed.")
        if not answer.choice:
            raise ValueError("Nothing was chosen.")
        sure = answer.confidence if answer.confidence in CONFIDENCES else None
        there.rounds[-1].given[key] = Answer(answer.choice, sure)

    def whole(self, now: float) -> dict[str, Any]:
        """Return the line that says all of the room."""
        learners = [learner_out(learner) for learner in self.learners.values()]
        return {
            "room": {
                "course": self.course,
                **self.state(now)["state"],
                "learners": learners,
                "stays": self.stays,
            }
        }

    def state(self, now: float) -> dict[str, Any]:
        """Return the line that says what the instructor did, and the votes."""
        votes = [vote_out(vote) for vote in self.votes]
        return {"state": {"hold": self.hold, "message": self.message, "votes": votes, "now": now}}

    def to_json(self) -> str:
        """Return what a room keeps by itself as JSON text, the learners not among it.

        Each choice and each learner stands there once: what is given takes three bytes a learner and round.
        """
        keys = sorted({key for vote in self.votes for each in vote.rounds for key in each.given})
        votes = []
        for vote in self.votes:
            choices = sorted(
                {each.choice for turn in vote.rounds for each in turn.given.values() if each.choice}
            )
            votes.append(
                {
                    "id": vote.id,
                    "screen": vote.screen,
                    "question": vote.question,
                    "choices": choices,
                    "rounds": [
                        {
                            "opened": turn.opened,
                            "closed": turn.closed,
                            "given": [_packed(turn.given.get(key), choices) for key in keys],
                        }
                        for turn in vote.rounds
                    ],
                }
            )
        data = {"format": FORMAT, "hold": self.hold, "message": self.message, "keys": keys, "votes": votes}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Room:
        """Return the room that `to_json` kept.

        Raises:
            ValueError: the text is no such room.

        """
        try:
            data = json.loads(text)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError("not a room that was kept")
        keys = [each for each in list_in(data, "keys") if isinstance(each, str)]
        votes = []
        for packed in list_in(data, "votes"):
            if not isinstance(packed, dict):
                raise ValueError("a vote is no table")
            choices = [each for each in list_in(packed, "choices") if isinstance(each, str)]
            rounds = []
            for turn in list_in(packed, "rounds"):
                if not isinstance(turn, dict):
                    raise ValueError("a round is no table")
                given = zip(keys, list_in(turn, "given"), strict=True)
                unpacked = {key: _unpacked(each, choices) for key, each in given if each != NOBODY}
                rounds.append({**turn, "open": turn.get("closed") is None, "given": unpacked})
            votes.append(vote_in({**packed, "rounds": rounds}))
        message = optional_text(data, "message") or ""
        return cls(hold=optional_text(data, "hold"), message=message, votes=votes)


def _packed(answer: Answer | None, choices: list[str]) -> int:
    if answer is None or answer.choice is None:
        return NOBODY
    sure = 0 if answer.confidence is None else 1 + CONFIDENCES.index(answer.confidence)
    return choices.index(answer.choice) * (1 + len(CONFIDENCES)) + sure


def _unpacked(packed: object, choices: list[str]) -> dict[str, str | None]:
    if type(packed) is not int or not 0 <= packed < len(choices) * (1 + len(CONFIDENCES)):
        raise ValueError("a vote for no choice")
    choice, sure = divmod(packed, 1 + len(CONFIDENCES))
    return {"choice": choices[choice], "confidence": CONFIDENCES[sure - 1] if sure else None}
