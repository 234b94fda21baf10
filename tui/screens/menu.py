"""The menu: every lesson and screen of the course."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.markup import escape
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lessons.ascii import shown, shown_line
from lessons.course import Course
from lessons.errors import LessonError
from tui.screens.overlay import Overlay
from tui.session import Progress


class ScreenList(OptionList, inherit_bindings=False):
    """The list, with the keys that the lesson has elsewhere."""

    BINDINGS = [
        Binding("up,k", "cursor_up", "move", show=False, id="list.up"),
        Binding("down,j", "cursor_down", "move", show=False, id="list.down"),
        Binding("pageup", "page_up", "page up", show=False, id="list.page_up"),
        Binding("pagedown", "page_down", "page down", show=False, id="list.page_down"),
        Binding("home", "first", "first", show=False, id="list.first"),
        Binding("end", "last", "last", show=False, id="list.last"),
        Binding("enter,space", "select", "open", show=False, id="list.open"),
    ]


class MenuScreen(Overlay[str | None]):
    """Lets the learner choose a screen; its result is the slug, or None.

    Args:
        course: The course.
        progress: What is known of the learner.

    """

    DEFAULT_CSS = """
    MenuScreen {
        align: center middle;
        #box {
            width: 64; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1;
            border-title-color: $text-accent; border-subtitle-color: $foreground-muted;
        }
        OptionList { height: auto; max-height: 75vh; padding: 0; background: transparent; }
        OptionList, OptionList:focus { border: none; background-tint: transparent; }
        Static { color: $text-muted; margin: 1 0 0 0; }
    }
    """
    BINDINGS = [Binding("m,left,h", "dismiss(None)", "close", id="menu.close")]

    def __init__(self, course: Course, progress: Progress) -> None:
        super().__init__()
        self.course = course
        self.progress = progress
        self.cursor = progress.screen

    def compose(self) -> ComposeResult:
        """List the lessons, with their screens below them."""
        options: list[Option] = []
        for number, lesson in enumerate(self.course.lessons, start=1):
            heading = Content.styled(shown(f"{number} {lesson.title}, {lesson.minutes} min"), "bold")
            options.append(Option(heading, disabled=True))
            for slug in lesson.screens:
                options.append(Option(self._line(slug, slug == self.progress.screen), id=slug))
        with Vertical(id="box") as box:
            box.border_title = escape(shown(self.course.title))
            yield ScreenList(*options)
            yield Static(shown_line("↑↓ move   Enter opens   Esc closes   q quits\n✓ seen   • you are here"))

    def _line(self, slug: str, cursor: bool = False) -> Content:
        try:
            title = self.course.screen(slug).title
        except LessonError:
            title = f"{slug} (cannot be read)"
        mark = "•" if slug == self.progress.screen else "✓" if slug in self.progress.finished else " "
        return Content(f"{'▸' if cursor else ' '} {mark} {shown(title)}")

    def on_mount(self) -> None:
        """Begin where the learner is."""
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(self.progress.screen)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Put the cursor's mark where it is: without colours its line is but bold."""
        if event.option_id and event.option_id != self.cursor:
            event.option_list.replace_option_prompt(self.cursor, self._line(self.cursor))
            self.cursor = event.option_id
            event.option_list.replace_option_prompt(self.cursor, self._line(self.cursor, cursor=True))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the chosen screen."""
        self.dismiss(event.option.id)
