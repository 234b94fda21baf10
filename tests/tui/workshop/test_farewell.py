from __future__ import annotations

import pytest

from tui.workshop.farewell import WHY, farewell


@pytest.mark.parametrize("why", [*WHY, "hung up"])
def test_a_terminal_without_a_cursor_gets_the_sentence_alone(why: str) -> None:
    for term in ("dumb", ""):
        said = farewell(why, term).decode()
        assert "\x1b" not in said
        assert said.endswith(".\r\n")
    assert "\x1b[?25h" in farewell(why, "xterm").decode()


@pytest.mark.parametrize("why", [*WHY, "hung up"])
def test_the_instructor_has_answered_nothing(why: str) -> None:
    said = farewell(why, "dumb", instructor=True).decode()
    assert "answered" not in said
    assert "lesson" not in said
