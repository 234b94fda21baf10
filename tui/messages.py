"""What has happened, told upwards."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget


class PartDone(Message):
    """A part has nothing more to do for now; the focus may go to the next one.

    Attributes:
        part: The widget of the part.

    """

    def __init__(self, part: Widget) -> None:
        super().__init__()
        self.part = part


class NotKept(Message):
    """What the learner has done could not be written down, and has to be tried again."""
