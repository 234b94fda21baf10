"""A page as what is read out and what is done, in order."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.errors import LessonError
from lessons.model import Assembly, Blank, Feedback, Part, Question
from lessons.parts.editor import Editor
from lessons.parts.ledger import LedgerTable
from lessons.parts.loss_curves import LossCurves
from lessons.parts.loss_table import LossTable
from lessons.parts.nudges import Nudges
from lessons.parts.published import Published
from lessons.parts.race import Race
from lessons.parts.review import Review
from lessons.parts.run import Run
from lessons.parts.steps import Steps
from lessons.parts.switchboard import Switchboard
from lessons.parts.trials import Trials
from lessons.parts.verdict import Verdict
from lessons.parts.width_one import WidthOne
from tui.answered import NONE_WRONG, sure_and_wrong
from tui.plain.asking import Asker, AssemblyStop, BlankStop, QuestionStop
from tui.plain.stop import Stop
from tui.telling.lines import lines, wrapped
from tui.telling.met import on_prediction
from tui.telling.parts import told


def stop_for(part: Part, asker: Asker) -> Stop | None:
    """Return where the learner does something with a part, or None if it is only read.

    What shows numbers brings numpy with it, so it is imported when the first of it is needed.
    """
    from lessons.scenarios import scenarios_of

    course = asker.course
    match part:
        case Question():
            return QuestionStop(part, asker)
        case Blank():
            return BlankStop(part, asker)
        case Assembly():
            return AssemblyStop(part, asker)
        case Run() | Trials() | Verdict() | WidthOne() | Race():
            from tui.plain import runs

            scenarios = scenarios_of(course, part)
            match part:
                case Run():
                    return runs.RunStop(part, *scenarios)
                case Trials():
                    return runs.TrialsStop(part, scenarios)
                case Verdict():
                    return runs.VerdictStop(part, scenarios)
                case WidthOne():
                    return runs.WidthOneStop(part, scenarios)
                case Race():
                    return runs.RaceStop(part, scenarios)
        case LedgerTable():
            from tui.plain.networks import LedgerStop

            return LedgerStop(part, scenarios_of(course, part))
        case Nudges():
            from tui.plain.networks import NudgesStop

            return NudgesStop(part, *scenarios_of(course, part))
        case Switchboard():
            from tui.plain.networks import SwitchboardStop

            return SwitchboardStop(part, scenarios_of(course, part))
        case Editor():
            from tui.plain.networks import EditorStop

            (small,) = scenarios_of(course, part)
            return EditorStop(part, small, asker)
        case LossTable(start) | LossCurves(start):
            from tui.plain.figures import LossStop

            return LossStop(start, curves=isinstance(part, LossCurves))
        case Steps():
            from tui.plain.figures import StepsStop

            return StepsStop(part, asker)
        case Published():
            from lessons.published import published
            from tui.plain.figures import PublishedStop

            figures = [published(course, name) for name in part.scenarios]
            return PublishedStop(part, scenarios_of(course, part), figures)
    return None


def read_out(part: Part, asker: Asker) -> list[str]:
    """Return what a part says that is only read, as lines."""
    match part:
        case Feedback():
            return list(_feedback(part, asker))
        case Review():
            return list(_review(asker))
    return lines(told(asker.course, part))


def _feedback(part: Feedback, asker: Asker) -> Iterator[str]:
    course = asker.course
    question = course.question(part.screen, part.question)
    if question is None:
        problem = f"no question {part.screen}/{part.question} to give feedback on"
        raise LessonError(course.path(asker.screen), None, problem)
    if part.screen != asker.screen:
        yield "You were asked:"
        yield from asker.blocks(question.prompt)
    answer = asker.session.progress.answer(part.screen, part.question)
    for said in on_prediction(question, answer, later=part.later):
        if said.choice is None:
            yield said.says
        else:
            yield from asker.text(f"{said.says} ", said.choice.spans)
            if said.reason:
                yield from asker.blocks(said.choice.feedback)


def _review(asker: Asker) -> Iterator[str]:
    course = asker.course
    found = sure_and_wrong(course, asker.session.progress.answers)
    if not found:
        yield from wrapped(NONE_WRONG)
        return
    yield f"{len(found)} prediction{'s' if len(found) > 1 else ''} of this kind."
    for each in found:
        yield ""
        yield f"On the screen {course.screen(each.screen).title}:"
        yield from asker.blocks(each.question.prompt)
        yield from asker.text(f"You were {each.answer.confidence}: ", each.choice.spans)
        yield from asker.text("Right is: ", each.question.right.spans)
        yield from asker.blocks(each.question.right.feedback)
