from __future__ import annotations

import pytest

from engine.ledger import Cause, Entry
from lessons.wording import explain


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_a_sentence(cause: Cause) -> None:
    entry = Entry(2, "W", (cause,), 0.0, 0.0, 0.0)
    (sentence,) = explain(entry)
    assert sentence.endswith(".")


def test_all_causes_that_hold_are_said_with_their_layer() -> None:
    said = explain(Entry(2, "W", (Cause.INPUT, Cause.ABOVE), 0.0, 0.0, 0.0))
    assert said[0].startswith("a¹ = 0")
    assert said[1].startswith("δ² = 0")
