"""Whatever stands in the progress file or the environment: never a traceback, never a lost answer."""

from __future__ import annotations

import asyncio
import json
import os
import string
import tempfile
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.course import load_course
from tests.tui.looking import shown
from tests.tui.pty_terminal import ENTER, Terminal
from tui.app import LessonApp
from tui.cli import main
from tui.session import CONFIDENCES, Answer, open_session

EXAMPLES = int(os.environ.get("INITLESSON_EXAMPLES", "8"))
COURSE = load_course()
KEYS = [f"{slug}/{asked.slug}" for slug in COURSE.order for asked in COURSE.screen(slug).asked()]
# Also what a terminal would obey, what is markup to the widgets, and half of a character.
words = st.text(max_size=40) | st.sampled_from(
    ["\x1b[2J", "\x9b31m", "[b]", "[/]", "\ud800", "a\nb", "９", "1e999", "1/0", "-", "∞" * 500, ""]
)
answers = st.fixed_dictionaries(
    {"choice": st.none() | words},
    optional={
        "confidence": st.sampled_from([None, *CONFIDENCES]),
        "looked": st.booleans(),
        "late": st.booleans(),
    },
)
files = st.fixed_dictionaries(
    {
        "format": st.just(1),
        "course": st.just("zero-init"),
        "screen": st.sampled_from(["by-hand", "first-answer", "the-symptom", "take-with-you"]) | words,
        "page": st.integers(0, 6) | st.integers(),
        "answers": st.dictionaries(st.sampled_from(KEYS) | words, answers, max_size=8),
        "finished": st.lists(st.sampled_from(COURSE.order) | words, max_size=5),
    },
    optional={
        "fresh": st.lists(st.sampled_from(KEYS) | words, max_size=5),
        "hints": st.dictionaries(
            st.sampled_from(KEYS) | words, st.integers(0, 5) | st.integers(), max_size=5
        ),
    },
)


async def walk(path: Path) -> None:
    """Start where the file says, look around, and answer a question."""
    app = LessonApp(COURSE, open_session("zero-init", path), recall=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape", "a", "right", "right", "left", "m", "escape", "question_mark", "escape")
        await pilot.pause()
        assert app.is_running
        assert shown(app).isprintable() or "\n" in shown(app)
        assert "\x1b" not in shown(app)
    session = open_session("zero-init", path)
    session.give("the-ledger", "which-factor", Answer("x"))
    assert session.note == ""


@given(files)
@settings(max_examples=EXAMPLES, derandomize=True)
def test_any_progress_file(content: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.json"
        path.write_text(json.dumps(content))
        assert main(["progress", "--session", str(path)]) in (0, 1)
        asyncio.run(walk(path))
        everything = [json.loads(each.read_text()) for each in Path(folder).glob("*.json")]
        wanted = {key: made["choice"] for key, made in content["answers"].items() if made["choice"]}  # type: ignore[attr-defined]
        there = {key: made["choice"] for each in everything for key, made in each["answers"].items()}
        assert wanted.items() <= there.items()


names = st.text(string.ascii_letters + string.digits + string.punctuation + " \t\x1b\x7fδ∞", max_size=12)
sizes = st.sampled_from(["", "0", "-1", "80", "nine", "99999999999999999999"]) | names
nowhere = st.sampled_from(["/proc/nowhere", "/dev/null", "/dev/full/x"])
environments = st.fixed_dictionaries(
    {"TERM": st.sampled_from(["xterm", "xterm-256color", "linux", "vt100", "tmux-256color", "nonsense"])},
    optional={
        # {} is the folder of the test, so that nothing is written elsewhere.
        "XDG_STATE_HOME": nowhere
        | st.sampled_from(["", "relative", "~nobody/x", "{}/" + "x" * 300, "{}/a\x1b[2J\nb", "{}/\udcff"]),
        "HOME": nowhere,
        "COLORTERM": names,
        "COLORFGBG": names,
        "COLUMNS": sizes,
        "LINES": sizes,
        "LC_ALL": names | st.sampled_from(["C", "POSIX", "de_DE", "xx_YY.UTF-99"]),
        "LANG": names,
        "NO_COLOR": names,
        "PYTHONIOENCODING": st.sampled_from(["ascii", "latin-1", "utf-16"]),
        "TEXTUAL_ANIMATIONS": names,
        "TEXTUAL_FPS": sizes,
        "TEXTUAL_COLOR_SYSTEM": names,
        "TEXTUAL_DRIVER": names,
        "TEXTUAL_THEME": names,
        "TEXTUAL_SCREENSHOT": names,
        "ESCDELAY": sizes,
    },
)


@given(environments)
@settings(max_examples=EXAMPLES, derandomize=True)
def test_any_environment(environment: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {"HOME": folder, **{key: value.replace("{}", folder) for key, value in environment.items()}}
        terminal = Terminal(Path(folder), 80, 24, ("--screen", "the-explanation"), **env)
        try:
            end = time.monotonic() + 20
            while not any(
                said in terminal.text() for said in ("Does it follow", "initlesson: ", "Too small")
            ):
                assert time.monotonic() < end, f"{env}\n{terminal.text()}"
                terminal.read()
            terminal.child.send("1" + ENTER + "1" + ENTER + "q")
            terminal.wait_for_the_end()
            assert "Traceback" not in terminal.raw
            found = [json.loads(path.read_text()) for path in Path(folder).rglob("zero-init.json")]
            given = any("the-explanation/does-it-follow" in each["answers"] for each in found)
            assert given or "not kept" in terminal.raw or "cannot be set up" in terminal.raw
        finally:
            terminal.child.close(force=True)
