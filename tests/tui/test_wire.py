"""The terminal shows what is wanted, whatever was there before, and no more is sent than that takes."""

from __future__ import annotations

from inspect import signature

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style
from textual._compositor import Compositor, CompositorUpdate
from textual.app import App
from textual.strip import SGR_STYLES

from tests.tui.terminals import cells_of
from tui.terminal import Colours
from tui.wire import BEGIN, END, Wire
from tui.wire_pens import ON, Pens, change

WIDTH, HEIGHT = 12, 3
# "x" combined with a dot above has no character of its own: the terminal must combine the two.
TEXTS = st.text("ab  δ日本─x\u0307", max_size=WIDTH)
STYLES = st.builds(
    Style,
    color=st.sampled_from([None, "default", "red", "#102030", "color(200)"]),
    bgcolor=st.sampled_from([None, "blue", "#405060"]),
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
    strike=st.booleans(),
)
PUTS = st.tuples(
    st.integers(0, WIDTH - 1),
    st.integers(0, HEIGHT - 1),
    st.lists(st.tuples(TEXTS, st.none() | STYLES), max_size=3),
)
FRAMES = st.lists(st.lists(PUTS, max_size=4), max_size=5)


def wired(colours: Colours = "true", erases: bool = True) -> Wire:
    wire = Wire(colours, erases=erases)
    wire.resize(WIDTH, HEIGHT)
    return wire


def terminal(width: int = WIDTH, height: int = HEIGHT) -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(width, height)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    return screen, stream


@settings(max_examples=300)
@given(FRAMES, st.sampled_from(["true", "256", "16", "none"]), st.booleans())
def test_a_terminal_shows_what_is_wanted(
    frames: list[list[tuple[int, int, list[tuple[str, Style | None]]]]], colours: Colours, erases: bool
) -> None:
    wire = wired(colours, erases)
    screen, stream = terminal()
    for puts in [*frames, []]:
        for x, y, pieces in puts:
            wire.put(x, y, pieces)
        stream.feed(wire.difference())
        # A terminal that is told everything at once, with no history, is the truth to compare with.
        anew, told = terminal()
        fresh = wired(colours, erases)
        fresh._cells, fresh._pens = wire._cells, wire._pens
        for y in range(HEIGHT):
            for x in range(WIDTH):
                if cell := wire._cells[y][x]:
                    told.feed(f"\x1b[{y + 1};{x + 1}H{change(None, wire._pens[y][x])}{cell}")
        assert cells_of(screen) == cells_of(anew)
    assert wire.difference() == ""


@settings(max_examples=200)
@given(STYLES, STYLES, st.sampled_from(["true", "256", "16", "none"]))
def test_a_change_of_pen_is_as_good_as_a_new_one_and_no_longer(
    first: Style, second: Style, colours: Colours
) -> None:
    pens = Pens(colours)
    old, new = pens(first), pens(second)
    changed, told = terminal()
    told.feed(change(None, old) + change(old, new) + "a")
    anew, told = terminal()
    told.feed(change(None, new) + "a")
    assert cells_of(changed) == cells_of(anew)
    assert len(change(old, new)) <= len(change(None, new))


def test_without_colour_no_code_of_a_colour_is_sent() -> None:
    wire = wired("none")
    wire.put(0, 0, [("a", Style(color="#ff0000", bgcolor="blue", bold=True, reverse=True))])
    assert "\x1b[0;1;7ma" in wire.difference()
    wire.put(0, 0, [("a", Style(color="green", bgcolor="red", bold=True, reverse=True))])
    assert wire.difference() == ""


def test_nothing_is_sent_for_nothing() -> None:
    wire = wired()
    wire.put(0, 0, [("words", Style(color="red"))])
    assert wire.difference()
    wire.put(0, 0, [("words", Style(color="red"))])
    assert wire.difference() == ""
    wire.put(5, 0, [("  ", Style(color="red", bold=True))])
    assert wire.difference() == "", "a space has no colour"


def test_one_digit_costs_one_digit() -> None:
    wire = wired()
    wire.put(0, 1, [("p = 0.5", None)])
    wire.difference()
    wire.put(0, 1, [("p = 0.6", None)])
    assert wire.difference() == "\x1b[2;7H6"


@pytest.mark.parametrize(
    ("paper", "erases", "erased"), [(None, False, True), ("red", True, True), ("red", False, False)]
)
def test_the_rest_of_a_line_is_erased_where_that_gives_the_right_background(
    paper: str | None, erases: bool, erased: bool
) -> None:
    wire = wired(erases=erases)
    wire.put(0, 0, [("a long line.", None)])
    wire.difference()
    wire.put(0, 0, [("a" + " " * 11, Style(bgcolor=paper))])
    assert wire.difference().endswith("\x1b[K") == erased


def test_a_frame_is_marked_only_where_the_terminal_knows_the_marks() -> None:
    wire = wired()
    wire.put(0, 0, [("a", None)])
    assert BEGIN not in wire.difference()
    wire.synchronised = True
    assert wire.difference() == ""
    wire.put(0, 0, [("b", None)])
    frame = wire.difference()
    assert frame.startswith(BEGIN)
    assert frame.endswith(END)


def test_after_a_disturbance_everything_is_sent_again() -> None:
    wire = wired()
    wire.put(0, 0, [("a日b", Style(color="red"))])
    screen, stream = terminal()
    stream.feed(wire.difference())
    before = cells_of(screen)
    stream.feed("\x1b[1;1Hrubbish\x1b[31;44;7m\x1b[3;3Hmore")
    wire.forget()
    stream.feed(wire.difference())
    assert cells_of(screen) == before


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\x07b", "a\nb", "\x9b31mx", "a\u2028b"])
def test_no_control_character_of_a_course_reaches_the_terminal(text: str) -> None:
    wire = wired()
    wire.put(0, 0, [(text, None)])
    sent = wire.difference()
    assert "\x07" not in sent
    assert "\x1b[2J" not in sent
    assert "\x9b" not in sent
    assert "\u2028" not in sent


def test_textual_and_rich_draw_as_the_wire_expects() -> None:
    """If this fails, Textual has moved: read tui/wire_updates.py and tui/wire_pens.py beside its source."""
    assert {each.__name__ for each in CompositorUpdate.__subclasses__()} == {
        "ChopsUpdate",
        "InlineUpdate",
        "LayoutUpdate",
    }
    assert list(signature(App._display).parameters) == ["self", "screen", "renderable"]
    assert list(signature(App._set_pointer_shape).parameters) == ["self", "shape"]
    assert list(signature(Compositor.render_update).parameters)[:3] == ["self", "full", "screen_stack"]
    assert tuple(SGR_STYLES) == ON
    style = Style(bold=True, color="red")
    assert (style._attributes & style._set_attributes, style._color) == (1, style.color)
