"""A course as a document: its lessons, hints and answers at the end of each, and the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.course import Course, Lesson
from lessons.glossary import has_glossary, load_glossary
from lessons.model import Feedback, Live, Paragraph, Part, Question, Span
from lessons.parts.review import Review
from lessons.parts.steps import Steps
from lessons.values import value
from tui import __version__
from tui.answered import answered
from tui.handout.answers import answer, own_answer
from tui.handout.asked import Posed, posed
from tui.handout.captions import captioned
from tui.handout.document import Contents, Defined, Document, Heading, Item, Reference
from tui.handout.results import results
from tui.handout.runs import Runs
from tui.progress import CONFIDENCES, Progress
from tui.telling import asking
from tui.telling.parts import told
from tui.telling.told import Numbered, said

HOW_TO_READ = (
    "Answer each question before you read on, and write down how sure you are: "
    f"{', '.join(CONFIDENCES)}. The hints and the answers, with the reason for each choice, stand at the end "
    "of each lesson. Where the text names keys or asks you to run something, the numbers stand below it: "
    "all of them were computed when this was written."
)
HOW_SURE = f"How sure are you: {', '.join(CONFIDENCES[:-1])}, or {CONFIDENCES[-1]}?"
SYMBOLS = "A raised number or letter at a symbol is the number of a layer: dW³ is the dW of layer 3."
REVIEW = (
    "Look through the answers: which predictions were wrong though you were certain or fairly sure of them?"
)
NONE_WRONG = "You were never sure of something wrong."


class Handout:
    """Writes a course down.

    Args:
        course: The course.
        progress: The learner's answers, if they are to be told.

    """

    def __init__(self, course: Course, progress: Progress | None = None) -> None:
        self.course = course
        self.progress = progress
        self.runs = Runs(course)
        self.posed = posed(course)

    def resolve(self, expression: str) -> str:
        """Return the number that an expression stands for."""
        return value(self.course, expression)

    def document(self, only: Lesson | None = None) -> Document:
        """Return the whole course, or one lesson of it.

        Raises:
            LessonError: a file of the course cannot be read, or asks for what there is not.
            EngineError: a run cannot be made.
            UnknownValueError: a number is asked for that there is not.

        """
        lessons = self.course.lessons if only is None else (only,)
        minutes = sum(lesson.minutes for lesson in lessons)
        items: list[Item] = [
            said(f"About {minutes} minutes. Course {self.course.slug}, written by initlesson {__version__}."),
            said(HOW_TO_READ),
            said(SYMBOLS),
            Heading(2, "Contents", "contents"),
            Contents(),
        ]
        for number, lesson in enumerate(self.course.lessons, start=1):
            if lesson in lessons:
                items += self._lesson(number, lesson)
        return Document(self.course.title, (*items, *self._glossary(lessons[-1])))

    def _lesson(self, number: int, lesson: Lesson) -> Iterator[Item]:
        yield Heading(2, f"Lesson {number}: {lesson.title}", f"lesson {lesson.slug}")
        for slug in lesson.screens:
            screen = self.course.screen(slug)
            yield Heading(3, screen.title, f"screen {slug}")
            for page in screen.pages:
                for part in page.parts:
                    yield from self._part(slug, part)
        if hinted := [each for each in self.posed if each.screen in lesson.screens and each.hints]:
            yield Heading(3, f"Hints for lesson {number}", f"hints {lesson.slug}")
            yield Defined(tuple(self._hints(each) for each in hinted))
        if told_here := [each for each in self.posed if each.answered == lesson.slug]:
            yield Heading(3, f"Answers to lesson {number}", f"answers {lesson.slug}")
            for each in told_here:
                yield Heading(4, f"Answer {each.number}", each.answer_key)
                yield Reference(f"Back to question {each.number}", each.question_key)
                if self.progress:
                    yield from own_answer(self.course, each, self.progress, self.resolve)
                yield from answer(each, self.resolve)

    def _hints(self, each: Posed) -> tuple[tuple[Span, ...], tuple[Numbered]]:
        hints = tuple(asking.spoken(hint, self.resolve) for hint in each.hints)
        return (Span(f"Question {each.number}", "strong"),), (Numbered(hints),)

    def _part(self, slug: str, part: Part) -> Iterator[Item]:
        here = next((each for each in self.posed if each.screen == slug and each.task is part), None)
        if here:
            yield Heading(4, f"Question {here.number}", here.question_key)
        match part:
            case Feedback(screen, question, later):
                if not later:
                    yield from self._feedback(screen, question)
            case Review():
                yield self._review()
            case Steps(steps):
                yield Defined(
                    tuple(
                        (
                            asking.spoken(step.spans, self.resolve),
                            tuple(asking.with_numbers(block, self.resolve) for block in step.note),
                        )
                        for step in steps
                    )
                )
            case Live():
                found = results(self.course, self.runs, part)
                yield from captioned(part, told(self.course, part) if found is None else found)
            case _:
                yield from told(self.course, part)
        if isinstance(part, Question) and part.kind == "predict":
            yield said(HOW_SURE, "emphasis")
        if here:
            yield Reference(f"Then see answer {here.number}{self._away(here)}", here.answer_key)

    def _away(self, here: Posed) -> str:
        """Return where an answer stands, if that is not the end of the same lesson."""
        if here.screen in self._lesson_named(here.answered).screens:
            return ""
        return f", at the end of lesson {self._number(here.answered)}"

    def _lesson_named(self, slug: str) -> Lesson:
        return next(lesson for lesson in self.course.lessons if lesson.slug == slug)

    def _number(self, slug: str) -> int:
        return self.course.lessons.index(self._lesson_named(slug)) + 1

    def _feedback(self, screen: str, question: str) -> Iterator[Item]:
        asked = self.course.question(screen, question)
        for each in self.posed:
            if each.screen == screen and each.task is asked:
                text = f"Compare your prediction with answer {each.number}{self._away(each)}"
                yield Reference(text, each.answer_key)

    def _review(self) -> Item:
        if self.progress is None:
            return said(REVIEW)
        given = self.progress.answers
        sure = [each for each in answered(self.course, given, given) if each.sure_and_wrong]
        if not sure:
            return said(NONE_WRONG)
        number = {(each.screen, id(each.task)): each.number for each in self.posed}
        return Defined(
            tuple(
                (
                    (
                        Span(f"Question {number[each.screen, id(each.question)]}, ", "strong"),
                        Span(f"you were {each.answer.confidence}: "),
                        *asking.spoken(each.choice.spans, self.resolve),
                    ),
                    (
                        Paragraph(
                            (
                                Span("Right: ", "strong"),
                                *asking.spoken(each.question.right.spans, self.resolve),
                            )
                        ),
                        *(asking.with_numbers(block, self.resolve) for block in each.question.right.feedback),
                    ),
                )
                for each in sure
            )
        )

    def _glossary(self, last: Lesson) -> Iterator[Item]:
        """Yield the terms that were introduced up to the end of a lesson."""
        if not has_glossary(self.course):
            return
        order = self.course.order
        known = order[: order.index(last.screens[-1]) + 1]
        entries = [entry for entry in load_glossary(self.course) if entry.screen in known]
        if entries:
            yield Heading(2, "Glossary", "glossary")
            yield Defined(
                tuple(
                    (
                        (Span(entry.term, "strong"),),
                        (Paragraph(asking.spoken(entry.meaning, self.resolve)),),
                    )
                    for entry in entries
                )
            )
