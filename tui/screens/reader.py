"""The reader: one page of the course at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Static

from engine.errors import EngineError
from lessons.course import Course
from lessons.errors import LessonError
from lessons.values import UnknownValueError
from tui.messages import NotKept
from tui.places import STAYS, Held, arrive, begin, page_after, page_before, page_count
from tui.session import Answer, Session
from tui.widgets.bars import KeyBar, PlaceBar
from tui.widgets.context import Context
from tui.widgets.scrolling import Scrolling

if TYPE_CHECKING:
    from tui.widgets.page import PageView

TALL = 32
WIDE, HIGH = 140, 48
"""The size from which live parts take more than the width of the text."""
HELD = ", held"
"""What the place says where the learner cannot leave the screen."""
SAID_HELD = 5.0
"""Seconds for which it is not said again that the learner is held."""
MOST_PAGES = 24
"""Pages that are kept as the learner left them, runs and all."""
READING = 1.5
"""Seconds after which the learner is taken to read the first page."""


class ReaderScreen(Screen[None]):
    """Shows the page where the learner is, goes on and back, and keeps what they answer.

    Args:
        course: The course.
        session: Where the learner is, and what they answered.

    """

    DEFAULT_CSS = """
    ReaderScreen {
        #body { height: 1fr; padding: 1 0 0 0; }
        overflow: hidden;
        &.-tall #pictures { height: 18; }
        &.-tall #lanes { height: 20; }
        &.-tall DecisionMap { width: 36; }
        &.-large RunView, &.-large RaceView, &.-large VerdictView { max-width: 150; }
        &.-large #pictures { height: 30; }
        &.-large #lanes { height: 34; }
        &.-large DecisionMap { width: 60; }
    }
    """
    BINDINGS = [
        Binding("left,h,p", "back", "back", key_display="←", id="reader.back"),
        Binding("right,l,n", "next", "next", key_display="→", id="reader.next"),
    ]

    def __init__(self, course: Course, session: Session) -> None:
        super().__init__()
        self.course = course
        self.session = session
        self.progress = session.progress
        self._recent: list[str] = []
        self._to_keep = False
        self.held = Held()
        self.loads_ahead = True
        self._said_held = False
        self.context = Context(
            course,
            self.progress.answer,
            self.keep_answer,
            self.progress.answers,
            self.progress.hints_taken,
            self.keep_hint,
        )

    def compose(self) -> ComposeResult:
        """Build the frame; pages are built when they are first shown."""
        yield PlaceBar()
        yield ContentSwitcher(id="body")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say in which lesson the learner is."""
        begin(self.course, self.progress)
        self.query_one(PlaceBar).place = (self._lesson(self.progress.screen), "", "")

    async def begin(self) -> None:
        """Open the page where the learner was."""
        await self.open_page(self.progress.screen, self.progress.page, keep=False)
        self.tell()
        if self.loads_ahead:
            self.set_timer(READING, lambda: self.run_worker(load_live, thread=True))

    async def open_anew(self) -> None:
        """Open the page where the learner is, with nothing left of what was shown before."""
        begin(self.course, self.progress)
        switcher = self.query_one(ContentSwitcher)
        switcher.current = None
        self._recent.clear()
        await switcher.remove_children()
        await self.open_page(self.progress.screen, self.progress.page, keep=False)

    def on_resize(self, event: Resize) -> None:
        """Use the room that there is."""
        self.set_class(event.size.height >= TALL, "-tall")
        self.set_class(event.size.width >= WIDE and event.size.height >= HIGH, "-large")

    def on_screen_suspend(self) -> None:
        """Name no keys while they go to a screen on top of this one."""
        self.query_one(KeyBar).visible = False

    def on_screen_resume(self) -> None:
        """Name the keys again."""
        self.query_one(KeyBar).visible = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn pages only where there is one."""
        if action not in ("next", "back"):
            return True
        if action == "back":
            return page_before(self.course, self.progress) is not None
        # The screen need not be read for it, unless it is the last one.
        last = self.progress.screen == self.course.order[-1]
        return not last or page_after(self.course, self.progress) is not None

    @property
    def page_view(self) -> PageView | None:
        """The page that is shown, or None if it could not be read."""
        from tui.widgets.page import PageView

        shown = self.query_one(ContentSwitcher).visible_content
        return shown if isinstance(shown, PageView) else None

    async def open_page(self, slug: str, page: int, *, keep: bool = True) -> None:
        """Show a page of a screen; `page` may be -1 for its last one.

        Args:
            slug: The screen.
            page: The page, from 0.
            keep: Whether to write down that the learner is there.

        """
        if not self.may_go(slug):
            return
        # With the page comes what reads Markdown: the frame is drawn before.
        from tui.widgets.page import PageView

        if self.page_view:
            self.page_view.leave()
        switcher = self.query_one(ContentSwitcher)
        pages = page_count(self.course, slug)
        page = pages - 1 if page < 0 else min(page, pages - 1)
        try:
            screen = self.course.screen(slug)
            name = f"page-{slug}--{page}"
            if not switcher.query_children(f"#{name}"):
                view = PageView(screen, screen.pages[page], self.context, id=name)
                await switcher.add_content(view, set_current=False)
            title = screen.title
        except (LessonError, EngineError, UnknownValueError) as error:
            title, name = slug, f"page-{slug}--{page}-unreadable"
            if not switcher.query_children(f"#{name}"):
                said = Static(f"This page cannot be shown.\n\n{error}", markup=False)
                await switcher.add_content(Scrolling(said, id=name), set_current=False)
        switcher.current = name
        arrive(self.course, self.progress, slug, page)
        order = self.course.order
        numbers = f"screen {order.index(slug) + 1}/{len(order)}, page {page + 1}/{pages}"
        self.query_one(PlaceBar).place = (
            self._lesson(slug),
            title,
            numbers + HELD * (self.held.screen == slug),
        )
        if self.page_view:
            self.page_view.show_current()
        self.refresh_bindings()
        if keep:
            # After the page is drawn, too: a disk may take as long as all else.
            self._to_keep = True
            self.call_after_refresh(self.keep_place)
        if name in self._recent:
            self._recent.remove(name)
        self._recent.append(name)
        if len(self._recent) > MOST_PAGES:
            # After the page is drawn: nobody waits for it.
            self.call_after_refresh(self.forget_pages)

    def hold(self, slug: str) -> None:
        """Keep the learner on a screen, whose pages can be turned; if "", let them go on where they were."""
        self.call_next(self.open_page, *self.held.keep(slug, (self.progress.screen, self.progress.page)))

    def may_go(self, slug: str) -> bool:
        """Return whether the learner may open a screen; say so if not."""
        if self.held.allows(slug):
            return True
        if not self._said_held:
            # Once for a key that is pressed again and again: what is said covers the page.
            self._said_held = True
            self.notify(STAYS)
            self.set_timer(SAID_HELD, self._may_say_held)
        return False

    def _may_say_held(self) -> None:
        self._said_held = False

    def _lesson(self, slug: str) -> str:
        lesson = self.course.lesson_of(slug)
        return f"{self.course.lessons.index(lesson) + 1} {lesson.title}"

    async def forget_pages(self) -> None:
        """Drop the pages that were shown longest ago, but none on which something runs."""
        from tui.widgets.page import PageView

        switcher = self.query_one(ContentSwitcher)
        for name in self._recent[:-MOST_PAGES]:
            if name not in self._recent:
                continue
            page = switcher.get_child_by_id(name)
            if not (isinstance(page, PageView) and page.busy):
                self._recent.remove(name)
                await page.remove()

    async def action_next(self) -> None:
        """Go to the next page, and after the last one to the next screen."""
        place = page_after(self.course, self.progress)
        if place and self.may_go(place[0]):
            self.skip_open_questions()
            await self.open_page(*place)

    async def action_back(self) -> None:
        """Go to the page before."""
        if place := page_before(self.course, self.progress):
            await self.open_page(*place)

    def skip_open_questions(self) -> None:
        """Write down which questions of this page were left unanswered; they can still be answered later."""
        view = self.page_view
        if view is None:
            return
        view.leave()
        for question in view.open_questions:
            self.session.skip(self.progress.screen, question.slug)

    def keep_answer(self, screen: str, question: str, answer: Answer) -> Answer:
        """Write an answer down at once, and return it as it was kept."""
        with self.telling():
            return self.session.give(screen, question, answer)

    def keep_hint(self, screen: str, question: str, count: int) -> None:
        """Write down at once how many hints of a question have been taken."""
        with self.telling():
            self.session.take_hint(screen, question, count)

    def keep_place(self) -> None:
        """Write down where the learner is, unless that has been done since."""
        if self._to_keep:
            self.keep()

    def on_unmount(self) -> None:
        """Lose no place that was left in a hurry."""
        self.keep_place()

    def keep(self) -> None:
        """Write the progress down."""
        self._to_keep = False
        with self.telling():
            self.session.save()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Say so when the progress can no longer be written, and when it can again."""
        note, saved = self.session.note, self.session.saved
        yield
        if not self.session.saved:
            self.post_message(NotKept())
        if self.session.note != note:
            self.tell()
        if self.session.saved and not saved:
            self.notify("Your progress is kept again.")

    def tell(self) -> None:
        """Show what the learner must know about their progress file, if anything."""
        if self.session.note:
            self.notify(self.session.note, severity="warning", timeout=15, markup=False)


def load_live() -> None:
    """Load what all live parts need, numpy above all: in a thread, nobody waits for it."""
    import tui.widgets.live
    import tui.widgets.run  # noqa: F401
