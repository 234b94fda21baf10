"""What stands on the screen at one time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget

from lessons.model import Asked, Page, Screen
from tui.messages import PartDone
from tui.widgets.assembly import AssemblyView
from tui.widgets.blank import BlankView
from tui.widgets.context import Context
from tui.widgets.feedback import FeedbackView
from tui.widgets.parts import widget_for
from tui.widgets.question import QuestionView
from tui.widgets.review import ReviewView
from tui.widgets.scrolling import Scrolling

ASKING = (QuestionView, BlankView, AssemblyView)
"""What asks the learner something: each has a `question`, is `open` until it is answered, and can be left."""


class PageView(Scrolling):
    """A page of a screen, its parts below each other.

    Args:
        screen: The screen.
        page: One of its pages.
        context: What the parts need to know.
        id: The widget's id.

    """

    DEFAULT_CSS = """
    PageView {
        padding: 0 2;
        scrollbar-size-vertical: 1;
        &:focus { background-tint: transparent; }
        Lines:last-child { margin: 0; }
        .-live { padding: 0 0 0 1; border-left: blank; }
        .-live:focus { border-left: outer $accent; }
    }
    """

    BINDINGS = [
        Binding("tab", "next_part(1)", "part", key_display="Tab", id="page.part"),
        Binding("shift+tab", "next_part(-1)", "part before", show=False, id="page.part_before"),
        Binding("pagedown", "page_down", "more below", key_display="PgDn", id="page.more"),
    ]

    def __init__(self, screen: Screen, page: Page, context: Context, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.page_widgets = [widget_for(part, screen, context) for part in page.parts]
        for widget in self.live:
            widget.add_class("-live")
        # Without live parts the arrow keys scroll the page itself.
        self.can_focus = not self.live

    def compose(self) -> ComposeResult:
        """Put the parts below each other."""
        yield from self.page_widgets

    @property
    def live(self) -> list[Widget]:
        """The parts that take keys, in order."""
        return [widget for widget in self.page_widgets if widget.can_focus]

    @property
    def busy(self) -> bool:
        """Whether a part of the page trains in a thread."""
        return any(not worker.is_finished for worker in self.app.workers if self in worker.node.ancestors)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the next part only where there is one."""
        if action == "page_down":
            return self.max_scroll_y > 0
        return len(self.live) > 1 if action == "next_part" else True

    def on_mount(self) -> None:
        """Name the key that scrolls while there is something to scroll."""
        self.watch(self, "show_vertical_scrollbar", self.refresh_bindings, init=False)

    def action_next_part(self, by: int) -> None:
        """Give the keys to the next part that takes them, after the last to the first, or the other way."""
        focused = self.screen.focused
        at = self.live.index(focused) if focused in self.live else min(-by, 0)
        # At once, unlike focus(): the next key may be here already, and is meant for the next part.
        self.screen.set_focus(self.live[(at + by) % len(self.live)])

    def leave(self) -> None:
        """Let questions keep what was chosen, as the learner goes on."""
        for widget in self.live:
            if isinstance(widget, ASKING):
                widget.leave()

    @property
    def open_questions(self) -> list[Asked]:
        """What this page asks and has not been answered."""
        return [widget.question for widget in self.live if isinstance(widget, ASKING) and widget.open]

    def show_current(self) -> None:
        """Let feedback follow the answers given since, and give the keys to the first live part."""
        for widget in self.page_widgets:
            if isinstance(widget, FeedbackView | ReviewView):
                widget.refresh(layout=True)
        self.screen.set_focus(self.live[0] if self.live else self, scroll_visible=False)

    def on_part_done(self, message: PartDone) -> None:
        """Move the focus on to the next live part, and bring what is new into view."""
        message.stop()
        for widget in self.page_widgets:
            if isinstance(widget, FeedbackView) and widget.waits:
                widget.action_tell()
        if not self.display:
            return
        after = self.live[self.live.index(message.part) + 1 :]
        target = next((widget for widget in after if isinstance(widget, ASKING) and widget.open), None)
        if target is not None:
            self.screen.set_focus(target)
        else:
            self.call_after_refresh(self.scroll_to_widget, message.part, animate=False)
