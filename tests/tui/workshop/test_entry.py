"""A learner behind an sshd gets in without what the other commands need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui.entry import plain_options

TRIED = """\
import sys
from tui.entry import main
sys.argv = ["initlesson", *sys.argv[1:]]
status = main()
print(status, "argparse" in sys.modules)
"""


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["--socket", "/run/x"], {"--socket": "/run/x"}),
        (["--name", "Ada", "--socket", "/run/x"], {"--socket": "/run/x", "--name": "Ada"}),
        ([], None),
        (["--name", "Ada"], None),
        (["--socket"], None),
        (["--socket", "/run/x", "--help"], None),
        (["--socket", "--help"], None),
        (["--socket=/run/x"], None),
        (["--socket", "/run/x", "--socket", "/run/y"], None),
        (["--folder", "/run", "--socket", "/run/x"], None),
    ],
)
def test_what_the_parser_must_look_at(given: list[str], found: object) -> None:
    assert plain_options(given) == found


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("attach", "--socket", "/nowhere"), "1 False", "initlesson: this is a lesson for a terminal"),
        (("attach", "--socket=/nowhere"), "1 True", "initlesson: this is a lesson for a terminal"),
    ],
)
def test_both_ways_lead_to_the_same(arguments: tuple[str, ...], status: str, said: str) -> None:
    command = [sys.executable, "-c", TRIED, *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == status
    assert done.stderr.startswith(said)
