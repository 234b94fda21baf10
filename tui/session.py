"""Where the learner is and what they answered: plain data, and the file that keeps it."""

from __future__ import annotations

import errno
import json
import stat
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tui.files import replace_file

FORMAT = 1
MAX_BYTES = 1024 * 1024
CONFIDENCES = ("a guess", "fairly sure", "certain")


@dataclass(frozen=True)
class Answer:
    """What a learner did with a question.

    Attributes:
        choice: Slug of the chosen answer; None if they skipped the question or looked at its answer.
        confidence: One of `CONFIDENCES`, or None where it was not asked or not given.
        looked: Whether they looked at the answer instead of choosing one.
        late: Whether they answered after they had gone on without an answer.

    """

    choice: str | None
    confidence: str | None = None
    looked: bool = False
    late: bool = False


@dataclass
class Progress:
    """A learner's progress through one course; every key is a slug, never an index.

    Attributes:
        course: Slug of the course.
        screen: Slug of the screen that is open, or "" at the very beginning.
        page: The page of that screen, from 0.
        answers: By "screen/question".
        finished: Screens whose last page was reached.
        fresh: Keys of the answers about which the learner has not been asked again at a later start.

    """

    course: str
    screen: str = ""
    page: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)

    def answer(self, screen: str, question: str) -> Answer | None:
        """Return the answer to a question, or None if it was never met."""
        return self.answers.get(f"{screen}/{question}")

    def to_json(self) -> str:
        """Return the progress as JSON text."""
        return json.dumps(
            {
                "format": FORMAT,
                "course": self.course,
                "screen": self.screen,
                "page": self.page,
                "answers": {key: asdict(answer) for key, answer in sorted(self.answers.items())},
                "finished": sorted(self.finished),
                "fresh": sorted(self.fresh),
            },
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str, course: str) -> Progress:
        """Return the progress that a text holds.

        Raises:
            ValueError: it is not the progress of this course in this format.

        """
        try:
            data = json.loads(text)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("course") != course:
            raise ValueError("not the progress of this course")
        screen, page = data.get("screen"), data.get("page")
        answers, finished = data.get("answers"), data.get("finished")
        if not isinstance(screen, str) or type(page) is not int or page < 0:
            raise ValueError("no place")
        if not isinstance(answers, dict) or not isinstance(finished, list):
            raise ValueError("no answers")
        # A file from before there were fresh answers: nobody has been asked about any of them.
        fresh = data.get("fresh", list(answers))
        if not isinstance(fresh, list):
            raise ValueError("no list of fresh answers")
        if not all(isinstance(slug, str) for slug in (*finished, *fresh)):
            raise ValueError("a finished screen, or a fresh answer, is no text")
        return cls(
            course,
            screen,
            page,
            {key: _answer(value) for key, value in answers.items()},
            set(finished),
            set(fresh),
        )


def _answer(value: object) -> Answer:
    if not isinstance(value, dict):
        raise ValueError("an answer is no table")
    choice, confidence = value.get("choice"), value.get("confidence")
    if not (choice is None or isinstance(choice, str)):
        raise ValueError("a choice is no text")
    if confidence not in (None, *CONFIDENCES):
        raise ValueError("an unknown confidence")
    looked, late = value.get("looked", False), value.get("late", False)
    if not isinstance(looked, bool) or not isinstance(late, bool):
        raise ValueError("looked and late are true or false")
    return Answer(choice, confidence, looked, late)


@dataclass
class Session:
    """Progress, and where it is kept.

    Attributes:
        progress: What is known of the learner.
        path: The file, or None if nothing is kept.
        note: What the learner must know about the file, or "".

    """

    progress: Progress
    path: Path | None
    note: str = ""

    def save(self) -> None:
        """Write the progress at once, so that the file is always whole: the old one or the new one.

        A file that cannot be written sets `note`; the lesson goes on.
        """
        if self.path is None:
            return
        try:
            replace_file(self.path, self.progress.to_json())
        except OSError as error:
            self.note = _not_kept(self.path, error)
        else:
            self.note = ""


def _not_kept(path: Path, error: Exception) -> str:
    return (
        f"Your progress is not kept: {path} cannot be written ({getattr(error, 'strerror', None) or error}). "
        "Set XDG_STATE_HOME to a folder that you can write to."
    )


def progress_path(course: str) -> Path | None:
    """Return the file in which the progress through a course is kept; None for a user without a home."""
    from platformdirs import user_state_path

    try:
        return user_state_path("initlesson", appauthor=False) / f"{course}.json"
    except RuntimeError:
        return None


def open_session(course: str, path: Path | None) -> Session:
    """Return the session that a file keeps, or a new one.

    A file that is broken, or of something else, is kept aside under another name and never overwritten.
    """
    fresh = Session(Progress(course), path)
    if path is None:
        fresh.note = "Your progress is not kept: you have no home folder. Set XDG_STATE_HOME to a folder."
        return fresh
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not a file")
        if about.st_size > MAX_BYTES:
            raise ValueError("too large")
        return Session(Progress.from_json(path.read_text(encoding="utf-8"), course), path)
    except (FileNotFoundError, NotADirectoryError):
        return fresh
    except ValueError:
        return _keep_aside(fresh, path)
    except OSError as error:
        return Session(Progress(course), None, _not_kept(path, error).replace("written", "read"))


def _keep_aside(fresh: Session, path: Path) -> Session:
    number = 1
    while (aside := path.with_name(f"{path.stem}.kept-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        return Session(fresh.progress, None, _not_kept(path, error))
    fresh.note = f"{path.name} was not the progress of this course. It is kept as {aside}. You start anew."
    return fresh
