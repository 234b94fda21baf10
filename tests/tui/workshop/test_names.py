"""Whatever is typed before the @: it is shown, compared and filed without harm."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.workshop.names import MOST_CELLS, RESERVED, Name, clean, file_stem, learner_name

WILD = [
    "ada",
    "-oProxyCommand=x",
    "root",
    "../../etc/passwd",
    "a\x00b",
    "\x1b[2J\x1b]0;owned\x07ada",
    "\x9b31mada",
    "👩‍👩‍👧‍👦🇩🇪👍🏽",
    "\u202eadA\u202c\u2066x\u2069",
    "e" + "\u0301\u0327\u0323" * 50,
    "\u0301ada",
    "\u3164\u2800\u200b\ufeff",
    "\ud800\udfff",
    "가\u1161\u11a8",
    "a\u034f\u0301",
    "\u2028\x85\t ada \xa0 lovelace\r\n",
    "Ａｄａ",
    "ǆ ẞ İ",
    "प्रिया",
    "[b]ada[/b]",
]
# Half of what hypothesis finds by itself is harmless: what terminals obey is mixed in.
texts = st.lists(st.sampled_from(WILD) | st.text(max_size=8) | st.characters(), max_size=8).map("".join)


def check_line(line: str, most: int) -> None:
    assert line.isprintable()
    assert cell_len(line) <= most
    assert line == " ".join(line.split())
    for character in line:
        assert unicodedata.category(character)[0] != "C"
        assert unicodedata.bidirectional(character) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"}
    assert not re.search("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]", line)
    marks = "".join("m" if unicodedata.category(character)[0] == "M" else "." for character in line)
    assert "mmm" not in marks
    assert not marks.startswith("m")


@given(texts, st.integers(0, 100))
@example("e" + "\u0301" * 1000, 80)
def test_any_text_becomes_a_line_that_any_terminal_can_show(text: str, most: int) -> None:
    line = clean(text, most)
    check_line(line, most)
    assert clean(line, most) == line


def named(text: str) -> Name | None:
    """Return a name, or None where it is refused with a sentence that can be shown."""
    try:
        return learner_name(text)
    except ValueError as error:
        said = str(error)
    assert "log in again" in said
    check_line(said, 100)
    return None


@given(texts, texts)
@example("ada", "Ada")
@example("ada", "ada.")
@example("ада", "ада?")
def test_any_name_is_shown_and_filed_without_harm(one: str, other: str) -> None:
    names = [name for name in map(named, (one, other)) if name]
    for name in names:
        check_line(name.shown, MOST_CELLS)
        assert name.key
        assert re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", name.file)
        assert learner_name(name.shown) == name
    assert len({name.key for name in names}) == len({name.file for name in names})


@pytest.mark.parametrize(
    ("given_name", "shown", "start"),
    [
        ("-oProxyCommand=x", "-oProxyCommand=x", "oproxycommand-x-"),
        ("root", "root", "root-"),
        ("../../etc/passwd", "../../etc/passwd", "etc-passwd-"),
        ("\x1b[2Jada", "[2Jada", "2jada-"),
        ("\u202eada", "ada", "ada-"),
        ("José  Müller", "José Müller", "jose-muller-"),
        ("Jose\u0301", "José", "jose-"),
        ("प्रिया", "प्रिया", "learner-"),
        ("한글", "한글", "learner-"),
        (unicodedata.normalize("NFD", "한글"), "한글", "learner-"),
        ("🎉", "🎉", "learner-"),
        ("x" * MOST_CELLS, "x" * MOST_CELLS, "x" * 31 + "-"),
    ],
)
def test_what_becomes_of_a_name(given_name: str, shown: str, start: str) -> None:
    name = learner_name(given_name)
    assert name.shown == shown
    assert name.file.startswith(start)


@pytest.mark.parametrize("other", ["ADA", " ada ", "Ａｄａ", "a\u200bda", "ada\x00"])
def test_one_learner_however_the_name_is_typed(other: str) -> None:
    assert learner_name(other).key == learner_name("ada").key


def test_names_that_look_alike_in_a_file_name_have_files_of_their_own() -> None:
    names = ["a b", "a-b", "a.b", "á b", "б", "б б", "…", ""]
    assert len({file_stem(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    "given_name", ["x" * 10_000, "x" * (MOST_CELLS + 1), "好" * 17, "e" + "\u0301" * 10_000]
)
def test_a_name_that_is_too_long_is_refused_not_cut(given_name: str) -> None:
    with pytest.raises(ValueError, match="too long"):
        learner_name(given_name)


@pytest.mark.parametrize("given_name", ["", "   ", "\u200b", "\x1b\x07", "\u0301", "\ud800", "\u202e\u2066"])
def test_a_name_with_nothing_to_show_is_refused(given_name: str) -> None:
    with pytest.raises(ValueError, match="another one"):
        learner_name(given_name)


def test_the_instructor_is_reserved_in_every_spelling() -> None:
    assert learner_name("Instructor\u200b").key in RESERVED
