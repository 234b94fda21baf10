"""The lesson by typed lines: a page is read out, and the learner says what is next."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from engine.errors import EngineError
from lessons.course import Course
from lessons.errors import LessonError
from lessons.model import Asked, Part, Question, plain
from lessons.values import UnknownValueError
from tui.answered import Answered
from tui.places import STAYS, Held, Place, arrive, begin, page_after, page_before, page_count
from tui.plain.asking import Asker, QuestionStop
from tui.plain.glossary import looked_up
from tui.plain.help import HELP
from tui.plain.lab import LabStop
from tui.plain.pages import read_out, stop_for
from tui.plain.stop import NotUnderstoodError, Stop, number_in
from tui.plain.talk import Talk
from tui.progress import Progress
from tui.recall import take_due
from tui.session import Session
from tui.telling.lines import WIDTH, wrapped

BROKEN = (LessonError, EngineError, UnknownValueError)


class Turn(Exception):  # noqa: N818  it is no error
    """The learner goes to another page, or to the same one again."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


class Quit(Exception):  # noqa: N818  it is no error
    """The learner quits."""


class PlainReader:
    """Reads the course out, page by page, and does what is typed.

    Args:
        course: The course.
        session: Where the learner is, and what they answered.
        talk: Where lines come from and go to.

    """

    def __init__(self, course: Course, session: Session, talk: Talk) -> None:
        self.course = course
        self.session = session
        self.talk = talk
        self.stops: dict[tuple[str, int, int], Stop | None] = {}
        self.at: Stop | None = None
        self.lesson = ""
        self.note = ""
        self.held = Held()

    @property
    def progress(self) -> Progress:
        """What is known of the learner."""
        return self.session.progress

    def run(self, *, lab: bool = False, recall: bool = False) -> None:
        """Take the learner through the course until they quit, or nothing more is typed."""
        begin(self.course, self.progress)
        try:
            self.talk.say([f"{self.course.title}"])
            self._tell_note()
            place = self._begin(lab, recall)
            while True:
                try:
                    self._page(*self._allowed(place))
                except Turn as turn:
                    place = turn.place
        except (Quit, EOFError):
            self._leave()
            self.session.save()
            # What could not be written is said on the way out, by whoever began the lesson.
            kept = f"{self.session.promise} " if self.session.store and self.session.saved else ""
            self.talk.say(["", f"{kept}Goodbye."])
        except KeyboardInterrupt:
            self._leave()
            self.talk.say([""])
            raise
        finally:
            self.session.save()

    def _begin(self, lab: bool, recall: bool) -> Place:
        """Do what comes before the first page, and return where that is."""
        try:
            if lab:
                self._lab()
            elif recall:
                self._recall()
        except Turn as turn:
            return turn.place
        return self.progress.screen, self.progress.page

    def hold(self, slug: str) -> None:
        """Keep the learner on a screen, or let them go on where they were if ""; may end with a `Turn`."""
        here = self.progress.screen, self.progress.page
        place = self.held.keep(slug, here)
        if place != here:
            self._leave()
            raise Turn(place)

    def _allowed(self, place: Place) -> Place:
        """Return where the learner may go: to a page of the screen on which all are kept, if there is one."""
        if self.held.allows(place[0]):
            return place
        self.talk.say(["", STAYS])
        at = self.progress.page if self.progress.screen == self.held.screen else 0
        return self.held.screen, at

    def _leave(self) -> None:
        if self.at is not None:
            self.at.leave()
            self.at = None

    def _tell_note(self) -> None:
        if self.session.note != self.note:
            self.note = self.session.note
            if self.note:
                self.talk.say(["", *wrapped(self.note)])

    def _page(self, slug: str, page: int) -> None:
        """Read a page out, and end with a `Turn` to another one."""
        pages = page_count(self.course, slug)
        page = pages - 1 if page < 0 else min(page, pages - 1)
        self._heading(slug, page, pages)
        said = True
        try:
            parts = self.course.screen(slug).pages[page].parts
        except LessonError as error:
            parts = ()
            self.talk.say(["", "This page cannot be shown.", *wrapped(str(error))])
        arrive(self.course, self.progress, slug, page)
        self.session.save()
        self._tell_note()
        for at, part in enumerate(parts):
            ended = self._part(part, (slug, page, at))
            said = said if ended is None else ended
        self.at = None
        while said:
            after = page_after(self.course, self.progress)
            text = self._ask("Enter: next page." if after else "This is the last page. q: quit. m: menu.")
            if not text and after:
                break
            if text:
                self.talk.say(["Not understood. ? says what can be typed."])
        raise Turn(self._next())

    def _heading(self, slug: str, page: int, pages: int) -> None:
        lesson, order = self.course.lesson_of(slug), self.course.order
        self.talk.say([""])
        if lesson.title != self.lesson:
            self.lesson = lesson.title
            number = self.course.lessons.index(lesson) + 1
            self.talk.say([f"Lesson {number} of {len(self.course.lessons)}: {lesson.title}"])
        try:
            title = self.course.screen(slug).title
        except LessonError:
            title = slug
        where = f"Screen {order.index(slug) + 1} of {len(order)}, page {page + 1} of {pages}"
        self.talk.say(wrapped(f"{where}: {title}"))

    def _next(self) -> Place:
        """Return the next page, and note what was left open on this one; at the end, the same page."""
        slug, page = here = self.progress.screen, self.progress.page
        after = page_after(self.course, self.progress)
        if after is None:
            return here
        with contextlib.suppress(LessonError):
            for part in self.course.screen(slug).pages[page].parts:
                if isinstance(part, Asked):
                    self.session.skip(slug, part.slug)
        return after

    def _stop(self, part: Part, key: tuple[str, int, int]) -> Stop | None:
        if key not in self.stops:
            self.stops[key] = stop_for(part, self._asker(key[0]))
        return self.stops[key]

    def _asker(self, slug: str) -> Asker:
        return Asker(self.course, slug, self.session)

    def _part(self, part: Part, key: tuple[str, int, int]) -> bool | None:
        """Read a part out, and let the learner act; as `_act`, or None if it says nothing."""
        try:
            stop = self._stop(part, key)
            lines = ["", *(read_out(part, self._asker(key[0])) if stop is None else stop.told())]
        except BROKEN as error:
            self.talk.say(["", "This part cannot be shown.", *wrapped(str(error))])
            return True
        if len(lines) == 1:
            return None
        self.talk.say(lines)
        return True if stop is None else self._act(stop)

    def _act(self, stop: Stop) -> bool:
        """Let the learner act; return whether that ended by itself, so that it is read before going on."""
        self.at = stop
        while not stop.done:
            text = self._ask(stop.offer())
            if not text and not stop.takes_enter:
                self._leave()
                return False
            try:
                self.talk.say(stop.take(text))
            except NotUnderstoodError as error:
                self.talk.say([f"Not understood. {error}".strip()])
            except BROKEN as error:
                self.talk.say(wrapped(str(error)))
            except KeyboardInterrupt:
                self.talk.say(["", "Stopped."])
            self._tell_note()
        self.at = None
        return True

    def _ask(self, offer: str) -> str:
        """Return what was typed, once it is nothing that can be typed anywhere."""
        while True:
            # One line that says what can be typed is heard; a second one is a nuisance at every prompt.
            helped = f"{offer} ?: help."
            text = self.talk.ask(helped if len(helped) <= WIDTH else offer)
            word, _, rest = text.partition(" ")
            match word.lower():
                case "?" | "help":
                    session = self.session
                    self.talk.say(HELP.format(promise=session.promise, where=session.where).split("\n"))
                case "q" | "quit" if not rest:
                    raise Quit
                case "n" | "next" if not rest:
                    self._leave()
                    raise Turn(self._next())
                case "b" | "back" if not rest:
                    self._back()
                case "p" | "page" if not rest:
                    self._leave()
                    raise Turn((self.progress.screen, self.progress.page))
                case "m" | "menu" if not rest:
                    self._menu()
                case "g" | "glossary":
                    self.talk.say(looked_up(self._asker(self.progress.screen), self.progress, rest.strip()))
                case "x" | "lab" if not rest:
                    inside = isinstance(self.at, LabStop)
                    self._leave()
                    if not inside:
                        self._lab()
                    raise Turn((self.progress.screen, self.progress.page))
                case _:
                    return text

    def _back(self) -> None:
        before = page_before(self.course, self.progress)
        if before is None:
            self.talk.say(["This is the first page."])
            return
        self._leave()
        raise Turn(before)

    def _menu(self) -> None:
        number = 0
        for lesson in self.course.lessons:
            self.talk.say(["", f"{lesson.title}, {lesson.minutes} minutes:"])
            for slug in lesson.screens:
                number += 1
                self.talk.say(wrapped(f"{self._title(slug)}{self._mark(slug)}", first=f"  {number}. "))
        while True:
            text = self.talk.ask(f"1 to {number}: a screen. Enter: stay here.")
            if not text:
                return
            if at := number_in(text, number):
                self._leave()
                raise Turn((self.course.order[at - 1], 0))
            if text.lower() in ("q", "quit"):
                raise Quit
            self.talk.say(["Not understood."])

    def _title(self, slug: str) -> str:
        try:
            return self.course.screen(slug).title
        except LessonError:
            return f"{slug} (cannot be read)"

    def _mark(self, slug: str) -> str:
        marks = ["you are here"] if slug == self.progress.screen else []
        marks += ["seen to its end"] if slug in self.progress.finished else []
        return f" ({', '.join(marks)})" if marks else ""

    def _lab(self) -> None:
        lab = LabStop()
        self.talk.say(["", *lab.told()])
        self._act(lab)

    def _recall(self) -> None:
        """Offer questions of last time, if there are any."""
        asked = take_due(self.course, self.progress)
        if not asked:
            return
        self.session.save()
        many = len(asked) > 1
        what = f"{len(asked)} questions" if many else "One question"
        them = ("They change", "them") if many else ("It changes", "it")
        self.talk.say(
            [
                "",
                *wrapped(
                    "Welcome back. What you call to mind yourself, you keep longer than what you read again. "
                    f"{what} from last time, before you go on? {them[0]} nothing: your first answers stay as "
                    "they are."
                ),
            ]
        )
        while (text := self.talk.ask(f"y: take {them[1]}. Enter: not now.").lower()) not in ("", "n", "no"):
            if text in ("q", "quit"):
                raise Quit
            if text in ("y", "yes"):
                for each in asked:
                    self._ask_again(each)
                return
            self.talk.say(["Not understood."])

    def _ask_again(self, each: Answered) -> None:
        """Ask a question once more, and keep nothing of it."""
        question: Question = replace(each.question, kind="observe")
        nobody = Session(Progress(self.course.slug))
        stop = QuestionStop(question, Asker(self.course, each.screen, nobody))
        self.talk.say(["", f"Asked on: {self.course.screen(each.screen).title}"])
        self.talk.say(stop.told())
        if self._act(stop):
            sure = f" ({each.answer.confidence})" if each.answer.confidence else ""
            self.talk.say(wrapped(f"Last time you said{sure}: {plain(each.choice.spans)}"))
