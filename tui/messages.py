"""What has happened, told upwards."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget

from tui.session import Answer


class Answered(Message):
    """The learner has answered a question, or looked at its answer.

    Attributes:
        asked_on: Slug of the screen that asked.
        question: Slug of the question.
        answer: What they did.

    """

    def __init__(self, asked_on: str, question: str, answer: Answer) -> None:
        super().__init__()
        self.asked_on = asked_on
        self.question = question
        self.answer = answer


class PartDone(Message):
    """A part has nothing more to do for now; the focus may go to the next one.

    Attributes:
        part: The widget of the part.

    """

    def __init__(self, part: Widget) -> None:
        super().__init__()
        self.part = part
