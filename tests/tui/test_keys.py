"""Every key of every screen and part: what may be bound, and where it is said."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import tui.screens
import tui.widgets
from tui.screens.help import KEYS

SIGNS = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "escape": "Esc",
    "backspace": "Backspace",
    "delete": "Delete",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
    **{str(digit): "1 … 9" for digit in range(1, 10)},
}
"""How keys are named on the screen, where that is not as Textual names them."""

UNSAID = {"ctrl+c", "super+c", "ctrl+z", "ctrl+l"}
"""Ctrl+C copies what is marked, and else says how to quit; so does the key of the Mac. The other two are what
every terminal program does: to the shell and back, and drawing anew."""

MEANINGS = {
    "up down k j": "move resize scroll_up scroll_down cursor_up cursor_down",
    "left h": "back change dismiss",
    "p": "back",
    "right l": "next change",
    "n": "next",
    "home": "scroll_home move go_to first",
    "end": "scroll_end move go_to last",
    "pageup": "page_up move jump",
    "pagedown": "page_down move jump",
    "tab shift+tab": "next_part app.focus_next app.focus_previous",
    "enter": "choose go judge step reveal tell go_on dismiss select",
    "space": "choose go step reveal tell guess select page_down",
    "escape": "dismiss leave reconsider close",
    "backspace delete": "rub_out undo",
    "1 2 3 4 5 6 7 8 9": "go_to choose switch digit",
    "0": "middle digit",
    "plus": "move add",
    "minus": "move minus",
    "full_stop comma": "point",
    "a": "hint answer help look",
    "r": "restart run_all",
    "s": "stop",
    "t": "step theme",
    "v": "vary",
    "m": "menu dismiss",
    "g": "glossary dismiss",
    "question_mark": "help dismiss",
    "x": "lab leave",
    "q": "quit app.quit",
    "ctrl+c super+c": "help_quit screen.copy_text",
    "ctrl+z": "suspend_process",
    "ctrl+l": "redraw",
}
"""All that a key may do, wherever it is pressed."""


def below(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def kinds() -> list[type[DOMNode]]:
    """Return the app, the screens, and the parts of both."""
    importlib.import_module("tui.app")
    for package in (tui.screens, tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    ours = {each for each in below(DOMNode) if each.__module__.startswith("tui.")}
    return sorted(ours, key=lambda each: each.__name__)


def bindings(kind: type[DOMNode]) -> list[Binding]:
    # Textual has no public way to ask a class for its bindings, those of its bases among them.
    return [binding for found in kind._merge_bindings().key_to_bindings.values() for binding in found]


ALL = [(kind, binding) for kind in kinds() for binding in bindings(kind)]


def action(binding: Binding) -> str:
    return binding.action.partition("(")[0]


def test_the_keys_of_all_kinds_are_looked_at() -> None:
    names = {kind.__name__ for kind, _ in ALL}
    assert {"LessonApp", "ReaderScreen", "HelpScreen", "QuestionView", "EditorView", "LabView"} <= names


def test_no_key_needs_alt_or_a_function_key_and_no_ctrl_is_swallowed_by_a_multiplexer() -> None:
    for kind, binding in ALL:
        assert not re.search(r"alt\+|meta\+|^f\d+$", binding.key), (kind, binding)
        assert "ctrl+" not in binding.key or binding.key in UNSAID, (kind, binding)


def test_a_key_means_what_it_means_elsewhere() -> None:
    found = {(binding.key, action(binding)) for _, binding in ALL}
    allowed = {
        (key, meaning) for keys, may in MEANINGS.items() for key in keys.split() for meaning in may.split()
    }
    assert found - allowed == set()
    assert {key for key, _ in allowed} == {key for key, _ in found}


@pytest.mark.parametrize(
    ("arrow", "letter"), [("left", "h"), ("down", "j"), ("up", "k"), ("right", "l")], ids=str
)
def test_the_letters_of_vi_move_where_arrows_move(arrow: str, letter: str) -> None:
    for kind in kinds():
        at = {binding.key: binding.action for binding in bindings(kind)}
        assert at.get(arrow) == at.get(letter), kind


def test_every_key_is_in_the_help_and_the_help_names_no_other() -> None:
    said = " ".join(f"{names} {does}" for rows in KEYS.values() for names, does in rows)
    words = set(re.split(r"[ ;:]+", said)) | {"1 … 9"}
    used = {SIGNS.get(binding.key, binding.key) for _, binding in ALL if binding.key not in UNSAID}
    assert used - words == set()
    named = {word for rows in KEYS.values() for names, _ in rows for word in names.split()} - {"…", "1", "9"}
    assert named - used == set()


def test_what_the_footer_shows_says_what_it_does() -> None:
    for kind, binding in ALL:
        assert binding.description or not binding.show, (kind, binding)
