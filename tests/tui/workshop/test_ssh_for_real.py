"""OpenSSH's client, the server, and real sessions of the lesson."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pexpect

from tests.tui.workshop.fake_house import needs_ssh
from tests.tui.workshop.sessions import a_class
from tui.workshop.admission import Admission
from tui.workshop.hosting import Hosting
from tui.workshop.ssh import Ssh, host_key

pytestmark = [needs_ssh]


def learn(port: int, folder: Path, *keys: str) -> tuple[str, int | None]:
    """Take the lesson, press some keys, and return all that was shown and the exit status."""
    known = f"UserKnownHostsFile={folder / 'known'}"
    client: pexpect.spawn[str] = pexpect.spawn(
        "ssh",
        ["-F", "none", "-o", known, "-o", "StrictHostKeyChecking=accept-new", "-o", "IdentityFile=none"]
        + ["-p", str(port), "ada@127.0.0.1"],
        encoding="utf-8",
        timeout=30,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    client.expect_exact("Word of the day: ")
    client.sendline("maple")
    client.expect_exact("\x1b[?1049h")
    shown = ""
    for key in keys:
        client.expect(r"[A-Z][a-z]+.*")
        shown += client.before or ""
        client.send(key)
    client.expect(pexpect.EOF)
    shown += client.before or ""
    client.close()
    return shown, client.exitstatus


async def test_a_learner_takes_the_lesson_and_leaves(tmp_path: Path) -> None:
    async with a_class(tmp_path / "kept") as made:
        hosting = Hosting(made.house, Admission(word="maple"))
        ssh = Ssh(hosting, host_key(tmp_path / "host_key"))
        port = await ssh.listen("127.0.0.1", 0)
        shown, status = await asyncio.to_thread(learn, port, tmp_path, "q")
        assert "Until next time" in shown
        assert status == 0
        # The lesson has put the terminal back before that is said.
        assert shown.index("\x1b[?1049l") < shown.index("Until next time")
        await ssh.close()
        assert hosting.metrics.registry.get_sample_value("initlesson_first_screen_seconds_count") == 1
