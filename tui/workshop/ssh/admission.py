"""Who may come in: with the word of the day, with a key that is known, or anybody."""

from __future__ import annotations

import contextlib
import hmac
import secrets
from hashlib import blake2b
from pathlib import Path

import asyncssh

from tui.files import read_file
from tui.workshop.ssh.throttle import Throttle
from tui.workshop.ssh.words import plain

LARGEST = 1 << 20
"""Bytes of keys that are read."""


class Admission:
    """Says who may come in, and what they came in with.

    Args:
        word: The word of the day.
        keys: An authorized_keys file. With neither of the two anybody may come in.
        room_password: What lets the instructor in; nobody is without it.

    Raises:
        ValueError: the word or the password is empty, or no key can be read from the file.

    """

    def __init__(self, word: str | None = None, keys: Path | None = None, room_password: str = "") -> None:
        if word is not None and not plain(word):
            raise ValueError("the word is empty: give one of at least one letter, or none to have one made")
        self._secret = secrets.token_bytes(32)
        self._word = self._digest(plain(word)) if word is not None else ""
        self._password = self._digest(room_password) if room_password else ""
        self._keys = keys
        self._read: tuple[int, int, int] | None = None
        self._known: asyncssh.SSHAuthorizedKeys | None = None
        self.words, self.passwords = Throttle(), Throttle(most=5, credit=0)
        if keys:
            self._reload()

    @property
    def by_word(self) -> bool:
        """Whether a word lets learners in."""
        return bool(self._word)

    @property
    def by_key(self) -> bool:
        """Whether a key lets learners in."""
        return self._keys is not None or self.open

    @property
    def open(self) -> bool:
        """Whether anybody may come in."""
        return not self._word and self._keys is None

    @property
    def has_room(self) -> bool:
        """Whether the instructor may come in."""
        return bool(self._password)

    def word(self, given: str) -> str:
        """Return the credential of who knows the word, or ""."""
        digest = self._digest(plain(given))
        right = hmac.compare_digest(digest, self._word)
        return f"word:{digest}" if right and self._word else ""

    def password(self, given: str) -> str:
        """Return the credential of who knows the password of the room, or ""."""
        digest = self._digest(given)
        right = hmac.compare_digest(digest, self._password)
        return f"word:{digest}" if right and self._password else ""

    def key(self, key: asyncssh.SSHKey, address: str) -> str:
        """Return the credential of who has a key, or ""; that they have it is shown elsewhere."""
        if self._keys is not None:
            # It is edited while a class runs. While it cannot be read, nobody has a key.
            with contextlib.suppress(ValueError):
                self._reload()
            if self._known is None or self._known.validate(key, "", address) is None:
                return ""
        elif not self.open:
            return ""
        return f"key:{key.get_fingerprint()}"

    def _reload(self) -> None:
        assert self._keys
        try:
            about = self._keys.stat()
            stamp = (about.st_mtime_ns, about.st_size, about.st_ino)
            if stamp == self._read:
                return
            self._known = self._read = None
            text = read_file(self._keys, LARGEST)
            if not text.strip():
                raise ValueError("it is empty")
            self._known = asyncssh.import_authorized_keys(text)
            self._read = stamp
        except OSError as error:
            self._known = self._read = None
            raise ValueError(f"{self._keys} cannot be read: {error.strerror}") from None
        except ValueError as error:
            raise ValueError(f"{self._keys} has no key that can be used: {error}") from None

    def _digest(self, text: str) -> str:
        # Keyed anew in every process: what is written down of it tells nobody the word.
        return blake2b(text.encode("utf-8", "surrogatepass"), key=self._secret, digest_size=16).hexdigest()
