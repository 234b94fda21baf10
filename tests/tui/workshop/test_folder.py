"""A class in a folder, in all that can happen to files."""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tui.workshop.names import file_stem
from tui.workshop.store import folder as folder_module
from tui.workshop.store.folder import FolderKeeping
from tui.workshop.store.keeping import Document, KeepingError

ADA = Document("learner", "ada", "Ada", '{"screen": "the-ledger"}')


@pytest.fixture
async def keeping(tmp_path: Path) -> FolderKeeping:
    keeping = FolderKeeping(tmp_path / "class")
    await keeping.open()
    return keeping


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk of 64 KiB."""
    path = tmp_path / "disk"
    path.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path], capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {made.stderr.strip()}")
    yield path
    subprocess.run(["umount", path], check=True)


def file_of(keeping: FolderKeeping, key: str = "ada") -> Path:
    return keeping.folder / "learners" / f"{file_stem(key)}.json"


async def refused(keeping: FolderKeeping, document: Document) -> KeepingError:
    """Return why a document cannot be kept: in one sentence without a path."""
    with pytest.raises(KeepingError) as error:
        await keeping.replace(document)
    said = str(error.value)
    assert said.startswith("Your answers cannot be kept for now: ")
    assert said.endswith(".")
    assert str(keeping.folder) not in said
    assert str(keeping.folder) in error.value.detail
    return error.value


async def test_a_file_can_be_read_by_people_and_by_nobody_else(keeping: FolderKeeping) -> None:
    await keeping.replace(replace(ADA, name="Ada Müller", text='{"a":  ["é"]}'))
    file = json.loads(file_of(keeping).read_text(encoding="utf-8"))
    assert (file["kind"], file["key"], file["name"], file["version"]) == ("learner", "ada", "Ada Müller", 1)
    assert file["text"] == {"a": ["é"]}
    assert "Ada Müller" in file_of(keeping).read_text(encoding="utf-8")
    assert file_of(keeping).stat().st_mode & 0o077 == 0
    assert file_of(keeping).parent.stat().st_mode & 0o077 == 0


async def test_a_name_never_leads_out_of_the_folder(keeping: FolderKeeping, tmp_path: Path) -> None:
    for key in ("../../outside", "/etc/passwd", "..", "a/b", "con", "\x00", "-rf"):
        assert await keeping.replace(replace(ADA, key=key))
        assert await keeping.load("learner", key)
    assert [path.name for path in tmp_path.iterdir()] == ["class"]
    files = sorted(path.name for path in (tmp_path / "class" / "learners").glob("*.json"))
    assert len(files) == 7
    assert all(name.isascii() and "/" not in name and name[0].isalnum() for name in files)


async def test_a_full_disk_loses_nothing_and_is_written_again(disk: Path) -> None:
    keeping = FolderKeeping(disk / "class")
    await keeping.open()
    kept = await keeping.replace(ADA)
    assert kept
    with pytest.raises(OSError, match="No space"):
        (disk / "filling").write_bytes(b"x" * 65536)
    error = await refused(keeping, replace(kept, text='"later"'))
    assert "No space left" in str(error)
    assert await keeping.load("learner", "ada") == replace(kept, text='{"screen":"the-ledger"}')
    with pytest.raises(KeepingError, match=r"No space left.*make room"):
        await FolderKeeping(disk / "another").open()
    (disk / "filling").unlink()
    assert await keeping.replace(replace(kept, text='"later"'))
    assert [path.name for path in (disk / "class" / "learners").glob(".*") if path.suffix != ".lock"] == []


async def test_a_write_that_breaks_off_leaves_the_old_file(keeping: FolderKeeping) -> None:
    kept = await keeping.replace(ADA)
    assert kept
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, hard))
    try:
        await refused(keeping, replace(kept, text='"later"'))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert await keeping.load("learner", "ada") == replace(kept, text='{"screen":"the-ledger"}')
    assert await keeping.replace(replace(kept, text='"later"'))


async def test_a_disk_that_cannot_be_written_is_still_read(disk: Path) -> None:
    keeping = FolderKeeping(disk / "class")
    await keeping.open()
    kept = await keeping.replace(ADA)
    assert kept
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    await refused(keeping, kept)
    await refused(keeping, replace(ADA, key="new"))
    assert await keeping.load("learner", "ada")
    assert len(await keeping.every("learner")) == 1
    with pytest.raises(KeepingError, match=r"Read-only.*choose another folder"):
        await FolderKeeping(disk / "class").open()
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert await keeping.replace(kept)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(KeepingError, match=r"Permission denied.*choose another folder"):
        await FolderKeeping(tmp_path / "class").open()
    tmp_path.chmod(0o700)


async def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "class").write_text("mine")
    with pytest.raises(KeepingError, match="choose another folder") as error:
        await FolderKeeping(tmp_path / "class").open()
    assert str(tmp_path) in str(error.value)
    assert (tmp_path / "class").read_text() == "mine"


def changed(**parts: object) -> Callable[[dict[str, object]], str]:
    return lambda file: json.dumps({**file, **parts})


@pytest.mark.parametrize(
    "broken",
    [
        lambda file: "",
        lambda file: json.dumps(file)[:-9],
        lambda file: "[" * 100_000,
        lambda file: "[]",
        lambda file: "\0" * 300,
        lambda file: " " * 9_000_000,
        changed(format=2),
        changed(key="bob"),
        changed(kind="room"),
        changed(name=3),
        changed(version=0),
        changed(version="1"),
        changed(version=True),
        changed(changed=None),
    ],
)
async def test_a_broken_file_is_kept_aside(
    keeping: FolderKeeping, caplog: pytest.LogCaptureFixture, broken: Callable[[dict[str, object]], str]
) -> None:
    await keeping.replace(ADA)
    await keeping.replace(replace(ADA, key="bob"))
    path = file_of(keeping)
    text = broken(json.loads(path.read_text()))
    for number in (1, 2):
        path.write_text(text)
        with caplog.at_level(logging.WARNING):
            if number == 1:
                assert [document.key for document in await keeping.every("learner")] == ["bob"]
            else:
                assert await keeping.replace(ADA)
        assert path.with_name(f"{path.name}.kept-{number}").read_text() == text
        assert f"kept-{number}" in caplog.text
    there = await keeping.load("learner", "ada")
    assert there
    assert there.version == 1
    assert len(await keeping.every("learner")) == 2


async def test_what_is_no_text_is_kept_aside(keeping: FolderKeeping) -> None:
    file_of(keeping).write_bytes(b"\xff\xfe\x80")
    assert await keeping.load("learner", "ada") is None
    assert file_of(keeping).with_name(f"{file_of(keeping).name}.kept-1").read_bytes() == b"\xff\xfe\x80"


async def test_what_is_no_file_is_left_alone(keeping: FolderKeeping) -> None:
    file_of(keeping).mkdir()
    os.mkfifo(file_of(keeping, "bob"))
    for key in ("ada", "bob"):
        with pytest.raises(KeepingError, match="cannot be read"):
            await keeping.load("learner", key)
        await refused(keeping, replace(ADA, key=key))
    assert await keeping.every("learner") == []


async def test_a_file_that_another_process_holds_is_not_written(
    keeping: FolderKeeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = await keeping.replace(ADA)
    assert kept
    monkeypatch.setattr(folder_module, "PATIENCE", 0.05)
    with file_of(keeping).with_name(f".{file_of(keeping).name}.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        await refused(keeping, kept)
        assert await keeping.load("learner", "ada")
        assert await keeping.replace(replace(ADA, key="bob"))
    assert await keeping.replace(kept)


WRITER = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from tui.workshop.store.keeping import Document, open_keeping

async def write():
    keeping = open_keeping(None, Path(sys.argv[1]))
    await keeping.open()
    there = await keeping.load("learner", "ada") or Document("learner", "ada", "Ada", "")
    while True:
        text = '["' + "x" * (there.version % 7 * 20_000) + '"]'
        there = await keeping.replace(replace(there, text=text))
        print(there.version, flush=True)

asyncio.run(write())
"""


async def test_a_kill_while_writing_leaves_a_whole_file_and_nothing_said_to_be_kept_is_lost(
    keeping: FolderKeeping,
) -> None:
    last = 0
    for after in (1, 2, 5, 8, 13):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, keeping.folder], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            for _ in range(after):
                last = int(writer.stdout.readline())
            # It goes on writing while the signal is on its way.
            await asyncio.sleep(0.001 * after)
            writer.send_signal(signal.SIGKILL)
            rest = writer.stdout.read().split()
            last = int(rest[-1]) if rest else last
        there = await keeping.load("learner", "ada")
        assert there
        assert there.version >= last
        assert len(json.loads(there.text)[0]) == (there.version - 1) % 7 * 20_000
        assert len(await keeping.every("learner")) == 1
    assert not list(keeping.folder.glob("*/*.kept-*"))
