"""A number typed in, as a learner types it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.session import Answer
from tui.widgets.blank import BlankView

NewApp = Callable[..., LessonApp]
SLUG, FIRST, SECOND = "by-hand", 3, 4


def text(app: LessonApp) -> str:
    return " ".join(shown(app).replace("▌", "").split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_right_number_gets_its_reason_and_the_keys_go_on(
    new_app: NewApp, size: tuple[int, int]
) -> None:
    app = new_app(SLUG, page=FIRST)
    async with app.run_test(size=size) as pilot:
        first, second = app.screen.query(BlankView)
        assert first.has_focus
        assert "▸ [ _" in shown(app)
        assert "one half." not in shown(app)
        await pilot.press(*"0.5", "enter")
        await pilot.pause()
        assert "✓ 0.5" in shown(app)
        assert "one half." in shown(app)
        assert second.has_focus
        await pilot.press(*"-1/2", "enter")
        await pilot.pause()
        assert "✓ -1/2 (computed: −0.5)" in text(app)
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "✓ -1/2" in shown(app)
    answers = app.session.progress.answers
    assert answers[f"{SLUG}/p-at-zero"] == Answer("0.5")
    assert answers[f"{SLUG}/delta-2"] == Answer("-1/2")


async def test_a_wrong_number_stays_and_can_be_bettered_as_often_as_wanted(new_app: NewApp) -> None:
    app = new_app(SLUG, page=FIRST)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.session.progress.answers == {}, "nothing typed is no answer"
        await pilot.press(*"0.73", "enter")
        await pilot.pause()
        assert "[ 0.73_" in shown(app)
        assert "✗ not yet" in shown(app)
        await pilot.press("backspace", "backspace", "4", "enter")
        await pilot.pause()
        assert "[ 0.4_" in shown(app)
        assert "✗ not yet" in shown(app)
        await pilot.press(*"-0,5")
        await pilot.pause()
        assert "[ -0,5_" in shown(app), "after a judgment the next key begins anew"
        assert "✗" not in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "✗ the size is right: mind the sign" in shown(app)
        await pilot.press(*"0,5", "enter")
        await pilot.pause()
        assert "✓ 0,5 (computed: 0.5)" in text(app)
    assert app.session.progress.answer(SLUG, "p-at-zero") == Answer("0,5"), "a second try is not late"


async def test_what_is_no_number_is_said_and_not_kept(new_app: NewApp) -> None:
    app = new_app(SLUG, page=FIRST)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"1/0", "enter")
        await pilot.pause()
        assert "✗ not a number" in shown(app)
        await pilot.press("backspace", *"2", "enter")
        await pilot.pause()
        assert "✓ 1/2" in shown(app)


async def test_letters_are_no_part_of_a_number_and_arrows_still_turn_pages(new_app: NewApp) -> None:
    app = new_app(SLUG, page=FIRST)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"1fw2", *"3" * 30)
        await pilot.pause()
        assert "[ " + ("12" + "3" * 30)[:16] + "_ ]" in shown(app)
        assert f"page {FIRST + 1}/6" in shown(app)
        await pilot.press("right")
        await pilot.pause()
        assert f"page {SECOND + 1}/6" in shown(app)
        await pilot.press("left")
        await pilot.pause()
        assert f"page {FIRST + 1}/6" in shown(app)
        assert "[ 12" in shown(app), "what was typed is still there"


async def test_a_gives_a_hint_and_then_the_answer(new_app: NewApp) -> None:
    app = new_app(SLUG, page=FIRST)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert "Hint: σ(z) = 1 / (1 + e⁻ᶻ)" in shown(app)
        assert "The answer" not in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert "The answer: 0.5" in shown(app)
        assert "one half." in shown(app)
        assert list(app.screen.query(BlankView))[1].has_focus
    assert app.session.progress.answer(SLUG, "p-at-zero") == Answer(None, looked=True)


async def test_what_was_skipped_is_written_down_and_late_afterwards(new_app: NewApp) -> None:
    app = new_app(SLUG, page=FIRST)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right")
        assert app.session.progress.answer(SLUG, "p-at-zero") == Answer(None)
        assert app.session.progress.answer(SLUG, "delta-2") == Answer(None)
        await pilot.press("left", "1", "enter", *".5", "enter")
    assert app.session.progress.answer(SLUG, "p-at-zero") == Answer(".5", late=True)


async def test_a_number_is_judged_anew_at_the_next_start(new_app: NewApp) -> None:
    app = new_app(SLUG, page=FIRST)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*".5", "enter", *"2", "enter", "q")
    again = new_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        assert "✓ .5" in shown(again)
        assert "[ 2_" in shown(again)
        assert "✗ not yet" in shown(again)


async def test_a_number_can_be_pasted(new_app: NewApp) -> None:
    from textual.events import Paste

    app = new_app(SLUG, page=FIRST)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query(BlankView).first().post_message(Paste("p = 0.5\n"))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "✓ 0.5" in shown(app)
