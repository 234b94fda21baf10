from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from pathlib import Path

import asyncssh
import pexpect
import pytest

from tests.tui.workshop.fake_house import Place, ended, found, needs_ssh
from tui.workshop.ssh.door import DoorBounds
from tui.workshop.ssh.throttle import Throttle

pytestmark = needs_ssh
Open = Callable[..., Place]


def make_key(path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path


def public(key: Path) -> str:
    return key.with_suffix(".pub").read_text()


def test_the_word_lets_in(open_place: Open) -> None:
    place = open_place(word="Maple-River")
    client = place.terminal()
    client.expect("Word of the day: ")
    client.sendline("wrong")
    client.expect("That was not it.")
    client.expect("Word of the day: ")
    client.sendline(" maple-river")
    client.expect("hello ada")
    client.send("q")
    assert ended(client) == 0
    assert place.house.arrivals[0].credential.startswith("word:")
    assert len(place.events("wrong word")) == 1
    log = (place.folder / "log" / "workshop.jsonl").read_text().lower()
    assert "maple" not in log
    assert place.house.arrivals[0].credential.removeprefix("word:") not in log


def test_a_third_wrong_word_ends_it_before_a_client_asks_for_another_password(open_place: Open) -> None:
    place = open_place(word="maple")
    client = place.terminal()
    for _ in range(3):
        client.expect("Word of the day: ")
        client.sendline("mapel")
    client.expect("Wrong three times: look at the word of the day again")
    assert "password" not in str(client.before), "that of their own account, as it seems"
    assert ended(client) == 255


def test_wrong_words_cost_more_and_more(open_place: Open) -> None:
    place = open_place(word="maple")

    async def guess() -> str:
        class Guesser(asyncssh.SSHClient):
            tries = 0

            def password_auth_requested(self) -> str:
                self.tries += 1
                return f"guess {self.tries}"

        with pytest.raises(asyncssh.DisconnectError) as error:
            await asyncssh.connect(
                "127.0.0.1",
                place.port,
                username="ada",
                known_hosts=None,
                client_factory=Guesser,
                preferred_auth="password",
            )
        return str(error.value)

    place.hosting.admission.words = Throttle(most=2)
    assert asyncio.run(guess()).startswith("Wrong three times: look at the word of the day again")
    # From now on nothing is looked at, not even the right word.
    client = place.terminal()
    client.expect("Too many wrong words came from your address")
    client.expect("Word of the day: ")
    client.sendline("maple")
    client.expect("Word of the day: ")
    client.close()
    assert "too many wrong words" in place.refused()
    assert not place.house.arrivals


def test_a_class_behind_one_address_comes_at_once(open_place: Open) -> None:
    place = open_place(word="maple")

    async def come(number: int) -> None:
        async with asyncssh.connect(
            "127.0.0.1", place.port, username=f"learner {number}", password="maple", known_hosts=None
        ):
            pass

    async def everybody() -> None:
        await asyncio.gather(*(come(number) for number in range(60)))

    asyncio.run(everybody())
    assert not place.refused()


def test_a_key_lets_in_and_no_other(open_place: Open, tmp_path: Path) -> None:
    ada, eve = make_key(tmp_path / "ada"), make_key(tmp_path / "eve")
    keys = tmp_path / "keys"
    keys.write_text('command="id",environment="A=B" ' + public(ada))
    place = open_place(keys=keys)
    client = place.terminal(key=ada)
    client.expect("hello ada")
    client.send("e")
    assert "'A'" not in found(client, r"environment \[(.*?)\]")
    client.send("q")
    assert ended(client) == 0
    assert place.house.arrivals[0].credential.startswith("key:SHA256:")
    client = place.terminal(key=eve)
    client.expect("Permission denied")
    assert ended(client) == 255
    # The file is read anew.
    keys.write_text(public(eve))
    client = place.terminal(key=eve)
    client.expect("hello ada")
    client.send("q")
    assert ended(client) == 0
    client = place.terminal(key=ada)
    client.expect("Permission denied")
    assert ended(client) == 255


def test_a_key_that_was_only_shown_is_no_credential(open_place: Open, tmp_path: Path) -> None:
    ada = make_key(tmp_path / "ada")
    keys = tmp_path / "keys"
    keys.write_text(public(ada))
    place = open_place(keys=keys, word="maple")
    # Who has only the public half may ask whether it would do, and then come in with the word.
    ada.write_text("no private key")
    client = place.terminal(key=ada)
    client.expect("Word of the day: ")
    client.sendline("maple")
    client.expect("hello ada")
    client.send("q")
    ended(client)
    assert place.house.arrivals[0].credential.startswith("word:")


def test_the_instructor_comes_in_with_the_password_of_the_room_alone(
    open_place: Open, tmp_path: Path
) -> None:
    ada = make_key(tmp_path / "ada")
    keys = tmp_path / "keys"
    keys.write_text(public(ada))
    place = open_place(word="maple", keys=keys, room_password="chalk")
    client = place.terminal(name="Instructor", key=ada)
    client.expect("Password of the room: ")
    client.sendline("maple")
    client.expect("Password of the room: ")
    client.sendline("chalk")
    client.expect("hello instructor")
    client.send("q")
    assert ended(client) == 0


def test_nobody_is_the_instructor_without_a_password(open_place: Open) -> None:
    for given in ({}, {"word": "maple"}):
        place = open_place(**given)
        client = place.terminal(name="instructor")
        client.expect("Nobody is the instructor here")
        assert ended(client) == 255
        assert place.refused() == ["room"]


def test_a_name_at_work_is_taken_over(open_place: Open) -> None:
    place = open_place(word="maple")

    def come() -> pexpect.spawn[str]:
        client = place.terminal()
        client.expect("Word of the day: ")
        client.sendline("maple")
        return client

    first = come()
    first.expect("hello ada")
    second = come()
    second.expect_exact("ada is here already, from 127.0.0.1, for 0 min.")
    second.expect_exact("Is that you? y: go on here, and end it there. n: change nothing. ")
    second.send("n")
    second.expect_exact("ada goes on there. If that is not you, log in with another name.")
    assert ended(second) == 1
    third = come()
    third.expect_exact("Is that you?")
    third.send("xy")
    third.expect("hello ada")
    first.expect("You went on in another terminal. If that was not you, tell your instructor.")
    assert ended(first) == 1
    third.send("q")
    assert ended(third) == 0
    assert [event["why"] for event in place.events("ended")] == ["taken over", "quit"]


def test_a_question_is_not_waited_for_without_end(open_place: Open) -> None:
    place = open_place(word="maple", bounds=DoorBounds(asking=0.5))
    clients = []
    for _ in range(2):
        clients.append(place.terminal())
        clients[-1].expect("Word of the day: ")
        clients[-1].sendline("maple")
        clients[-1].expect("hello ada|Is that you")
    clients[1].expect("ada goes on there")
    assert ended(clients[1]) == 1


def test_a_name_at_work_is_refused_to_others(open_place: Open) -> None:
    place = open_place()
    first = place.terminal()
    first.expect("hello ada")
    second = place.terminal(name="ADA")
    second.expect("ADA is here already.* another name")
    assert ended(second) == 1
    assert place.refused() == ["name in use"]
    first.send("s")
    first.expect("size")
