"""The reader: one page of the course at a time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Static

from lessons.course import Course
from lessons.errors import LessonError
from tui.messages import Answered
from tui.session import Answer, Session
from tui.widgets.bars import KeyBar, PlaceBar
from tui.widgets.page import PageView
from tui.widgets.parts import Context

SMALLEST = (60, 18)
TALL = 32


class ReaderScreen(Screen[None]):
    """Shows the page where the learner is, goes on and back, and keeps what they answer.

    Args:
        course: The course.
        session: Where the learner is, and what they answered.

    """

    DEFAULT_CSS = """
    ReaderScreen {
        #body { height: 1fr; padding: 1 0 0 0; }
        #small { display: none; padding: 1 2; }
        &.-tall #pictures { height: 18; }
        &.-tall DecisionMap { width: 36; }
        &.-small {
            #small { display: block; }
            #body, PlaceBar, KeyBar { display: none; }
        }
    }
    """
    BINDINGS = [
        Binding("left,h,p", "back", "Back", key_display="←", id="reader.back"),
        Binding("right,l,n", "next", "Next", key_display="→", id="reader.next"),
    ]

    def __init__(self, course: Course, session: Session) -> None:
        super().__init__()
        self.course = course
        self.session = session
        self.progress = session.progress
        self.context = Context(course, self.progress.answer)

    def compose(self) -> ComposeResult:
        """Build the frame; pages are built when they are first shown."""
        yield PlaceBar()
        yield ContentSwitcher(id="body")
        yield KeyBar()
        yield Static(id="small")

    async def on_mount(self) -> None:
        """Open the page where the learner was."""
        if self.progress.screen not in self.course.order:
            self.progress.screen, self.progress.page = self.course.order[0], 0
        await self.open_page(self.progress.screen, self.progress.page, keep=False)
        self.tell()

    def on_resize(self, event: Resize) -> None:
        """Say so where there is too little room, and use the room that there is."""
        columns, lines = SMALLEST
        small = event.size.width < columns or event.size.height < lines
        self.set_class(small, "-small")
        self.set_class(event.size.height >= TALL, "-tall")
        if small:
            self.query_one("#small", Static).update(
                f"Too small: {event.size.width}×{event.size.height}.\n"
                f"Enlarge the window to {columns}×{lines}; 80×24 is best. q quits."
            )

    @property
    def page_view(self) -> PageView | None:
        """The page that is shown, or None if it could not be read."""
        shown = self.query_one(ContentSwitcher).visible_content
        return shown if isinstance(shown, PageView) else None

    async def open_page(self, slug: str, page: int, *, keep: bool = True) -> None:
        """Show a page of a screen; `page` may be -1 for its last one.

        Args:
            slug: The screen.
            page: The page, from 0.
            keep: Whether to write down that the learner is there.

        """
        switcher = self.query_one(ContentSwitcher)
        try:
            screen = self.course.screen(slug)
            page = len(screen.pages) - 1 if page < 0 else min(page, len(screen.pages) - 1)
            name = f"{slug}--{page}"
            if not switcher.query_children(f"#{name}"):
                view = PageView(screen, screen.pages[page], self.context, id=name)
                await switcher.add_content(view, set_current=False)
            title, pages = screen.title, len(screen.pages)
        except LessonError as error:
            page, pages, title, name = 0, 1, slug, f"{slug}--unreadable"
            if not switcher.query_children(f"#{name}"):
                said = Static(f"This screen cannot be shown.\n\n{error}", markup=False)
                await switcher.add_content(VerticalScroll(said, id=name), set_current=False)
        switcher.current = name
        self.progress.screen, self.progress.page = slug, page
        order = self.course.order
        lesson = self.course.lesson_of(slug)
        number = self.course.lessons.index(lesson) + 1
        self.query_one(PlaceBar).place = (
            f"{number} {lesson.title}",
            title,
            f"screen {order.index(slug) + 1}/{len(order)}, page {page + 1}/{pages}",
        )
        if self.page_view:
            self.page_view.show_current()
        self.refresh_bindings()
        if keep:
            self.keep()

    async def action_next(self) -> None:
        """Go to the next page, and after the last one to the next screen."""
        self.skip_open_questions()
        slug, page = self.progress.screen, self.progress.page
        if page + 1 < self.page_count(slug):
            await self.open_page(slug, page + 1)
            return
        self.progress.finished.add(slug)
        after = self.course.order[self.course.order.index(slug) + 1 :]
        if after:
            await self.open_page(after[0], 0)
        else:
            self.keep()
            self.notify("This was the last page. m: menu, q: quit.", title="The end")

    async def action_back(self) -> None:
        """Go to the page before."""
        slug, page = self.progress.screen, self.progress.page
        before = self.course.order[: self.course.order.index(slug)]
        if page > 0:
            await self.open_page(slug, page - 1)
        elif before:
            await self.open_page(before[-1], -1)
        else:
            self.notify("This is the first page. → goes on.")

    def page_count(self, slug: str) -> int:
        """Return how many pages a screen has; an unreadable one counts as one."""
        try:
            return len(self.course.screen(slug).pages)
        except LessonError:
            return 1

    def skip_open_questions(self) -> None:
        """Write down which questions of this page were left unanswered; they can still be answered later."""
        slug = self.progress.screen
        view = self.page_view
        for question in view.open_questions if view else ():
            self.progress.answers.setdefault(f"{slug}/{question.slug}", Answer(None))

    def on_answered(self, message: Answered) -> None:
        """Keep an answer at once."""
        self.progress.answers[f"{self.progress.screen}/{message.question}"] = message.answer
        self.keep()

    def keep(self) -> None:
        """Write the progress down, and say so if that does not work."""
        before = self.session.note
        self.session.save()
        if self.session.note != before:
            self.tell()

    def tell(self) -> None:
        """Show what the learner must know about their progress file, if anything."""
        if self.session.note:
            self.notify(self.session.note, severity="warning", timeout=15, markup=False)
