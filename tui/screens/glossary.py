"""The glossary: every symbol and term of the course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from lessons.ascii import shown
from lessons.course import Course
from lessons.errors import LessonError
from lessons.glossary import Entry, load_glossary, page_text
from lessons.layout import Resolve, resolved, wrap
from lessons.model import Span
from tui.screens.overlay import Overlay
from tui.widgets.lines import MUTED, Lines, content
from tui.widgets.scrolling import Scrolling


class Entries(Lines):
    """Entries under a heading, each with its meaning and where it was introduced."""

    def __init__(self, heading: str, entries: Sequence[Entry], course: Course, resolve: Resolve) -> None:
        super().__init__()
        self.heading = heading
        self.entries = tuple(entries)
        self.course = course
        self.resolve = resolve

    def lines(self, width: int) -> Sequence[Content]:
        """Return the entries."""
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Content]:
        yield Content.styled(self.heading, "bold $text-accent")
        for entry in self.entries:
            meaning = resolved(entry.meaning, self.resolve)
            said = (Span(f"{entry.term}:", "strong"), Span(" "), *meaning)
            *most, last = wrap(said, width, rest="    ")
            yield from (content([line]) for line in most)
            where = f"  › {shown(self._title(entry.screen))}"
            if len(last.text) + len(where) <= width:
                yield content([last]) + Content.styled(where, MUTED)
            else:
                yield content([last])
                yield Content.styled(f"  {where}", MUTED)

    def _title(self, slug: str) -> str:
        try:
            return self.course.screen(slug).title if slug in self.course.order else slug
        except LessonError:
            return slug


class GlossaryScreen(Overlay[None]):
    """Every entry of the glossary, those that stand on the present page first.

    Args:
        course: The course.
        screen: Slug of the screen that is open.
        page: Its page, from 0.
        resolve: Turns the expression of a value into its number.

    """

    DEFAULT_CSS = """
    GlossaryScreen {
        align: center middle;
        Scrolling {
            width: 78; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1; scrollbar-size-vertical: 1;
            border-title-color: $text-accent; border-subtitle-color: $foreground-muted;
        }
    }
    """
    BINDINGS = [Binding("g,left,h", "dismiss(None)", "close", id="glossary.close")]

    def __init__(self, course: Course, screen: str, page: int, resolve: Resolve) -> None:
        super().__init__()
        self.course = course
        self.place = screen, page
        self.resolve = resolve

    def compose(self) -> ComposeResult:
        """Show the entries, or why they cannot be read."""
        with Scrolling() as box:
            box.border_title = "Glossary"
            box.border_subtitle = shown("↑ ↓ scroll   Esc closes   q quits")
            try:
                entries = load_glossary(self.course)
            except LessonError as error:
                yield Static(f"The glossary cannot be shown.\n\n{error}", markup=False)
                return
            prose, code = self._text()
            here = [entry for entry in entries if entry.stands_in(prose, code)]
            if here:
                yield Entries("On this page", here, self.course, self.resolve)
            others = [entry for entry in entries if entry not in here]
            if others:
                heading = "All others" if here else "All terms"
                yield Entries(heading, others, self.course, self.resolve)

    def _text(self) -> tuple[str, str]:
        screen, page = self.place
        try:
            return page_text(self.course.screen(screen).pages[page])
        except (LessonError, IndexError):
            return "", ""

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(Scrolling).focus()
