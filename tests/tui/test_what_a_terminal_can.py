from __future__ import annotations

import pytest

from tui.terminal import Terminal, find_terminal

XTERM = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (XTERM, Terminal()),
        ({"TERM": "xterm-256color"}, Terminal(colours="256")),
        ({"TERM": "xterm"}, Terminal(colours="16")),
        ({"TERM": "xterm-kitty"}, Terminal(colours="256")),
        ({"TERM": "foot-extra"}, Terminal(colours="256")),
        ({"TERM": "linux"}, Terminal(colours="16", ascii=True, dark=True)),
        ({"TERM": "dumb"}, Terminal(plain=True, colours="16")),
        ({}, Terminal(plain=True, colours="16")),
        ({**XTERM, "NO_COLOR": "1"}, Terminal(colours="none")),
        ({**XTERM, "NO_COLOR": ""}, Terminal()),
        ({**XTERM, "INITLESSON_PLAIN": "1"}, Terminal(plain=True)),
        ({**XTERM, "COLORFGBG": "0;15"}, Terminal(light=True)),
        ({**XTERM, "COLORFGBG": "15;default;0"}, Terminal(dark=True)),
        ({**XTERM, "COLORFGBG": "nonsense"}, Terminal()),
        ({**XTERM, "LANG": "de_DE.UTF-8@euro"}, Terminal()),
        ({**XTERM, "LC_CTYPE": "UTF-8"}, Terminal()),
        ({**XTERM, "LANG": "de_DE.ISO-8859-1"}, Terminal(ascii=True)),
        ({**XTERM, "LC_ALL": "C", "LANG": "en_US.UTF-8"}, Terminal(ascii=True)),
        ({**XTERM, "LC_ALL": "", "LC_CTYPE": "en_US.utf8", "LANG": "C"}, Terminal()),
        ({**XTERM, "SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}, Terminal(remote=True)),
        ({**XTERM, "STY": "123.pts-0.host"}, Terminal(mouse=False)),
        ({"TERM": "screen.xterm-256color"}, Terminal(colours="256", mouse=False)),
        ({"TERM": "screen-256color"}, Terminal(colours="256")),
    ],
)
def test_it_is_found_from_the_environment(environment: dict[str, str], expected: Terminal) -> None:
    assert find_terminal(environment) == expected


def test_the_command_line_and_a_missing_terminal_count_as_well() -> None:
    assert find_terminal(XTERM, plain=True).plain
    assert find_terminal(XTERM, connected=False).plain
    assert find_terminal(XTERM, only_ascii=True).ascii
    assert find_terminal(XTERM, encoding="iso8859-1").ascii
