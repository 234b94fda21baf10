"""Sentences that say what the engine found: the same in the app and in plain text."""

from __future__ import annotations

from engine.ledger import Cause, Entry
from engine.tables import power as power

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def explain(entry: Entry) -> tuple[str, ...]:
    """Return a sentence for each cause of an entry of the ledger, in the order of its causes."""
    l = entry.layer  # noqa: E741  l is the layer, as in every formula of the course
    gradient = power("d" + entry.parameter, l)
    delta, given = power("δ", l), power("a", l - 1)
    sentences = {
        Cause.INPUT: f"{given} = 0: what comes in is zero, for every example.",
        Cause.ABOVE: f"{delta} = 0: zero weights after layer {l} let no error signal back.",
        Cause.SLOPE: "g′ = 0: in a layer on the way back, every slope is zero for every example.",
        Cause.NO_ERROR: "No errors: the output is right for every example.",
        Cause.CANCEL: f"The examples' shares of {gradient} are not all zero, but they add up to zero.",
        Cause.SPREAD: f"In every product of {gradient} one factor is zero, though not always the same one."
        if entry.max_abs_delta
        else f"{delta} = 0: what comes back from above adds up to zero, or meets a zero, everywhere.",
        Cause.ALIVE: f"{gradient} is not zero: layer {l} moves at this step.",
    }
    return tuple(sentences[cause] for cause in entry.causes)


def place_words(layer: int, unit: int, given: int | None) -> str:
    """Return where a number of a network is, in words: all from 1; the input is None for a bias."""
    if given is None:
        return f"{power('b', layer)} of unit {unit}"
    source = f"x{str(given).translate(SUBSCRIPTS)}" if layer == 1 else f"unit {given} of layer {layer - 1}"
    return f"{power('W', layer)} from {source} to unit {unit}"
