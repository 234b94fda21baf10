"""The instructor's screen: where the room is, who is stuck, and how the question selected is split."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.events import Resize
from textual.screen import Screen

from tui.widgets.bars import KeyBar, PlaceBar
from tui.workshop.room.desk import Desk
from tui.workshop.room.people_view import PeopleView
from tui.workshop.room.places_view import HEAD, STUCK, PlacesView
from tui.workshop.room.split_view import SplitView
from tui.workshop.room.status_view import StatusView

NARROW, WIDE, TALL = 76, 110, 32


class Pane(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A part of the screen that scrolls, and takes no key."""


class RoomScreen(Screen[None]):
    """The whole of it at a time where there is room; elsewhere the room, or the question by Enter.

    Args:
        desk: What the instructor looks at.

    """

    DEFAULT_CSS = """
    RoomScreen {
        overflow: hidden;
        Pane { scrollbar-size-vertical: 1; height: 100%; }
        #body { layout: grid; grid-size: 2 1; grid-columns: 1fr 30; grid-gutter: 0 2; height: 1fr; }
        #body { padding: 1 2 0 2; }
        #split { display: none; }
        &.-narrow #body { grid-size: 1 2; grid-columns: 1fr; grid-rows: 1fr 6; padding: 0 2; }
        &.-question #body { grid-size: 1 1; grid-columns: 1fr; grid-rows: 1fr; }
        &.-question #split { display: block; }
        &.-question #places, &.-question #people { display: none; }
        &.-wide #body { grid-size: 2 2; grid-columns: 1fr 1.3fr; grid-rows: 1fr 10; grid-gutter: 1 3; }
        &.-wide #split { display: block; row-span: 2; }
        &.-wide #places, &.-wide #people { display: block; }
    }
    """
    # In the order in which a class needs them: where it is narrow, the last keys stand without what they do.
    BINDINGS = [
        Binding("enter,space", "split", "question", id="room.split"),
        Binding("v", "app.open_vote", "vote", id="room.open_vote"),
        Binding("v", "app.second_vote", "second vote", id="room.second_vote"),
        Binding("v", "app.close_vote", "close the vote", id="room.close_vote"),
        Binding("t", "shift", "shift", id="room.shift"),
        Binding("r", "reveal", "right?", id="room.reveal"),
        Binding("f", "app.freeze", "freeze", id="room.freeze"),
        Binding("f", "app.let_run", "let run", id="room.let_run"),
        Binding("escape,enter,space", "places", "room", key_display="Esc", id="room.places"),
        Binding("up,k", "screen(-1)", "screen", key_display="↑↓", id="room.up"),
        Binding("down,j", "screen(1)", "screen", show=False, id="room.down"),
        Binding("left,h", "question(-1)", "question", key_display="←→", id="room.left"),
        Binding("right,l", "question(1)", "question", show=False, id="room.right"),
        Binding("s", "app.say", "say", id="room.say"),
        Binding("n", "app.names", "names", id="room.names"),
        Binding("w", "app.who", "who", id="room.who"),
        Binding("e", "app.export", "export", id="room.export"),
        Binding("pageup", "scroll(-1)", show=False, id="room.page_up"),
        Binding("pagedown", "scroll(1)", show=False, id="room.page_down"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.split = SplitView(desk)
        self.places = PlacesView(desk)

    def compose(self) -> ComposeResult:
        """Put the parts between the bars."""
        yield PlaceBar()
        yield StatusView(self.desk)
        with Container(id="body"):
            with Pane(id="places"):
                yield self.places
            with Pane(id="split"):
                yield self.split
            with Pane(id="people"):
                yield PeopleView(self.desk)
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw it for the first time."""
        self.draw()

    def on_resize(self, event: Resize) -> None:
        """Use the room that there is."""
        self.set_class(event.size.width < NARROW, "-narrow")
        self.set_class(event.size.width >= WIDE, "-wide")
        self.split.both = event.size.height >= TALL
        # The columns are laid out anew first.
        self.call_after_refresh(self.draw)
        self.refresh_bindings()

    @property
    def wide(self) -> bool:
        """Whether all is shown at a time."""
        return self.has_class("-wide")

    def draw(self) -> None:
        """Show everything as it is now."""
        each = self.places.heads_a_sign()
        head = f"up to {each} learners" if each > 1 else "a learner"
        self.query_one(PlaceBar).place = ("initlesson", "The room", f"{HEAD} {head}, {STUCK} stuck")
        for part in (StatusView, PlacesView, PeopleView, SplitView):
            self.query_one(part).refresh(layout=True)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        asking = self.wide or self.has_class("-question")
        if action == "question":
            return asking and len(self.desk.asked()) > 1
        if action == "split":
            return not self.wide and not self.has_class("-question")
        if action == "places":
            return not self.wide and self.has_class("-question")
        if action in ("shift", "reveal"):
            compared = self.split.compared()
            if not asking or not compared or any(source.open for source in compared):
                return False
            return action == "reveal" or (len(compared) == 2 and not self.split.both)
        return True

    def action_screen(self, by: int) -> None:
        """Select the next screen, or the one before."""
        order = self.desk.course.order
        self.desk.selected = order[(order.index(self.desk.selected) + by) % len(order)]
        self.desk.which = 0
        self._selected()
        self.places.show_selected()

    def action_question(self, by: int) -> None:
        """Select the next question of the screen, or the one before."""
        count = len(self.desk.asked())
        self.desk.which = (min(self.desk.which, count - 1) + by) % count
        self._selected()

    def _selected(self) -> None:
        self.split.shift_only = False
        self.query_one("#split").scroll_home(animate=False)
        self.draw()

    def action_split(self) -> None:
        """Show the question alone."""
        self.add_class("-question")
        self.refresh_bindings()

    def action_places(self) -> None:
        """Show the room again."""
        self.remove_class("-question")
        self.call_after_refresh(self.places.show_selected)
        self.refresh_bindings()

    def action_shift(self) -> None:
        """Show who changed their mind, or the histogram again."""
        self.split.shift_only = not self.split.shift_only

    def action_reveal(self) -> None:
        """Show which choice is right, or hide it again."""
        self.desk.revealed ^= {self.desk.key}
        self.draw()

    def action_scroll(self, by: int) -> None:
        """Scroll the question, or who is on the screen."""
        asking = self.wide or self.has_class("-question")
        pane = self.query_one("#split" if asking else "#people")
        pane.scroll_relative(y=by * max(1, pane.size.height - 1), animate=False)
