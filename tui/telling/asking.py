"""What the learner is asked, in words, without the answers."""

from __future__ import annotations

from dataclasses import replace

from lessons.layout import Resolve, resolved
from lessons.model import Assembly, Blank, Block, Bullets, Math, Paragraph, Question, Quote, Span, Spans
from lessons.parts.steps import Steps
from tui.telling.told import Numbered, Told, said

LABELS = {"predict": "Predict:", "observe": "Say what you saw:"}


def spoken(spans: Spans, resolve: Resolve) -> Spans:
    """Return spans with the engine's numbers in place of expressions, without what is for the app alone."""
    kept = [span for span in spans if not span.app]
    if kept and spans[0].app:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    if kept and spans[-1].app:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return resolved(tuple(kept), resolve)


def with_numbers(block: Block, resolve: Resolve) -> Block:
    """Return a block as `spoken`."""
    match block:
        case Paragraph(spans):
            return Paragraph(spoken(spans, resolve))
        case Bullets(items):
            return Bullets(tuple(spoken(item, resolve) for item in items))
        case Quote(paragraphs):
            return Quote(tuple(spoken(each, resolve) for each in paragraphs))
        case Math():
            return block


def question(part: Question, resolve: Resolve) -> list[Told]:
    """Tell a question and its choices."""
    return [
        said(LABELS[part.kind], "strong"),
        *(with_numbers(block, resolve) for block in part.prompt),
        Numbered(tuple(spoken(choice.spans, resolve) for choice in part.choices)),
    ]


def blank(part: Blank, resolve: Resolve) -> list[Told]:
    """Tell what is to be worked out."""
    return [said("Work out:", "strong"), *(with_numbers(block, resolve) for block in part.prompt)]


def assembly(part: Assembly, resolve: Resolve) -> list[Told]:
    """Tell the sentences, each with what may fill its gap."""
    told: list[Told] = [with_numbers(block, resolve) for block in part.prompt]
    for number, gap in enumerate(part.gaps, start=1):
        before = spoken(gap.before, resolve)
        told.append(Paragraph((Span(f"Gap {number}: "), *before, Span(" …"))))
        told.append(Numbered(tuple(spoken(choice.spans, resolve) for choice in gap.choices)))
    return told


def steps(part: Steps, resolve: Resolve) -> list[Told]:
    """Tell each step of a calculation, and what is to be said of it."""
    told: list[Told] = []
    for step in part.steps:
        told.append(Paragraph(spoken(step.spans, resolve)))
        told += [with_numbers(block, resolve) for block in step.note]
    return told
