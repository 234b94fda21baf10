"""The files of `deploy/`: what they tell the command to do, it can do."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import parser

DEPLOY = Path(__file__).parents[3] / "deploy"


def lines_of(file: str) -> list[list[str]]:
    """Return what a file tells the command, without its first word."""
    text = (DEPLOY / file).read_text()
    match file:
        case "kubernetes/deployment.yaml":
            return [
                ["serve", *re.findall(r"[^\s,\"]+", given)] for given in re.findall(r"args: \[(.*)\]", text)
            ]
        case "Containerfile":
            return [re.findall(r'"([^"]+)"', given)[1:] for given in re.findall(r"ENTRYPOINT (.*)", text)]
        case _:
            return [given.split() for given in re.findall(r'/bin/initlesson ([^"\n]+)', text)]


@pytest.mark.parametrize(
    ("file", "count"),
    [("sshd_config", 2), ("initlesson.service", 1), ("kubernetes/deployment.yaml", 1), ("Containerfile", 1)],
)
def test_the_command_knows_what_a_recipe_tells_it(file: str, count: int) -> None:
    lines = lines_of(file)
    assert len(lines) == count
    for line in lines:
        assert parser().parse_args(line).command in ("serve", "attach")


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "initlesson.service"
    recipe = (DEPLOY / "initlesson.service").read_text()
    unit.write_text(recipe.replace("/opt/initlesson/bin/initlesson", sys.executable))
    verify = ["systemd-analyze", "verify", "--man=no", str(unit)]
    tried = subprocess.run(verify, capture_output=True, text=True)
    assert (tried.returncode, tried.stderr) == (0, "")
