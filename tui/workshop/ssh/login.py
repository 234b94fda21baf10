"""One connection: who it is, and that it gets one session and nothing else."""

from __future__ import annotations

import asyncio

import asyncssh
from asyncssh.auth import KbdIntChallenge, KbdIntResponse

from tui.workshop.hosting import Hosting
from tui.workshop.names import RESERVED, clean, name_key
from tui.workshop.ssh.door import Guard
from tui.workshop.ssh.visit import Visit

MOST_TRIES = 3
"""Wrong words on one connection; after as many, OpenSSH's client would ask for "ada's password"."""
WRONG = "Wrong three times: look at {} again, and log in once more."
NO_ROOM = "Nobody is the instructor here: the server was started without --room-password."
NOT_HERE = {
    "_process_env_request": "environment",
    "_process_x11_req_request": "X11 forwarding",
    "_process_auth_agent_req_at_openssh_dot_com_request": "agent forwarding",
}
"""What asyncssh does on a channel without asking, by the names of its methods."""


class Login(asyncssh.SSHServer):
    """Says who may come in, and refuses whatever else SSH can do."""

    def __init__(self, hosting: Hosting) -> None:
        self._hosting = hosting
        self._connection: asyncssh.SSHServerConnection
        self._guard: Guard
        self._name = self._credential = ""
        self._is_room = False
        self._wrong = 0
        self._visit: Visit | None = None
        self._refused: set[str] = set()

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Keep the connection."""
        self._connection, self._guard = conn, conn.get_extra_info("guard")

    # Who it is

    def begin_auth(self, username: str) -> bool:
        """Say whether anything is asked of a name; another one may follow on the same connection."""
        self._name, self._credential = username, ""
        self._is_room = name_key(clean(username, 80)) in RESERVED
        if self._is_room and not self._hosting.admission.has_room:
            self.refuse("room")
            self._connection.disconnect(asyncssh.DISC_ILLEGAL_USER_NAME, NO_ROOM)
        return self._is_room or not self._hosting.admission.open

    def auth_completed(self) -> None:
        """Count it as right."""
        if self._credential.startswith("word:") and not self._is_room:
            self._hosting.admission.words.right(self._guard.address)

    def public_key_auth_supported(self) -> bool:
        """Say whether a key lets a learner in."""
        return self._hosting.admission.by_key and not self._is_room

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Say whether a key lets them in; asyncssh asks, too, before it has seen that they have it."""
        # What is asked last before they are in is what let them in.
        self._credential = self._hosting.admission.key(key, self._guard.address)
        return bool(self._credential)

    def password_auth_supported(self) -> bool:
        """Say whether a word lets them in."""
        admission = self._hosting.admission
        return admission.has_room if self._is_room else admission.by_word

    async def validate_password(self, username: str, password: str) -> bool:
        """Say whether a word is right, slowly where it is wrong."""
        admission, address = self._hosting.admission, self._guard.address
        throttle = admission.passwords if self._is_room else admission.words
        self._credential = ""
        seconds = 0.0
        if throttle.refused(address):
            self.refuse("too many wrong words")
        else:
            self._credential = admission.password(password) if self._is_room else admission.word(password)
            if self._credential:
                return True
            seconds = throttle.wrong(address)
            self._hosting.log.write("wrong word", name=self._shown, address=address)
        self._hosting.metrics.failures.inc()
        self._wrong += 1
        if self._wrong >= MOST_TRIES:
            asked = "the password of the room" if self._is_room else "the word of the day"
            self._connection.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, WRONG.format(asked))
        await asyncio.sleep(seconds)
        return False

    def kbdint_auth_supported(self) -> bool:
        """Ask in words of our own, where a client can."""
        return self.password_auth_supported()

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> KbdIntChallenge:
        """Ask for the word."""
        admission = self._hosting.admission
        throttle = admission.passwords if self._is_room else admission.words
        note = "That was not it." if self._wrong else ""
        if throttle.refused(self._guard.address):
            note = "Too many wrong words came from your address: wait for a minute."
        prompt = "Password of the room: " if self._is_room else "Word of the day: "
        return "", note, "en", [(prompt, False)]

    async def validate_kbdint_response(self, username: str, responses: KbdIntResponse) -> KbdIntChallenge:
        """Take the answer."""
        return len(responses) == 1 and await self.validate_password(username, responses[0])

    # What they get

    def session_requested(
        self,
    ) -> tuple[asyncssh.SSHServerChannel[bytes], asyncssh.SSHServerSession[bytes]] | bool:
        """Give one channel, and only one."""
        if self._visit:
            return self.refuse("second channel")
        self._visit = Visit(self._hosting, self._guard, self.refuse, self._name, self._credential)
        channel = self._connection.create_server_channel()
        for method, what in NOT_HERE.items():
            setattr(channel, method, lambda packet, what=what: self.refuse(what))
        return channel, self._visit

    def refuse(self, what: str) -> bool:
        """Write down what was refused, once, and return that it is."""
        if what not in self._refused:
            self._refused.add(what)
            self._hosting.refused(what, self._guard.address, self._shown)
        return False

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        """Refuse `ssh -L` and `ssh -W`."""
        return self.refuse("port forwarding")

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        """Refuse `ssh -R`."""
        return self.refuse("port forwarding back")

    def unix_connection_requested(self, dest_path: str) -> bool:
        """Refuse `ssh -L` to a socket."""
        return self.refuse("socket forwarding")

    def unix_server_requested(self, listen_path: str) -> bool:
        """Refuse `ssh -R` of a socket."""
        return self.refuse("socket forwarding back")

    def tun_requested(self, unit: int | None) -> bool:
        """Refuse `ssh -w`."""
        return self.refuse("tunnel")

    def tap_requested(self, unit: int | None) -> bool:
        """Refuse `ssh -w` of Ethernet."""
        return self.refuse("tunnel")

    @property
    def _shown(self) -> str:
        return clean(self._name, 80)
