from __future__ import annotations

import io
import os
from pathlib import Path

import asyncssh
import pytest

from tui.workshop.announced import Status, announcement, code, line, room_command, this_host
from tui.workshop.ssh.server import host_key


def test_the_line_to_type() -> None:
    assert line(2222, "192.0.2.7") == "ssh -p 2222 NAME@192.0.2.7"
    assert line(22, "host", "ada") == "ssh ada@host"


def test_the_projector_shows_what_a_learner_needs() -> None:
    shown = announcement(2222, "host", "SHA256:abc", "maple")
    typed = [row[4:].split("   ")[0] for row in shown.splitlines()]
    assert typed[1:4] == ["ssh -p 2222 NAME@host", "yes", "maple"], "in the order in which they are typed"
    assert "your own name in place of NAME" in shown
    assert "SHA256:abc" in shown
    longest = announcement(22222, "192.168.100.200", "SHA256:" + 43 * "x", "maple-river-seven")
    assert max(map(len, longest.splitlines())) < 80
    assert "anybody" in announcement(2222, "host", "SHA256:abc", open_to_all=True)
    assert "key" in announcement(2222, "host", "SHA256:abc")


def test_the_instructor_is_told_what_opens_this_very_room(tmp_path: Path) -> None:
    assert room_command(None, None) == "initlesson room"
    assert room_command("a class", "my course") == "initlesson room --folder 'a class' --course 'my course'"


def test_the_host_has_an_address() -> None:
    assert this_host()


def test_a_code_is_square_in_either_character_set() -> None:
    text = line(2222, "192.0.2.7")
    ascii_lines = code(text, ascii_only=True).splitlines()
    assert "".join(ascii_lines).isascii()
    assert {len(row) for row in ascii_lines} == {2 * len(ascii_lines)}
    # The corner of the finder: quiet zone, then its dark frame.
    assert ascii_lines[0] == "##" * len(ascii_lines)
    assert ascii_lines[2][4:18] == "  " * 7
    blocks = code(text).splitlines()
    assert {len(row) for row in blocks} == {len(ascii_lines)}
    assert len(blocks) == (len(ascii_lines) + 1) // 2
    assert set("".join(blocks)) <= set("█▀▄ ")


def test_code_and_words_are_on_a_small_screen_together() -> None:
    words = announcement(22222, "192.168.100.200", "SHA256:" + 43 * "x", "maple-river-seven")
    status = 1
    assert len(f"{code('ssh://192.168.100.200:22222')}\n{words}\n".splitlines()) + status <= 24


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_status_is_rewritten_on_a_terminal_alone() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        status = Status(stream)
        status.show("3 learners")
        status.show("3 learners")
        status.show("x" * 1000)
        status.end()
    assert pipe.getvalue() == ""
    assert terminal.getvalue().count("3 learners") == 1
    assert terminal.getvalue().endswith("x\n")
    assert len(terminal.getvalue()) < 1000


def test_a_terminal_that_has_gone_is_nobodys_end() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream:
        status = Status(stream)
        status._live = True
        status.show("3 learners")
        status.show("4 learners")
        # What is left in the buffer cannot be written either.
        with pytest.raises(BrokenPipeError):
            stream.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), writer)


def test_the_host_key_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "host_key"
    made = host_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert made.get_algorithm() == "ssh-ed25519"
    path.chmod(0o644)
    assert host_key(path).get_fingerprint() == made.get_fingerprint()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_host_key_that_is_none_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "host_key"
    path.write_text("rubbish")
    with pytest.raises(ValueError, match="move it away"):
        host_key(path)
    key = asyncssh.generate_private_key("ssh-ed25519")
    path.write_bytes(key.export_private_key("pkcs8-pem", passphrase="x"))
    with pytest.raises(ValueError, match="move it away"):
        host_key(path)
