"""The day written down: what each learner did, as CSV and as JSON.

Names come from learners: in CSV a text that a spreadsheet would take for a formula (it begins with = + - @,
their full-width twins, a tab or a carriage return) gets an apostrophe before it, and control characters
become blanks. In JSON names stand as they are.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lessons.model import plain
from tui.files import replace_file
from tui.progress import Answer
from tui.workshop.room.desk import Desk
from tui.workshop.room.splits import before_and_after, shift, sources, split

FORMAT = 1
FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a formula begins with."""
UNPRINTED = ("Cc", "Cs", "Zl", "Zp")
LEARNERS = ("learner", "here", "screen", "page", "since", "finished", "answered")
ANSWERS = (
    "learner",
    "screen",
    "question",
    "source",
    "round",
    "choice",
    "right",
    "confidence",
    "looked",
    "late",
)
MARK = "\ufeff"
"""What tells a spreadsheet that a file is UTF-8: without it, Zoë is often Zoë."""


def exported(desk: Desk) -> dict[str, str]:
    """Return the texts of the files by how their names end; names are hidden there as on the screen."""
    return {
        "learners.csv": _csv(LEARNERS, _learners(desk)),
        "answers.csv": _csv(ANSWERS, _answers(desk)),
        "room.json": json.dumps(_room(desk), ensure_ascii=False, indent=1) + "\n",
    }


def write(texts: dict[str, str], folder: Path, now: float) -> list[Path]:
    """Write the files, each of them whole, for the user alone; their names are date, time and what they hold.

    Raises:
        OSError: one cannot be written.

    """
    moment = datetime.fromtimestamp(now).strftime("%Y-%m-%d-%H%M%S")
    paths = [folder / f"{moment}-{end}" for end in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        # What came from the network may hold halves of characters, which no file can.
        mark = MARK * (path.suffix == ".csv")
        replace_file(path, mark + text.encode(errors="replace").decode())
    return paths


def cell(value: object) -> str:
    """Return a cell of CSV that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    clean = "".join(" " if unicodedata.category(char) in UNPRINTED else char for char in value)
    formula = value.startswith(FORMULA) or clean.lstrip(" ").startswith(FORMULA)
    return f"'{clean}" if formula else clean


def _csv(heading: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _learners(desk: Desk) -> Iterator[Sequence[object]]:
    for each in desk.room.learners.values():
        answered = sum(answer.choice is not None for answer in each.answers.values())
        since = _moment(each.since)
        yield desk.name(each), each.here, each.screen, each.page + 1, since, len(each.finished), answered


def _answers(desk: Desk) -> Iterator[Sequence[object]]:
    def row(key: str, name: str, source: str, number: int | None, answer: Answer) -> Sequence[object]:
        screen, _, question = key.partition("/")
        return (
            name, screen, question, source, number,
            answer.choice, _right(desk, key, answer), answer.confidence, answer.looked, answer.late,
        )  # fmt: skip

    for each in desk.room.learners.values():
        for key, answer in sorted(each.answers.items()):
            yield row(key, desk.name(each), "lesson", None, answer)
    for vote in desk.room.votes:
        for number, turn in enumerate(vote.rounds, start=1):
            for who, answer in turn.given.items():
                yield row(
                    f"{vote.screen}/{vote.question}", desk.name_of(who), f"vote {vote.id}", number, answer
                )


def _right(desk: Desk, key: str, answer: Answer) -> bool | None:
    """Return whether an answer is right, or None where it is no choice of a question."""
    question = desk.question_of(key)
    choice = question.choice(answer.choice) if question and answer.choice else None
    return None if choice is None else choice.right


def _room(desk: Desk) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "course": desk.course.slug,
        "written": _moment(desk.clock()),
        "names_hidden": desk.hidden,
        "learners": [
            {
                "learner": desk.name(each),
                "here": each.here,
                "screen": each.screen,
                "page": each.page + 1,
                "since": _moment(each.since),
                "finished": sorted(each.finished),
                "answers": {key: vars(answer) for key, answer in sorted(each.answers.items())},
            }
            for each in desk.room.learners.values()
        ],
        "votes": [
            {
                "vote": vote.id,
                "screen": vote.screen,
                "question": vote.question,
                "rounds": [
                    {
                        "opened": _moment(turn.opened),
                        "closed": _moment(turn.closed),
                        "given": [
                            {
                                "learner": desk.name_of(key),
                                "choice": each.choice,
                                "confidence": each.confidence,
                            }
                            for key, each in turn.given.items()
                        ],
                    }
                    for turn in vote.rounds
                ],
            }
            for vote in desk.room.votes
        ],
        "questions": list(_questions(desk)),
    }


def _questions(desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield how each question that was answered is split, and who moved from which choice to which."""
    keys = {key for each in desk.room.learners.values() for key in each.answers}
    keys |= {f"{vote.screen}/{vote.question}" for vote in desk.room.votes}
    for key in sorted(keys):
        question = desk.question_of(key)
        if question is None:
            continue
        every = sources(desk.room, key.partition("/")[0], question.slug)
        compared = before_and_after(every)
        moved = shift(compared[0].given, compared[1].given) if len(compared) == 2 else {}
        yield {
            "question": key,
            "right": question.right.slug,
            "choices": {choice.slug: plain(choice.spans) for choice in question.choices},
            "splits": [
                {
                    "source": source.name,
                    "counts": {
                        choice: {sure or "not said": count for sure, count in counts.items()}
                        for choice, counts in split(source.given, question).counts.items()
                    },
                }
                for source in every
            ],
            "shift": [
                {"from": first, "to": then, "count": count} for (first, then), count in sorted(moved.items())
            ],
        }
