"""Words of the plain lesson that must not be heard as something else."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.activations import SIGMOID
from engine.datasets import Dataset
from engine.network import Layer, Network
from engine.tables import Column, Table
from tests.tui.learning import Learner, lines
from tui.telling.lines import table_lines
from tui.telling.pictures import decision_map_lines


def test_a_guess_that_was_not_made_is_no_guess_that_none_moves(tmp_path: Path) -> None:
    learner = Learner(tmp_path / "progress.json", lines("", "1 no", "r"))
    learner.learn("stuck-for-ever")
    (row,) = [line for line in learner.said.splitlines() if line.startswith("2 momentum") and "20" in line]
    assert "open (answer: no)" in row
    assert "none" not in row


def test_one_point_is_called_and_the_middle_has_no_sign() -> None:
    data = Dataset(np.array([[-1.0, 1.0, 1.0], [-1.0, 1.0, 0.0]]), np.array([[0.0, 0.0, 0.0]]))
    said = "\n".join(
        decision_map_lines(data, Network((Layer(np.array([[1.0, 0.0]]), np.array([[0.0]]), SIGMOID),)))
    )
    assert "2 are called 1 and 1 is called 0" in said
    assert "−0.00" not in said
    assert "+0.00" in said


def test_a_table_too_wide_for_a_line_names_its_first_column_too() -> None:
    wide = Table((Column("layer", "layer", "d"), Column("cause", "cause", "")), ((2, "far " * 25),))
    assert table_lines(wide)[0] == "layer 2"
