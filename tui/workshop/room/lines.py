"""The values of a room as the lines between server and room say them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from tui.progress import CONFIDENCES, Answer
from tui.workshop.room.values import Learner, Round, Vote


def learner_out(learner: Learner) -> dict[str, Any]:
    """Return a learner as a line says it."""
    return {
        "name": learner.name,
        "key": learner.key,
        "here": learner.here,
        "screen": learner.screen,
        "page": learner.page,
        "since": learner.since,
        "answers": {key: vars(answer) for key, answer in learner.answers.items()},
        "finished": sorted(learner.finished),
    }


def learner_in(data: object) -> Learner:
    """Return the learner that a line says.

    Raises:
        ValueError: it says none.

    """
    if not isinstance(data, dict):
        raise ValueError("a learner is no table")
    answers = {str(key): _answer(each) for key, each in table_in(data, "answers").items()}
    return Learner(
        text_in(data, "key"),
        text_in(data, "name"),
        data.get("here") is True,
        optional_text(data, "screen") or "",
        int(number_in(data, "page")),
        number_in(data, "since"),
        answers,
        frozenset(each for each in list_in(data, "finished") if isinstance(each, str)),
    )


def vote_out(vote: Vote) -> dict[str, Any]:
    """Return a vote as a line says it."""
    return {
        "id": vote.id,
        "screen": vote.screen,
        "question": vote.question,
        "rounds": [
            {
                "open": each.open,
                "opened": each.opened,
                "closed": each.closed,
                "given": {
                    key: {"choice": answer.choice, "confidence": answer.confidence}
                    for key, answer in each.given.items()
                },
            }
            for each in vote.rounds
        ],
    }


def vote_in(data: object) -> Vote:
    """Return the vote that a line says.

    Raises:
        ValueError: it says none.

    """
    if not isinstance(data, dict):
        raise ValueError("a vote is no table")
    rounds = [_round(each) for each in list_in(data, "rounds")]
    if not rounds or any(each.open for each in rounds[:-1]):
        raise ValueError("a vote has rounds, and only its last one is open")
    return Vote(int(number_in(data, "id")), text_in(data, "screen"), text_in(data, "question"), rounds)


def _round(data: object) -> Round:
    if not isinstance(data, dict):
        raise ValueError("a round is no table")
    given = {str(key): _answer(each) for key, each in table_in(data, "given").items()}
    if any(answer.choice is None for answer in given.values()):
        raise ValueError("a vote for nothing")
    closed = None if data.get("closed") is None else number_in(data, "closed")
    return Round(number_in(data, "opened"), closed, given)


def _answer(data: object) -> Answer:
    if not isinstance(data, dict):
        raise ValueError("an answer is no table")
    sure = optional_text(data, "confidence")
    return Answer(
        optional_text(data, "choice"),
        sure if sure in CONFIDENCES else None,
        data.get("looked") is True,
        data.get("late") is True,
    )


def stays_in(data: object) -> dict[str, dict[str, float]]:
    """Return the seconds that a line says, by screen and learner's key.

    Raises:
        ValueError: it says none.

    """
    if not isinstance(data, dict):
        raise ValueError("stays are no table")
    return {
        str(screen): {str(key): number_in(table_in(data, screen), key) for key in table_in(data, screen)}
        for screen in data
    }


def table_in(data: Mapping[str, object], name: str) -> Mapping[str, object]:
    """Return a table of a table, or raise ValueError."""
    found = data.get(name)
    if not isinstance(found, dict):
        raise ValueError(f"{name} is no table")
    return found


def list_in(data: Mapping[str, object], name: str) -> list[object]:
    """Return a list of a table, or raise ValueError."""
    found = data.get(name)
    if not isinstance(found, list):
        raise ValueError(f"{name} is no list")
    return found


def text_in(data: Mapping[str, object], name: str) -> str:
    """Return a text of a table, or raise ValueError."""
    found = data.get(name)
    if not isinstance(found, str) or not found:
        raise ValueError(f"{name} is no text")
    return found


def optional_text(data: Mapping[str, object], name: str) -> str | None:
    """Return a text of a table or None, or raise ValueError."""
    found = data.get(name)
    if found is not None and not isinstance(found, str):
        raise ValueError(f"{name} is no text")
    return found


def number_in(data: Mapping[str, object], name: str) -> float:
    """Return a number of a table, or raise ValueError."""
    found = data.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        raise ValueError(f"{name} is no number")
    return float(found)
