"""Taking over a session: never another learner's, whatever happens while the question stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import asyncssh

from tests.tui.workshop.fake_house import Place, ended, needs_ssh

pytestmark = needs_ssh
Open = Callable[..., Place]


def key_of(folder: Path, name: str) -> Path:
    key = asyncssh.generate_private_key("ssh-ed25519")
    path = folder / name
    path.write_bytes(key.export_private_key())
    path.chmod(0o600)
    with (folder / "keys").open("ab") as keys:
        keys.write(key.export_public_key())
    return path


def test_a_question_that_stands_does_not_reach_who_comes_later(open_place: Open, tmp_path: Path) -> None:
    first, second = key_of(tmp_path, "first"), key_of(tmp_path, "second")
    place = open_place(keys=tmp_path / "keys")
    mallory = place.terminal(name="ada", key=first)
    mallory.expect("hello ada")
    asks = place.terminal(name="ada", key=first)
    asks.expect("go on here, and end it there")
    mallory.send("q")
    assert ended(mallory) == 0
    ada = place.terminal(name="ada", key=second)
    ada.expect("hello ada")
    asks.send("y")
    asks.expect("ada is here already")
    assert ended(asks) == 1
    ada.send("n")
    ada.expect("total 1")
    ada.send("q")
    assert ended(ada) == 0
