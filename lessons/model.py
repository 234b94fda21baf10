"""What a screen is made of, as plain values. Renderers draw these; nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["", "strong", "emphasis", "code", "value"]
"""How a span is meant; a "value" holds an expression whose number the engine computes."""


@dataclass(frozen=True)
class Span:
    """A run of text with one style.

    Attributes:
        text: The text.
        style: How it is meant.
        app: Whether it is for the app alone: it speaks of keys to press there, or of how something is drawn.

    """

    text: str
    style: Style = ""
    app: bool = False


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    spans: Spans


@dataclass(frozen=True)
class Quote:
    """Somebody's words."""

    paragraphs: tuple[Spans, ...]


@dataclass(frozen=True)
class Bullets:
    """A list; each item is one paragraph."""

    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Math:
    """Formulas drawn as they stand, line by line.

    Attributes:
        lines: The lines.
        words: What a drawing says, for those who do not see it; "" where the lines can be read out.

    """

    lines: tuple[str, ...]
    words: str = ""


Block: TypeAlias = Paragraph | Quote | Bullets | Math


@dataclass(frozen=True)
class Prose:
    """Blocks to read."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen.

    Attributes:
        slug: Names the choice in a progress file; made from its text.
        spans: What it says.
        right: Whether it is the right one.
        feedback: What to tell a learner who chose it.

    """

    slug: str
    spans: Spans
    right: bool
    feedback: tuple[Block, ...]


@dataclass(frozen=True)
class Question:
    """Something to predict, or to say after looking.

    Attributes:
        slug: Its name within the screen.
        kind: "predict" is answered before a run, with a confidence, and gets its feedback where a `Feedback`
            stands; "observe" gets it at once.
        prompt: The question.
        choices: At least two, of which exactly one is right.
        hints: What helps, to be had one after another.

    """

    slug: str
    kind: Literal["predict", "observe"]
    prompt: tuple[Block, ...]
    choices: tuple[Choice, ...]
    hints: tuple[Spans, ...] = ()

    @property
    def right(self) -> Choice:
        """The right choice."""
        return next(choice for choice in self.choices if choice.right)

    def choice(self, slug: str) -> Choice | None:
        """Return the choice of that slug, or None."""
        return next((choice for choice in self.choices if choice.slug == slug), None)


@dataclass(frozen=True)
class Blank:
    """A number to work out by hand.

    Attributes:
        slug: Its name within the screen.
        prompt: What to work out.
        answer: The expression of a value that the engine computes.
        tolerance: How far from it a typed number may be.
        reason: How one gets there; told after the right number, or with the answer.
        hints: What helps, to be had one after another.

    """

    slug: str
    prompt: tuple[Block, ...]
    answer: str
    tolerance: float
    reason: tuple[Block, ...]
    hints: tuple[Spans, ...] = ()


@dataclass(frozen=True)
class Gap:
    """A gap in a sentence: what stands before it, and what may fill it; exactly one choice is right."""

    before: Spans
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Assembly:
    """Sentences that the learner puts together; each wrong piece is told why it does not hold.

    Attributes:
        slug: Its name within the screen.
        prompt: What to put together.
        gaps: The gaps, in order.

    """

    slug: str
    prompt: tuple[Block, ...]
    gaps: tuple[Gap, ...]

    def taken(self, answer: str) -> tuple[Choice, ...] | None:
        """Return the choices that an answer names, one a gap, or None if it does not fit the gaps."""
        slugs = answer.split(JOINT)
        if len(slugs) != len(self.gaps):
            return None
        named = [
            next((choice for choice in gap.choices if choice.slug == slug), None)
            for gap, slug in zip(self.gaps, slugs, strict=True)
        ]
        found = tuple(choice for choice in named if choice is not None)
        return found if len(found) == len(named) else None

    @property
    def right(self) -> tuple[Choice, ...]:
        """The right choices, one a gap."""
        return tuple(next(choice for choice in gap.choices if choice.right) for gap in self.gaps)


JOINT = "+"
"""What joins the choices of an assembly into one answer; no slug has it."""

Asked: TypeAlias = Question | Blank | Assembly
"""What a learner answers, and what a progress file keeps under a name."""


@dataclass(frozen=True)
class Feedback:
    """Where a prediction meets what happened.

    Attributes:
        screen: Slug of the screen that asked.
        question: Slug of the question.
        later: Only show what was answered; whether it was right comes on a later page.
        wait: Show it when the run on the page is over, or when the learner asks for it.

    """

    screen: str
    question: str
    later: bool = False
    wait: bool = False


@dataclass(frozen=True)
class Variant:
    """A scenario under the label by which a page knows it; the label may be empty where there is only one."""

    label: str
    scenario: str


Demand: TypeAlias = Literal[
    "any", "watchable", "layered", "narrowed", "steppable", "switchable", "editable", "nudgeable"
]


class Live:
    """A part that is drawn from runs: the learner touches it, watches it, or reads it.

    Its subclasses live in `lessons.parts`, one a file, each with what reads it from a directive.
    """

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios that it needs."""
        return ()

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols of the glossary that it shows, for those who look them up on its page."""
        return ()

    @property
    def demand(self) -> Demand:
        """What a scenario must be for this part to show it; `lessons.scenarios` finds such ones."""
        return "any"


Part: TypeAlias = Prose | Question | Blank | Assembly | Feedback | Live


@dataclass(frozen=True)
class Page:
    """What stands on the screen at one time: the parts between two horizontal rules."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Screen:
    """One idea: predict, observe, say what you saw, explain.

    Attributes:
        slug: Its name in the course.
        title: Its heading.
        pages: Its pages, in order.

    """

    slug: str
    title: str
    pages: tuple[Page, ...]

    def questions(self) -> tuple[Question, ...]:
        """Return the screen's questions in order."""
        return tuple(part for page in self.pages for part in page.parts if isinstance(part, Question))

    def asked(self) -> tuple[Asked, ...]:
        """Return all that the screen asks, in order."""
        return tuple(part for page in self.pages for part in page.parts if isinstance(part, Asked))

    def question(self, slug: str) -> Question | None:
        """Return the question of that slug, or None."""
        return next((question for question in self.questions() if question.slug == slug), None)


def plain(spans: Spans) -> str:
    """Return the text of spans without their styles."""
    return "".join(span.text for span in spans)
