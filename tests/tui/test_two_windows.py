"""Two windows on one file: nothing answered is lost, and nothing that was reset comes back."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tui import store
from tui.files import locked
from tui.session import Answer, Progress, open_session
from tui.store import FileStore

COURSE = "zero-init"
SCREENS = ("a", "b")
KEYS = [("a", "one"), ("b", "one"), ("b", "two")]
windows = st.sampled_from([0, 1])
keys = st.sampled_from(KEYS)
choices = st.sampled_from(["x", "y"])


class TwoWindows(RuleBasedStateMachine):
    """Two sessions on one file; a dictionary knows what was last answered, and when that was reset."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "p.json"
        self.sessions = [open_session(COURSE, self.path) for _ in range(2)]
        self.answers: dict[str, str] = {}
        self.unwritten: list[dict[str, str]] = [{}, {}]
        self.hints: dict[str, int] = {}
        self.full = False

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def written(self, window: int) -> None:
        if not self.full:
            self.answers |= self.unwritten[window]
            self.unwritten[window] = {}
        assert self.sessions[window].saved != self.full

    @rule(window=windows, key=keys, choice=choices)
    def answer(self, window: int, key: tuple[str, str], choice: str) -> None:
        self.unwritten[window]["/".join(key)] = choice
        with self.disk():
            kept = self.sessions[window].give(*key, Answer(choice))
        assert kept.choice == choice
        self.written(window)

    @rule(window=windows, key=keys)
    def skip(self, window: int, key: tuple[str, str]) -> None:
        self.sessions[window].skip(*key)

    @rule(window=windows)
    def save(self, window: int) -> None:
        with self.disk():
            self.sessions[window].save()
        self.written(window)

    @rule(window=windows)
    def start_again(self, window: int) -> None:
        if not self.unwritten[window]:
            self.sessions[window] = open_session(COURSE, self.path)

    @rule(screen=st.sampled_from(SCREENS))
    def reset(self, screen: str) -> None:
        if not self.full and self.path.exists():
            FileStore(COURSE, self.path).update(lambda there: there.without([screen]))  # type: ignore[union-attr]
            self.answers = {k: c for k, c in self.answers.items() if not k.startswith(f"{screen}/")}

    @rule()
    def the_disk_fills_or_empties(self) -> None:
        self.full = not self.full

    @rule(window=windows)
    def the_file_is_damaged(self, window: int) -> None:
        if self.path.exists() and not any(self.unwritten) and not self.full:
            for session in self.sessions:
                session.save()  # so that both know all of it
            self.path.write_text("{")
            self.sessions[window].save()

    @contextmanager
    def disk(self) -> Iterator[None]:
        def write(descriptor: int) -> None:
            if self.full:
                raise OSError(28, "No space left on device")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", write)
            yield

    @invariant()
    def every_answer_is_there(self) -> None:
        if hasattr(self, "path") and (there := FileStore(COURSE, self.path).read()):
            assert {k: a.choice for k, a in there.answers.items() if a.choice} == self.answers


TestTwoWindows = TwoWindows.TestCase
TestTwoWindows.settings = settings(max_examples=150, stateful_step_count=20)


def give_many(path: Path, screen: str, count: int) -> None:
    # Three that never pause can keep one of them waiting for longer than people would.
    store.PATIENCE = 60
    session = open_session(COURSE, path)
    for number in range(count):
        session.give(screen, f"q{number}", Answer("c"))
        assert session.note == ""


def test_two_processes_that_write_at_once(tmp_path: Path) -> None:
    path, count = tmp_path / "state" / "p.json", 60
    fork = multiprocessing.get_context("spawn")
    processes = [fork.Process(target=give_many, args=(path, screen, count)) for screen in ("a", "b", "c")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    there = FileStore(COURSE, path).read()
    assert there is not None
    assert set(there.answers) == {
        f"{screen}/q{number}" for screen in ("a", "b", "c") for number in range(count)
    }


def test_a_window_that_holds_the_lock_for_ever_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    session = open_session(COURSE, path)
    with locked(path, 0) as alone, locked(path, 0) as second:
        assert (alone, second) == (True, False)
        session.give("a", "one", Answer("x"))
        session.give("a", "two", Answer("y"))
    there = FileStore(COURSE, path).read()
    assert there is not None
    assert sorted(there.answers) == ["a/one", "a/two"]
    assert session.note == ""


def test_what_was_written_without_the_lock_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    session = open_session(COURSE, path)
    with locked(path, 0):
        session.give("a", "one", Answer("x"))
        # Whoever held the lock had read the file before, and now undoes the answer.
        path.write_text(Progress(COURSE).to_json())
    session.give("a", "two", Answer("y"))
    there = FileStore(COURSE, path).read()
    assert there is not None
    assert sorted(there.answers) == ["a/one", "a/two"]


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    path, target = tmp_path / "p.json", tmp_path / "precious"
    (tmp_path / ".p.json.lock").symlink_to(target)
    session = open_session(COURSE, path)
    session.give("a", "one", Answer("x"))
    assert session.saved
    assert not target.exists()


def test_what_another_window_answered_is_known_after_the_next_save(tmp_path: Path) -> None:
    one, other = (open_session(COURSE, tmp_path / "p.json") for _ in range(2))
    answers, answered = one.progress.answers, one.progress.answer
    other.give("a", "one", Answer("x"))
    one.save()
    assert answers == {"a/one": Answer("x")}
    assert answered("a", "one") == Answer("x")


def test_the_place_is_the_last_writers(tmp_path: Path) -> None:
    one, other = (open_session(COURSE, tmp_path / "p.json") for _ in range(2))
    for session, screen in ((one, "a"), (other, "b")):
        session.progress.screen = screen
        session.save()
    assert one.progress.screen == "a"
    assert open_session(COURSE, tmp_path / "p.json").progress.screen == "b"
