"""What an author got wrong, found before a learner does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.errors import EngineError
from engine.scenario import Scenario, run
from engine.wake import Number, wake, with_numbers
from lessons.course import Course, load_course, read_text
from lessons.errors import LessonError
from lessons.glossary import has_glossary, load_glossary
from lessons.layout import cell_width, lay_out, resolved, wrap
from lessons.model import Assembly, Blank, Block, Feedback, Live, Page, Prose, Question, Spans
from lessons.pace import minutes
from lessons.parts.editor import Change, Editor
from lessons.parts.published import Published
from lessons.parts.steps import Steps
from lessons.published import published
from lessons.scenarios import FINDERS, editable, load_scenarios
from lessons.values import UnknownValueError, number, value

WIDTH = 74
"""What is left of 80 columns beside the margins and the mark of a live part."""

ROLE = re.compile(r"\{value\}`([^`]*)`")
DECIMAL = re.compile(r"(?<![\w.§])\d+\.\d+")
LATEX = re.compile(r"\\[a-zA-Z]+|\$[^$\s][^$]*\$")


def check_course(folder: Path) -> list[LessonError]:
    """Return all problems of a course, in the order of its screens; empty if there are none."""
    try:
        course = load_course(folder)
        scenarios = load_scenarios(course)
    except LessonError as error:
        return [error]
    problems: list[LessonError] = []
    for slug in course.order:
        try:
            problems += _screen(course, slug)
        except LessonError as error:
            problems.append(error)
    problems += _glossary(course)
    problems += _minutes(course)
    problems += _scenarios(course, scenarios)
    problems += _strays(course)
    return problems


def _screen(course: Course, slug: str) -> Iterator[LessonError]:
    path = course.path(slug)
    text = read_text(course.folder, path)
    screen = course.screen(slug)
    yield from _numbers(course, path, text)
    for page in screen.pages:
        yield from _names(course, page, path, text)
        yield from _widths(course, page, path, text)


def _glossary(course: Course) -> list[LessonError]:
    if not has_glossary(course):
        return []
    path = course.glossary
    try:
        entries = load_glossary(course)
        problems = list(_numbers(course, path, read_text(course.folder, path)))
    except LessonError as error:
        return [error]
    for entry in entries:
        if entry.screen not in course.order:
            problem = f"{entry.term}: no screen {entry.screen!r}; it is the one that introduced the term"
            problems.append(LessonError(path, entry.line, problem))
    return problems


def _numbers(course: Course, path: Path, text: str) -> Iterator[LessonError]:
    """Yield what is wrong with the numbers and formulas in the prose of a file."""
    for at, line in enumerate(_prose_lines(text), start=1):
        for expression in ROLE.findall(line):
            try:
                value(course, expression)
            except (UnknownValueError, LessonError) as error:
                yield LessonError(path, at, str(error))
        bare = ROLE.sub("", line)
        for decimal in DECIMAL.findall(bare):
            yield LessonError(
                path, at, f"{decimal} is typed by hand; let the engine compute it: {{value}}`…`"
            )
        for formula in LATEX.findall(bare):
            yield LessonError(path, at, f"{formula}: a terminal shows no LaTeX; write it in Unicode")


def _prose_lines(text: str) -> Iterator[str]:
    """Yield the lines of a file, those that are not prose (formulas, options) emptied."""
    fenced = False
    for line in text.split("\n"):
        if line.startswith("```"):
            fenced = not fenced
        yield "" if fenced or re.match(r":[a-z-]+:|:::", line) else line


def _names(course: Course, page: Page, path: Path, text: str) -> Iterator[LessonError]:
    for part in page.parts:
        if isinstance(part, Live):
            for name in part.scenarios:
                try:
                    FINDERS[part.demand](course, name)
                except LessonError as error:
                    yield LessonError(path, _line_of(text, name), error.problem)
        if isinstance(part, Published):
            for name in part.scenarios:
                yield from _figures(course, name, path, text)
        if isinstance(part, Editor):
            yield from _awakes(course, part, path, text)
        if isinstance(part, Feedback) and course.question(part.screen, part.question) is None:
            line = _line_of(text, part.question)
            yield LessonError(path, line, f"no question {part.screen}/{part.question} to give feedback on")
        if isinstance(part, Blank):
            try:
                answer = abs(number(course, part.answer))
            except (UnknownValueError, LessonError) as error:
                yield LessonError(path, _line_of(text, part.answer), str(error))
            else:
                if 0 < answer <= 2 * part.tolerance:
                    problem = f"tolerance is {part.tolerance:g}: too wide for an answer of {answer:g}"
                    yield LessonError(path, _line_of(text, part.answer), problem)


def _figures(course: Course, name: str, path: Path, text: str) -> Iterator[LessonError]:
    try:
        figures = published(course, name)
    except LessonError as error:
        yield LessonError(path, _line_of(text, name), error.problem)
        return
    described = load_scenarios(course).get(name)
    last = figures.every * (len(figures.cost) - 1)
    if described and last > described.steps:
        problem = f"[{name}] has costs up to step {last:,}; its run ends at step {described.steps:,}"
        yield LessonError(path, _line_of(text, name), problem)


def _awakes(course: Course, part: Editor, path: Path, text: str) -> Iterator[LessonError]:
    """Yield what is wrong with an answer: it must wake the network, and no change of one number less may."""
    try:
        described = editable(course, part.scenario)
        data = described.split()
        network = described.network(data)

        def woken(changes: tuple[Change, ...]) -> bool:
            changed = with_numbers(network, {Number(*change[:3]): change.value for change in changes})
            found = wake(
                changed,
                data.train,
                learning_rate=described.learning_rate,
                steps=described.steps,
                loss=described.loss,
            )
            return found.step is not None

        if not woken(part.answer):
            yield LessonError(
                path, _line_of(text, ":answer:"), "the answer wakes nothing; change another number"
            )
        for left_out in range(len(part.answer)):
            if woken((*part.answer[:left_out], *part.answer[left_out + 1 :])):
                yield LessonError(
                    path, _line_of(text, ":answer:"), "the answer needs fewer changes than it has"
                )
                break
    except LessonError:
        return  # the scenario has been told of
    except EngineError as error:
        yield LessonError(path, _line_of(text, ":answer:"), str(error))


def _texts(page: Page) -> tuple[list[Block], list[Spans]]:
    """Return all blocks of a page, and all choices and hints, which are drawn behind a mark."""
    blocks: list[Block] = []
    marked: list[Spans] = []
    for part in page.parts:
        if isinstance(part, Prose):
            blocks += part.blocks
        if isinstance(part, Question | Blank | Assembly):
            blocks += part.prompt
        if isinstance(part, Question | Blank):
            marked += part.hints
        if isinstance(part, Editor):
            marked += part.hints
        if isinstance(part, Blank | Editor):
            blocks += part.reason
        for step in part.steps if isinstance(part, Steps) else ():
            blocks += step.note
            marked.append(step.spans)
        gaps = part.gaps if isinstance(part, Assembly) else ()
        marked += [gap.before for gap in gaps]
        choices = part.choices if isinstance(part, Question) else [c for gap in gaps for c in gap.choices]
        for choice in choices:
            blocks += choice.feedback
            marked.append(choice.spans)
    return blocks, marked


def _widths(course: Course, page: Page, path: Path, text: str) -> Iterator[LessonError]:
    def resolve(expression: str) -> str:
        try:
            return value(course, expression)
        except (UnknownValueError, LessonError):
            return ""

    blocks, marked = _texts(page)
    lines = lay_out(blocks, WIDTH, resolve)
    for spans in marked:
        lines += wrap(resolved(spans, resolve), WIDTH, first="     ")
    for line in lines:
        if cell_width(line.text) > WIDTH:
            place = _line_of(text, line.text.strip())
            yield LessonError(path, place, f"{line.text.strip()!r} is wider than {WIDTH} columns; break it")


def _line_of(text: str, wanted: str) -> int | None:
    for at, line in enumerate(text.split("\n"), start=1):
        if wanted in line:
            return at
    return None


def _scenarios(course: Course, scenarios: dict[str, Scenario]) -> Iterator[LessonError]:
    for name, described in scenarios.items():
        try:
            run(described)
        except EngineError as error:
            yield LessonError(course.folder / "scenarios.toml", None, f"[{name}] does not run: {error}")


def _minutes(course: Course) -> Iterator[LessonError]:
    for lesson in course.lessons:
        try:
            found = max(1, round(minutes(course, lesson)))
        except LessonError:
            continue  # that screen has been told of
        if abs(lesson.minutes - found) > max(2, found / 5):
            problem = f"{lesson.slug} takes {lesson.minutes} minutes; its words and parts take about {found}"
            yield LessonError(course.folder / "course.toml", None, problem)


def _strays(course: Course) -> Iterator[LessonError]:
    known = {course.path(slug) for slug in course.order} | {course.glossary}
    for path in sorted(course.folder.rglob("*.md")):
        if path not in known and path.name != "README.md":
            yield LessonError(path, None, "belongs to no lesson; name it in course.toml, or remove it")
