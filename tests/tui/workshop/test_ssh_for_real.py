"""OpenSSH's client, the server, and a real session of the lesson."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pexpect

from tests.tui.workshop.fake_house import ended, needs_ssh
from tests.tui.workshop.sessions import a_class
from tui.workshop.hosting import Hosting
from tui.workshop.ssh.admission import Admission
from tui.workshop.ssh.server import Ssh, host_key

pytestmark = needs_ssh


def come_and_quit(port: int, folder: Path) -> str:
    """Take the lesson, leave it, and return what was shown meanwhile."""
    known = f"UserKnownHostsFile={folder / 'known'}"
    trusting = "StrictHostKeyChecking=accept-new"
    client: pexpect.spawn[str] = pexpect.spawn(
        "ssh",
        [
            "-F",
            "none",
            "-o",
            known,
            "-o",
            trusting,
            "-o",
            "IdentityFile=none",
            "-p",
            str(port),
            "ada@127.0.0.1",
        ],
        encoding="utf-8",
        timeout=30,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    client.expect_exact("Word of the day: ")
    client.sendline("maple")
    client.expect_exact("\x1b[?1049h")
    client.send("q")
    client.expect_exact("Until next time")
    shown = client.before
    assert ended(client) == 0
    return shown or ""


async def test_a_learner_takes_the_lesson_and_leaves(tmp_path: Path) -> None:
    async with a_class(tmp_path / "kept") as made:
        hosting = Hosting(made.house, Admission(word="maple"))
        ssh = Ssh(hosting, host_key(tmp_path / "host_key"))
        port = await ssh.listen("127.0.0.1", 0)
        shown = await asyncio.to_thread(come_and_quit, port, tmp_path)
        # The lesson has put the terminal back before that is said.
        assert "\x1b[?1049l" in shown
        await ssh.close()
        assert hosting.metrics.registry.get_sample_value("initlesson_first_screen_seconds_count") == 1
