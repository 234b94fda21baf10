"""What is said of a network that the learner changes to wake it up."""

from __future__ import annotations

from engine.wake import Awakening
from lessons.parts.editor import Editor
from lessons.wording import place_words, power

LARGEST = 9.99
RANGE = "A number has one digit before the point, and two behind it: from −9.99 to 9.99."


def number_words(value: float) -> str:
    """Return a number as people read it."""
    return f"{value:g}".replace("-", "−")


def answer_of(part: Editor) -> str:
    """Return the author's answer as a sentence."""
    changes = (f"{place_words(*change[:3])} = {number_words(change.value)}" for change in part.answer)
    return f"{' and '.join(changes)}."


def said_of(part: Editor, steps: int, weights: int, changed: int, result: Awakening | None) -> list[str]:
    """Return what came of the last try, a text a line.

    Args:
        part: The editor.
        steps: How many steps a try makes.
        weights: How many weights there are.
        changed: How many numbers the learner has changed.
        result: What came of the last try, or None.

    """
    count = f"You changed {changed} number{'' if changed == 1 else 's'}."
    if result is None:
        return [count]
    if result.step is None:
        causes = [f"• {power('dW', entry.layer)} = 0: {entry.cause}" for entry in result.first]
        return [f"{count} No weight moved in {steps} steps. At the first step:", *causes]
    cost = f"cost {result.cost[0]:.6f} → {result.cost[1]:.6f}"
    said = (
        f"{count} {len(result.moved)} of {weights} weights (*) moved in {steps} steps, "
        f"first at step {result.step}; {cost}."
    )
    fewest = len(part.answer)
    if changed == fewest:
        return [said, f"It is awake, with {fewest} changes. Fewer do not do it."]
    if changed < fewest:
        return [said, f"It is awake, with fewer changes than the {fewest} that we know of."]
    return [said, f"It is awake. {fewest} changes can be enough: can you find them?"]
