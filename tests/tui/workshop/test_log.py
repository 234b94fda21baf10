from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.workshop.log import KEPT, LONGEST, Log


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "workshop.jsonl"


@pytest.fixture
def log(path: Path) -> Iterator[Log]:
    made = Log(path)
    yield made
    made.close()


def test_a_line_is_json_and_for_the_owner_alone(log: Log, path: Path) -> None:
    log.write("begun", name="a\x1b[2J\nb ü", address="192.0.2.7", seconds=1.23456, why="", times=None)
    text = path.read_text()
    assert text.isascii()
    assert "\x1b" not in text
    assert text.count("\n") == 1
    line = json.loads(text)
    assert line.pop("time").endswith("+00:00")
    assert line == {"event": "begun", "name": "a\x1b[2J\nb ü", "address": "192.0.2.7", "seconds": 1.235}
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0


def test_what_comes_from_the_network_is_cut(log: Log, path: Path) -> None:
    log.write("refused", name="x" * 100_000)
    assert len(json.loads(path.read_text())["name"]) == LONGEST


def test_it_is_rotated_by_size(path: Path) -> None:
    log = Log(path, size=2000)
    for number in range(500):
        log.write("begun", name=f"learner {number}")
    log.close()
    files = sorted(path.parent.iterdir())
    assert len(files) == KEPT + 1
    assert all(file.stat().st_size <= 2000 and file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert json.loads(path.read_text().splitlines()[-1])["name"] == "learner 499"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_nobodys_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "full"
    path.symlink_to("/dev/full")
    log = Log(path)
    log.write("begun", name="ada")
    log.close()
    assert capsys.readouterr() == ("", "")


def test_warnings_of_libraries_come_without_tracebacks(
    log: Log, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = logging.getLogger("a.library")
    log.listen("a.library")
    try:
        raise RuntimeError("it failed")
    except RuntimeError:
        library.exception("something was not caught\nof the object <secret>")
    library.info("chatter")
    line = json.loads(path.read_text())
    assert line["event"] == "trouble"
    assert line["what"] == "something was not caught"
    assert line["why"] == "RuntimeError: it failed"
    assert capsys.readouterr() == ("", "")


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    Log().write("begun", name="ada")
    assert not list(tmp_path.iterdir())
