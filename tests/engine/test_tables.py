from __future__ import annotations

import pytest

from engine.tables import Column, Table

TABLE = Table(
    (Column("p", "p", ".2f"), Column("loss", "the loss", ".3f")), ((0.5, 0.693147), (0.25, 1.386294))
)


def test_texts_follow_the_columns_forms() -> None:
    assert TABLE.texts() == (("0.50", "0.693"), ("0.25", "1.386"))


def test_records_keep_every_digit_under_the_keys() -> None:
    assert TABLE.records() == [{"p": 0.5, "loss": 0.693147}, {"p": 0.25, "loss": 1.386294}]


def test_a_row_of_another_length_is_no_table() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Table(TABLE.columns, ((0.5,),)).records()
