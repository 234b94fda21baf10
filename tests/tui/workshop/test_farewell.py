from __future__ import annotations

import pytest

from tui.workshop.arrival import Arrival
from tui.workshop.farewell import WHY, farewell
from tui.workshop.names import RESERVED, learner_name

ADA = learner_name("Ada")
INSTRUCTOR = learner_name(next(iter(RESERVED)))


@pytest.mark.parametrize("why", [*WHY, "hung up"])
def test_a_terminal_without_a_cursor_gets_the_sentence_alone(why: str) -> None:
    for term in ("dumb", ""):
        said = farewell(why, Arrival(ADA, "", "", term)).decode()
        assert "\x1b" not in said
        assert said.endswith(".\r\n")
    assert "\x1b[?25h" in farewell(why, Arrival(ADA, "", "", "xterm")).decode()


@pytest.mark.parametrize("why", [*WHY, "hung up"])
def test_the_instructor_has_answered_nothing(why: str) -> None:
    said = farewell(why, Arrival(INSTRUCTOR, "", "", "dumb")).decode()
    assert "answered" not in said
    assert "lesson" not in said
