from __future__ import annotations

import pytest

from engine.errors import EngineError, lookup, suggestion


def test_message_names_argument_value_and_what_is_allowed() -> None:
    error = EngineError("steps", -3, "a whole number from 0 to 9")
    assert str(error) == "steps is -3; allowed: a whole number from 0 to 9"
    assert (error.argument, error.value, error.allowed) == ("steps", -3, "a whole number from 0 to 9")
    assert isinstance(error, ValueError)


def test_lookup_finds_a_name_and_suggests_the_nearest() -> None:
    registry = {"sigmoid": 1, "tanh": 2}
    assert lookup("activation", "tanh", registry) == 2
    with pytest.raises(EngineError, match=r"activation is sigmiod; allowed: .*did you mean sigmoid\?"):
        lookup("activation", "sigmiod", registry)


@pytest.mark.parametrize("name", [None, 3, ["tanh"], ""])
def test_lookup_of_what_is_no_name_is_an_engine_error(name: object) -> None:
    with pytest.raises(EngineError, match="allowed: sigmoid, tanh"):
        lookup("activation", name, {"sigmoid": 1, "tanh": 2})


def test_suggestion_lists_all_names_and_no_far_guess() -> None:
    assert suggestion("qqq", ["b", "a"]) == "a, b"
