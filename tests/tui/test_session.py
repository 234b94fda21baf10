from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.looking import shown
from tui.app import LessonApp
from tui.session import CONFIDENCES, Answer, Progress, open_session, progress_path

NewApp = Callable[..., LessonApp]
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
answers = st.builds(
    Answer, st.none() | slugs, st.sampled_from([None, *CONFIDENCES]), st.booleans(), st.booleans()
)
progresses = st.builds(
    Progress,
    st.just("zero-init"),
    slugs,
    st.integers(0, 9),
    st.dictionaries(st.builds("{}/{}".format, slugs, slugs), answers, max_size=5),
    st.sets(slugs, max_size=5),
)


@given(progresses)
def test_what_is_written_is_read_again(progress: Progress) -> None:
    assert Progress.from_json(progress.to_json(), "zero-init") == progress


async def test_a_new_start_goes_on_where_the_last_one_was_left(new_app: NewApp, progress_file: Path) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "enter", "3", "enter", "right", "right", "q")
    again = new_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "page 3/4" in shown(again)
        assert "✓ Right. You predicted (certain): None of them" in shown(again)
        await pilot.press("left", "left")
        await pilot.pause()
        assert "Your prediction is kept (certain)" in shown(again)
    assert stat.S_IMODE(progress_file.stat().st_mode) == 0o600, "predictions are private"


async def test_an_answer_is_kept_the_moment_it_is_given(new_app: NewApp, progress_file: Path) -> None:
    app = new_app("the-explanation")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "enter", "1", "enter")
        await pilot.pause()
        kept = json.loads(progress_file.read_text())
    assert kept["answers"]["the-explanation/does-it-follow"] == {
        "choice": "no-at-one-half-the-losses-are-not-really-the-sam",
        "confidence": "a guess",
        "looked": False,
        "late": False,
    }
    assert files_beside(progress_file) == ["zero-init.json"]


def files_beside(path: Path) -> list[str]:
    """Return the names of the files in its folder but for the lock."""
    return sorted(each.name for each in path.parent.iterdir() if not each.name.endswith(".lock"))


def with_(key: str, value: object) -> bytes:
    """Return a progress file in which one value is wrong."""
    whole = {"format": 1, "course": "zero-init", "screen": "x", "page": 0, "answers": {}, "finished": []}
    assert key in whole
    return json.dumps({**whole, key: value}).encode()


BROKEN = {
    "empty": b"",
    "no json": b"{",
    "not text": b"\xff\xfe\x00",
    "another program's": b'{"theme": "dark"}',
    "a list": b"[]",
    "of another course": b'{"format": 1, "course": "other"}',
    "of a later format": b'{"format": 2, "course": "zero-init"}',
    "nested": b"[" * 100_000,
    "a huge number": b'{"format": ' + b"9" * 5000 + b"}",
    "page below zero": with_("page", -1),
    "page no number": with_("page", True),
    "no answers": with_("answers", []),
    "bad answer": with_("answers", {"a/b": 3}),
    "bad confidence": with_("answers", {"a/b": {"choice": "c", "confidence": ["x"]}}),
    "bad looked": with_("answers", {"a/b": {"choice": "c", "looked": 1}}),
    "bad finished": with_("finished", [[]]),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_or_foreign_file_is_kept_aside(progress_file: Path, content: bytes) -> None:
    progress_file.parent.mkdir()
    for number in (1, 2):
        progress_file.write_bytes(content)
        session = open_session("zero-init", progress_file)
        aside = progress_file.with_name(f"zero-init.kept-{number}.json")
        assert aside.read_bytes() == content
        assert str(aside) in session.note
        session.save()
        assert session.note == ""
    assert open_session("zero-init", progress_file).progress == Progress("zero-init")


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=5), st.data())
def test_any_damage_to_a_file_is_an_error_or_progress(value: object, data: st.DataObject) -> None:
    whole = json.loads(Progress("zero-init", "a", 1, {"a/b": Answer("c")}, {"a"}).to_json())
    whole[data.draw(st.sampled_from(sorted(whole)))] = value
    try:
        progress = Progress.from_json(json.dumps(whole), "zero-init")
    except ValueError:
        return
    assert Progress.from_json(progress.to_json(), "zero-init") == progress


async def test_a_folder_that_cannot_be_made_is_said_and_the_lesson_goes_on(
    new_app: NewApp, progress_file: Path
) -> None:
    progress_file.parent.write_text("a file where the folder should be")
    app = new_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("right")
        await pilot.pause(0.1)
        assert "Your progress is not kept" in shown(app)
        await pilot.press("3", "enter", "3", "enter", "right", "right")
        await pilot.pause()
        assert "Right. You predicted (certain)" in " ".join(shown(app).split())
    assert progress_file.parent.read_text() == "a file where the folder should be"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_loses_nothing(progress_file: Path) -> None:
    progress_file.parent.mkdir()
    progress_file.write_text("{")
    progress_file.parent.chmod(0o500)
    try:
        session = open_session("zero-init", progress_file)
        assert "Your progress is not kept" in session.note
        session.save()
        assert progress_file.read_text() == "{"
    finally:
        progress_file.parent.chmod(0o700)


def test_a_full_disk_loses_nothing(progress_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session("zero-init", progress_file)
    session.save()
    before = progress_file.read_text()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    session.progress.screen = "later"
    session.save()
    assert "No space left on device" in session.note
    assert progress_file.read_text() == before
    assert files_beside(progress_file) == ["zero-init.json"]


def test_the_file_is_in_the_state_folder_of_the_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = progress_path("zero-init")
    assert path is not None
    assert path.name == "zero-init.json"
    assert path.parent.name == "initlesson"


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_left_alone(progress_file: Path, kind: str) -> None:
    progress_file.parent.mkdir()
    if kind == "folder":
        progress_file.mkdir()
    else:
        os.mkfifo(progress_file)
    session = open_session("zero-init", progress_file)
    assert "Your progress is not kept" in session.note
    session.save()
    assert progress_file.is_dir() == (kind == "folder")
    assert progress_file.is_fifo() == (kind == "pipe")


def test_a_user_without_a_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home(*names: str, **options: bool) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("platformdirs.user_state_path", no_home)
    assert progress_path("zero-init") is None
    assert "you have no home folder" in open_session("zero-init", None).note


def test_a_link_stays_a_link(progress_file: Path) -> None:
    progress_file.parent.mkdir()
    elsewhere = progress_file.parent.parent / "elsewhere.json"
    elsewhere.write_text(Progress("zero-init", "welcome").to_json())
    progress_file.symlink_to(elsewhere)
    session = open_session("zero-init", progress_file)
    session.progress.page = 3
    session.save()
    assert progress_file.is_symlink()
    assert open_session("zero-init", elsewhere).progress.page == 3


@pytest.mark.parametrize("keys", [["q"], ["left"], ["m", "escape", "q"], ["m", "up", "enter", "q"]])
async def test_a_choice_is_kept_however_the_page_is_left(new_app: NewApp, keys: list[str]) -> None:
    app = new_app("the-symptom")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "enter", *keys)
    kept = new_app().session.progress.answer("the-symptom", "weights-moved")
    assert kept == Answer("none-of-them")
