from __future__ import annotations

import os
from pathlib import Path

import asyncssh
import pytest

from tui.workshop.ssh.admission import Admission
from tui.workshop.ssh.throttle import LONGEST, MOST, SHORTEST, Throttle, neighbourhood
from tui.workshop.ssh.words import EASY, WORDS, make_word


def public(key: asyncssh.SSHKey) -> str:
    return key.export_public_key().decode()


def test_a_word_is_right_however_a_telephone_spells_it() -> None:
    admission = Admission(word="Maple River")
    assert admission.word(" MAPLE  river\n").startswith("word:")
    assert admission.word("ｍａｐｌｅ river") == admission.word("maple river")
    assert not admission.word("maple")
    assert not admission.word("")
    assert admission.by_word
    assert not admission.open


def test_a_credential_tells_nobody_the_word() -> None:
    first, second = Admission(word="maple"), Admission(word="maple")
    assert first.word("maple") != second.word("maple")


def test_an_empty_word_is_none() -> None:
    for word in ("", " ", "\t"):
        with pytest.raises(ValueError, match="the word is empty"):
            Admission(word=word)
    assert not Admission().word("")
    assert not Admission().password("")


def test_the_password_of_the_room_is_exact() -> None:
    admission = Admission(word="maple", room_password="Chalk")
    assert admission.password("Chalk")
    assert not admission.password("chalk")
    assert not admission.password("maple")
    assert not admission.word("Chalk")


def test_a_word_that_is_made_is_long_enough() -> None:
    made = {make_word() for _ in range(50)}
    assert len(made) == 50
    assert all(len(word.split("-")) == WORDS and set(word.split("-")) <= set(EASY.split()) for word in made)
    assert len(set(EASY.split())) ** WORDS > 1_000_000


def test_keys_are_those_of_the_file_as_it_is_now(tmp_path: Path) -> None:
    ada, eve = (asyncssh.generate_private_key("ssh-ed25519").convert_to_public() for _ in range(2))
    file = tmp_path / "keys"
    file.write_text(f"# the class\nno key at all\n{public(ada)}")
    admission = Admission(keys=file)
    assert admission.key(ada, "192.0.2.7") == f"key:{ada.get_fingerprint()}"
    assert not admission.key(eve, "192.0.2.7")
    file.write_text(f'from="198.51.100.*" {public(eve)}')
    assert not admission.key(ada, "192.0.2.7")
    assert not admission.key(eve, "192.0.2.7")
    assert admission.key(eve, "198.51.100.3")
    file.unlink()
    assert not admission.key(eve, "198.51.100.3")
    file.write_text(public(ada))
    assert admission.key(ada, "192.0.2.7")


def test_a_file_without_keys_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        Admission(keys=file)
    file.write_text("rubbish\n")
    with pytest.raises(ValueError, match="no key that can be used"):
        Admission(keys=file)
    file.write_bytes(os.urandom(2000))
    with pytest.raises(ValueError, match="no key that can be used"):
        Admission(keys=file)
    file.write_text("")
    with pytest.raises(ValueError, match="no key that can be used"):
        Admission(keys=file)
    with pytest.raises(ValueError, match="cannot be read"):
        Admission(keys=tmp_path)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_wrong_tries_cost_more_and_more_until_nothing_is_looked_at() -> None:
    clock = Clock()
    throttle = Throttle(most=20, clock=clock)
    seconds = []
    while not throttle.refused("192.0.2.7"):
        seconds.append(throttle.wrong("192.0.2.7"))
    assert len(seconds) == 20
    assert seconds == sorted(seconds)
    assert seconds[0] == SHORTEST
    assert seconds[-1] == LONGEST
    assert not throttle.refused("192.0.2.8")
    clock.now += 59
    assert not throttle.refused("192.0.2.7")
    clock.now += 60
    assert throttle.wrong("192.0.2.7") == SHORTEST


def test_a_flood_is_forgotten_after_two_minutes() -> None:
    clock = Clock()
    throttle = Throttle(clock=clock)
    for _ in range(10_000):
        throttle.wrong("192.0.2.7")
    assert throttle.refused("192.0.2.7")
    clock.now += 121
    assert not throttle.refused("192.0.2.7")


def test_a_class_may_mistype() -> None:
    throttle = Throttle(clock=Clock())
    for learner in range(300):
        throttle.right("192.0.2.7")
        if learner % 3 == 0:
            throttle.wrong("192.0.2.7")
            throttle.wrong("192.0.2.7")
    assert not throttle.refused("192.0.2.7")


def test_right_tries_do_not_pay_for_every_wrong_one() -> None:
    throttle = Throttle(most=20, credit=400, clock=Clock())
    for _ in range(100_000):
        throttle.right("192.0.2.7")
    for _ in range(420):
        throttle.wrong("192.0.2.7")
    assert throttle.refused("192.0.2.7")


def test_no_number_of_addresses_fills_the_memory() -> None:
    throttle = Throttle(clock=Clock())
    for number in range(MOST + 500):
        throttle.wrong(f"198.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(throttle) == MOST


def test_an_address_is_a_network_of_ipv6() -> None:
    assert neighbourhood("2001:db8:1:2::1") == neighbourhood("2001:db8:1:2:ffff::9")
    assert neighbourhood("2001:db8:1:2::1") != neighbourhood("2001:db8:1:3::1")
    assert neighbourhood("fe80::1%eth0") == "fe80::/64"
    assert neighbourhood("::ffff:192.0.2.7") == neighbourhood("192.0.2.7") == "192.0.2.7"
    assert neighbourhood("") == ""
