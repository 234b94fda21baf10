"""The SSH server of the workshop."""

from __future__ import annotations

import asyncio
import resource
import socket
from pathlib import Path
from typing import Any

import asyncssh
from asyncssh.kex import get_kex_algs

from tui.files import replace_file
from tui.workshop.hosting import Hosting
from tui.workshop.ssh.door import Door, Guard
from tui.workshop.ssh.login import Login
from tui.workshop.taking import ONE_BY_ONE, let_wait

WINDOW = 64 << 10
"""Bytes that a learner may send before they are taken."""
PACKET = 32 << 10
KEEPALIVE, UNANSWERED = 15, 3
"""Seconds without a sign of life after which one is asked for, and how often it may stay out."""
CIPHERS = ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes256-ctr", "aes128-ctr"]
"""Those that take one call of a library for each packet. Clients would choose chacha20-poly1305 before them,
which takes ten times as long here: its parts are put together in Python."""
KEY_EXCHANGES = [
    "mlkem768x25519-sha256",
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "diffie-hellman-group14-sha256",
]
"""What every client of the last ten years can do, and nothing that keeps the server busy for others."""
FILES = 65_536
"""Open files that the server takes where it may: a learner needs five, and many systems begin with 1024."""


def host_key(path: Path) -> asyncssh.SSHKey:
    """Return the key by which learners know this server; it is made when there is none.

    Raises:
        ValueError: what is there is no private key.
        OSError: it cannot be read or written.

    """
    try:
        path.chmod(0o600)
        return asyncssh.read_private_key(path)
    except FileNotFoundError:
        key = asyncssh.generate_private_key("ssh-ed25519", "initlesson")
        replace_file(path, key.export_private_key().decode())
        return key
    except asyncssh.KeyImportError as error:
        raise ValueError(f"{path} is no host key ({error}): move it away, and one is made") from None


class Connection(asyncssh.SSHServerConnection):
    """A connection whose options do not depend on who comes."""

    async def reload_config(self) -> None:
        """Keep the options: there is no file that could say others, and making them anew takes a thread."""


def _on_every_address(port: int) -> socket.socket:
    """Return one socket for every address of this machine: of two, each would get a free port of its own."""
    if socket.has_dualstack_ipv6():
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    return socket.create_server(("", port))


class Ssh:
    """Listens, and gives every connection to a guard of its own.

    Args:
        hosting: What connections have to do with.
        key: The key of this server.

    """

    def __init__(self, hosting: Hosting, key: asyncssh.SSHKey) -> None:
        self._hosting, self._key = hosting, key
        self._server: asyncio.Server | None = None
        self._door: Door

    async def listen(self, host: str | None, port: int) -> int:
        """Take connections, and return the port: one that is free if it was 0.

        Raises:
            OSError: the port is taken, or the address is not one of this machine.

        """
        _take_files()
        loop = asyncio.get_running_loop()
        bounds = self._hosting.bounds
        options = await asyncssh.SSHServerConnectionOptions.construct(
            server_factory=lambda: Login(self._hosting),
            server_host_keys=[self._key],
            server_version="initlesson",
            login_timeout=bounds.login,
            keepalive_interval=KEEPALIVE,
            keepalive_count_max=UNANSWERED,
            encryption_algs=CIPHERS,
            kex_algs=[each for each in KEY_EXCHANGES if each.encode() in get_kex_algs()],
            compression_algs=["zlib@openssh.com", "none"],
            rekey_bytes="1G",
            rekey_seconds="1h",
            window=WINDOW,
            max_pktsize=PACKET,
            encoding=None,
            line_editor=False,
            # Of what is refused, all that asyncssh has a switch for is off as well.
            x11_forwarding=False,
            agent_forwarding=False,
            sftp_factory=None,
            allow_scp=False,
            host_based_auth=False,
            gss_host=None,
            gss_kex=False,
            gss_auth=False,
            rdns_lookup=False,
        )
        self._door = Door(
            bounds,
            lambda: Connection(loop, options),
            lambda address, times: self._hosting.refused("too many at the door", address, times=times),
        )
        at: dict[str, Any] = {"host": host, "port": port}
        if host is None:
            at = {"sock": _on_every_address(port)}
        self._server = await loop.create_server(lambda: Guard(self._door), backlog=ONE_BY_ONE, **at)
        let_wait(self._server)
        self._hosting.log.listen("asyncssh", "asyncio")
        taken: int = self._server.sockets[0].getsockname()[1]
        return taken

    @property
    def connected(self) -> int:
        """How many connections there are, with and without a session."""
        return len(self._door.here)

    async def close(self) -> None:
        """Take nobody else, tell those who are here, and let them go."""
        if not self._server:
            return
        self._server.close()
        for guard in list(self._door.here):
            guard.stop()
        end = asyncio.get_running_loop().time() + self._hosting.bounds.lingering + 1
        while self._door.here and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)
        for guard in list(self._door.here):
            guard.abort()


def _take_files() -> None:
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if resource.RLIM_INFINITY != now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
