"""Colours: what each theme makes of every kind of screen, measured."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.geometry import Region
from textual.pilot import Pilot

from lessons.course import load_course
from tests.tui.contrast import ON_BLACK, ON_WHITE, styled, too_faint
from tests.tui.looking import shown
from tui.app import LessonApp
from tui.settings import open_settings
from tui.terminal import Terminal
from tui.themes import OF_SIXTEEN, THEMES, problem, theme_for

NewApp = Callable[..., LessonApp]
Steps = Callable[[Pilot[None]], Awaitable[None]]
BACKGROUNDS = {"ansi": (ON_BLACK, ON_WHITE), "ansi-dark": (ON_BLACK,), "ansi-light": (ON_WHITE,)}


def keys(*pressed: str) -> Steps:
    async def steps(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, LessonApp)
        while not app.reader.page_view:
            await pilot.pause()
        for key in pressed:
            await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return steps


async def notices(pilot: Pilot[None]) -> None:
    for severity in ("information", "warning", "error"):
        pilot.app.notify("Something", title="Of what", severity=severity)
    await pilot.pause()
    await pilot.pause()


def first_pages() -> Iterator[tuple[str, tuple[str, int, Steps, str]]]:
    """Yield the first page on which there is a part of each kind, with something begun and stopped."""
    course = load_course()
    kinds: set[str] = set()
    for slug in course.order:
        for number, page in enumerate(course.screen(slug).pages):
            for kind in {type(part).__name__ for part in page.parts} - kinds:
                kinds.add(kind)
                yield kind, (slug, number, keys("enter", "s"), "")


SCREENS: dict[str, tuple[str, int, Steps, str]] = {
    **dict(first_pages()),
    "chosen": ("the-symptom", 0, keys("2"), "▸ 2"),
    "confidence": ("the-symptom", 0, keys("2", "enter", "1"), "How sure"),
    "predicted": ("the-symptom", 0, keys("2", "enter", "1", "enter"), "is kept"),
    "predicted wrongly": ("the-symptom", 0, keys("1", "enter", "1", "enter", "right", "right"), "✗ Not so"),
    "predicted rightly": ("the-symptom", 0, keys("3", "enter", "1", "enter", "right", "right"), "✓ Right."),
    "answered wrongly": ("the-symptom", 1, keys("tab", "1", "enter"), "✗ It"),
    "hinted": ("the-symptom", 0, keys("a"), "Hint:"),
    "run": ("the-symptom", 1, keys("enter"), "weights moved 0 of 75"),
    "apart": ("the-same-loss", 1, keys("up"), "The loss for y = 0 is larger."),
    "layers": ("the-ledger", 2, keys("up"), "layer 2:"),
    "blank": ("by-hand", 3, keys("9", "enter"), "✗"),
    "heat maps": ("twins", 1, keys("enter"), "A +▓"),
    "switched": ("one-zero-layer", 1, keys("1", "space", "enter"), "✓"),
    "edited": ("wake-it-up", 1, keys("down", "1", "enter"), "You changed 1 number."),
    "together": (
        "first-answer",
        1,
        keys("1", "enter", "1", "enter", "1", "enter", "2", "enter", "1", "enter"),
        "✗",
    ),
    "lab": ("welcome", 0, keys("x", "down", "space"), "step 1 "),
    "notices": ("welcome", 0, notices, "Of what"),
    "help": ("welcome", 0, keys("question_mark"), "Colours: "),
    "menu": ("welcome", 0, keys("m", "down"), "✓ seen"),
    "glossary": ("the-ledger", 2, keys("g"), "On this page"),
}


SIZED = ["confidence", "run", "heat maps", "apart", "Verdict", "Race", "lab", "help", "menu", "glossary"]
"""Screens that are laid out anew where there is less room or more."""


def in_front(app: LessonApp) -> Region | None:
    """Return where the box on top stands, if there is one: what is behind it is not to be read."""
    screen = app.screen
    return screen.query("#box, VerticalScroll").first().region if screen.is_modal else None


@pytest.mark.parametrize("name", SCREENS)
async def test_everything_can_be_read_in_every_theme(new_app: NewApp, name: str) -> None:
    slug, page, steps, says = SCREENS[name]
    app = new_app(slug, page=page)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await steps(pilot)
        assert says in shown(app), shown(app)
        await can_be_read_in_every_theme(app, pilot)


@pytest.mark.parametrize("size", [(60, 20), (120, 36), (200, 60)])
@pytest.mark.parametrize("name", SIZED)
async def test_everything_can_be_read_at_every_size(
    new_app: NewApp, name: str, size: tuple[int, int]
) -> None:
    slug, page, steps, _ = SCREENS[name]
    app = new_app(slug, page=page)
    async with app.run_test(size=size) as pilot:
        await steps(pilot)
        await can_be_read_in_every_theme(app, pilot)


async def can_be_read_in_every_theme(app: LessonApp, pilot: Pilot[None]) -> None:
    """Measure what stands on the screen in each theme, and compare its text with that of the others."""
    faint, texts = [], set()
    for theme in THEMES:
        app.theme = theme
        await pilot.pause()
        await pilot.pause()
        texts.add(shown(app))
        least = 7 if theme.startswith("contrast") else 4.5
        for terminal in BACKGROUNDS.get(theme, (ON_BLACK,)):
            for colours in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                found = too_faint(app, least, terminal, colours, in_front(app))
                faint += [f"{theme} {colours.name}: {each}" for each in found]
    assert not faint, "\n".join(faint)
    assert len(texts) == 1, "a theme changes colours, and no text"


@pytest.mark.parametrize(
    ("terminal", "wanted", "gets"),
    [
        (Terminal(), "auto", "dark"),
        (Terminal(light=True), "auto", "light"),
        (Terminal(light=True), "contrast", "contrast"),
        (Terminal(colours="256"), "contrast-light", "contrast-light"),
        (Terminal(), "ansi", "ansi"),
        (Terminal(), "of a later version", "dark"),
        (Terminal(colours="16"), "auto", "ansi"),
        (Terminal(colours="16", dark=True), "auto", "ansi-dark"),
        (Terminal(colours="16", light=True), "contrast", "ansi-light"),
        (Terminal(colours="16", light=True), "ansi-dark", "ansi-dark"),
        (Terminal(colours="none", dark=True), "contrast", "ansi"),
    ],
)
def test_which_theme_a_terminal_gets(terminal: Terminal, wanted: str, gets: str) -> None:
    assert theme_for(terminal, wanted) == gets


def test_a_theme_that_cannot_be_had_says_why() -> None:
    assert "there are: dark, light, contrast, contrast-light, ansi" in problem(Terminal(), "drak")
    assert "promises 16" in problem(Terminal(colours="16"), "contrast")
    for name in ("auto", *THEMES):
        assert not problem(Terminal(), name)
        assert not problem(Terminal(colours="none"), name)
        assert bool(problem(Terminal(colours="16"), name)) == (name not in ("auto", *OF_SIXTEEN))


async def test_t_in_the_help_shows_the_next_theme_and_remembers_it(
    new_app: NewApp, progress_file: Path
) -> None:
    app = new_app("welcome")
    app.settings.path = progress_file.with_name("settings.json")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark", "t", "t")
        await pilot.pause()
        assert app.theme == "contrast"
        assert "Colours: contrast; t: the next of 7" in shown(app)
    assert open_settings(app.settings.path).theme == "contrast"


async def test_nothing_has_a_colour_where_there_are_none(new_app: NewApp) -> None:
    app = new_app("welcome", terminal=Terminal(colours="none"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await notices(pilot)
        for key in ("", "question_mark", "t", "escape", "m", "escape", "x", "escape"):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            if key == "question_mark":
                assert "Colours: none, as NO_COLOR asks" in shown(app)
            assert {(style.color, style.bgcolor) for _, style in styled(app)} == {(None, None)}


@pytest.mark.parametrize(("environment", "colours"), [("", "true"), ("1", "none")])
async def test_the_terminal_alone_says_whether_there_are_colours(
    new_app: NewApp, monkeypatch: pytest.MonkeyPatch, environment: str, colours: str
) -> None:
    monkeypatch.setenv("NO_COLOR", environment)
    app = new_app("the-symptom", terminal=Terminal(colours=colours))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        coloured = {style.color.triplet for _, style in styled(app) if style.color and style.color.triplet}
    assert bool(coloured) == (colours == "true")
