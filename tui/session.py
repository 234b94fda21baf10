"""A learner at work: what they have done so far, and writing it down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tui.progress import CONFIDENCES, Answer, Progress, merged
from tui.store import FileStore, Store, progress_path

__all__ = ["CONFIDENCES", "Answer", "Progress", "Session", "open_session", "progress_path"]


@dataclass
class Session:
    """Progress, and where it is kept.

    Attributes:
        progress: What is known of the learner.
        store: Where it is kept, or None if nothing is.
        note: What the learner must know about that, or "".
        saved: Whether all of it was written down, as far as it is kept at all.

    """

    progress: Progress
    store: Store | None = None
    note: str = ""
    saved: bool = True

    def __post_init__(self) -> None:
        self._known = self.progress.copy()

    def take_up(self, store: Store) -> bool:
        """Go on as the learner whose progress a store keeps, and say whether there is any.

        Who is in the middle of the course keeps their tables: widgets have them in hand.

        Args:
            store: Where the progress is kept from now on.

        """
        self.store = store
        try:
            there = store.load()
        except OSError as error:
            self.note, self.saved = store.trouble(error, "read"), False
            return False
        self.note = store.note
        if there is None:
            return False
        mine = self.progress
        mine.screen, mine.page = there.screen, there.page
        mine.finished, mine.fresh = set(there.finished), set(there.fresh)
        mine.answers.update(there.answers)
        mine.hints.update(there.hints)
        self._known = there
        return True

    @property
    def where(self) -> str:
        """Where the progress is kept, as a learner reads it."""
        return self.store.where if self.store else "not kept"

    @property
    def promise(self) -> str:
        """What a learner may rely on, in a sentence."""
        if self.store and self.saved:
            return "Your place and your answers are kept."
        return self.note or "Nothing is kept."

    def give(self, screen: str, question: str, answer: Answer) -> Answer:
        """Write an answer down at once, and return it as it was kept."""
        key = f"{screen}/{question}"
        before = self.progress.answers.get(key)
        # Some may be answered again and again: only what was left without any answer is late.
        late = before is not None and (before.late or before.choice is None)
        kept = self.progress.answers[key] = replace(answer, late=late)
        if self._known.answers.get(key) == kept:
            # It counts as new all the same, lest it was reset elsewhere in between.
            del self._known.answers[key]
        if kept.choice is not None:
            self.progress.fresh.add(key)
            self._known.fresh.discard(key)
        self.save()
        return self.progress.answers[key]

    def skip(self, screen: str, question: str) -> None:
        """Remember, for the next save, that a question was left without an answer."""
        self.progress.answers.setdefault(f"{screen}/{question}", Answer(None))

    def take_hint(self, screen: str, question: str, count: int) -> None:
        """Write down at once how many hints of a question have been taken."""
        self.progress.hints[f"{screen}/{question}"] = count
        self.save()

    def save(self) -> None:
        """Write down what changed since the last time, and learn what other windows have written.

        If that fails, `note` says so, the lesson goes on, and the next save tries again with all of it.
        """
        if self.store is None:
            return
        try:
            there = self.store.update(lambda there: merged(there, self._known, self.progress))
        except OSError as error:
            self.note, self.saved = self.store.trouble(error), False
            return
        self.note, self.saved = self.store.note, True
        if self.store.certain:
            self._known = there
        # Whoever has these tables in hand sees what is new in them.
        for mine, now in (
            (self.progress.answers, there.answers),
            (self.progress.hints, there.hints),
        ):
            mine.clear()
            mine.update(now)  # type: ignore[arg-type]
        self.progress.finished, self.progress.fresh = set(there.finished), set(there.fresh)


def open_session(course: str, kept: Path | Store | None) -> Session:
    """Return the session that a file or another store keeps, or a new one.

    Args:
        course: Slug of the course.
        kept: Where the progress is kept; None for a user without a home.

    """
    if kept is None:
        return Session(Progress(course), note=NO_HOME)
    store = FileStore(course, kept) if isinstance(kept, Path) else kept
    try:
        return Session(store.load() or Progress(course), store, store.note)
    except OSError as error:
        return Session(Progress(course), store, store.trouble(error, "read"), saved=False)


NO_HOME = "Your progress is not kept: you have no home folder. Set XDG_STATE_HOME to a folder."
