"""What is said where a prediction meets what happened."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.model import Choice, Question
from tui.progress import Answer


@dataclass(frozen=True)
class Said:
    """One thing that is said.

    Attributes:
        says: The words.
        choice: The choice that follows them, or None.
        right: Whether the choice is judged right or wrong here; None if it is not judged.
        reason: Whether the choice's reason follows.

    """

    says: str
    choice: Choice | None = None
    right: bool | None = None
    reason: bool = False


def on_prediction(question: Question, answer: Answer | None, *, later: bool = False) -> list[Said]:
    """Return what to say about a prediction.

    Args:
        question: What was asked.
        answer: What the learner did with it.
        later: Only say what was predicted.

    """
    choice = question.choice(answer.choice) if answer and answer.choice else None
    if answer is None or choice is None:
        looked = answer is not None and answer.looked
        found = [Said("You looked at the answer." if looked else "You made no prediction.")]
        return found if later else [*found, Said("The answer:", question.right, reason=True)]
    said = [answer.confidence] if answer.confidence else []
    said += ["after going on"] if answer.late else []
    how = f" ({', '.join(said)})" if said else ""
    if later:
        return [Said(f"Your prediction{how}:", choice)]
    if choice.right:
        return [Said(f"Right. You predicted{how}:", choice, True, reason=True)]
    return [
        Said(f"Not so. You predicted{how}:", choice, False, reason=True),
        Said("Right is:", question.right, True, reason=True),
    ]
