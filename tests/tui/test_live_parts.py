"""The run, the loss table and the ledger, touched as a learner touches them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from textual.widgets import Static

from engine.loss_table import loss_table
from engine.measures import Moment
from engine.network import Network
from engine.scenario import Scenario
from tests.tui.looking import SIZES, shown
from tui.app import LessonApp
from tui.runner import Control, Ongoing, moments
from tui.screens.reader import MOST_PAGES
from tui.widgets.curve import CostCurve, braille
from tui.widgets.decision_map import DecisionMap
from tui.widgets.ledger import LedgerView
from tui.widgets.loss_table import LossTableView
from tui.widgets.page import PageView
from tui.widgets.question import QuestionView
from tui.widgets.run import RunView

NewApp = Callable[..., LessonApp]


@pytest.mark.parametrize("size", SIZES)
async def test_the_run_trains_stops_and_runs_again(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        run = app.screen.query_one(RunView)
        assert run.has_focus
        assert "Not trained yet." in shown(app)
        scenario = run.scenario
        run.scenario = dataclasses.replace(scenario, steps=1_000_000)
        await pilot.press("enter")
        assert run.running
        await pilot.press("enter")
        await pilot.pause()
        assert run.paused
        assert "go on" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert run.running
        assert not run.paused
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not run.running
        assert run.moment is not None
        assert 0 <= run.moment.step < 1_000_000
        assert run.has_focus, "a run that was stopped is not over"
        run.scenario = scenario
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert run.moment.step == 15_000
        assert "step 15,000 of 15,000" in shown(app)
        assert "cost 0.693147   accuracy 0.50   weights moved 0 of 75" in shown(app)
        assert app.screen.query_one(CostCurve).points[-1] == (15_000, pytest.approx(0.6931471805599453))
        assert app.screen.query_one(QuestionView).has_focus, "after the run comes the question"
        assert "Tab   train it again" in shown(app)


async def test_a_run_goes_on_while_keys_are_answered_and_ends_with_the_app(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        run = app.screen.query_one(RunView)
        run.scenario = dataclasses.replace(run.scenario, steps=1_000_000)
        await pilot.press("enter", "left")
        await pilot.pause()
        assert "page 1/4" in shown(app)
        assert run.running
        assert [worker.is_running for worker in app.workers] == [True]
        await pilot.press("q")
    assert run.control.stopped


async def test_a_run_that_ends_out_of_sight_leaves_the_keys_where_they_are(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "left")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.focused is not None
        assert app.focused.region.area > 0


async def test_a_moment_of_a_run_that_was_left_is_dropped(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        run = app.screen.query_one(RunView)
        network = run.scenario.network(run.scenario.split())
        stale = Moment(run.scenario.split().train, network, network, 7, ((0, 0.5),), True)
        run.post_message(RunView.Came(run.number + 1, 0, stale))
        await pilot.pause()
        assert run.moment is None
        run.post_message(RunView.Came(run.number, 0, stale))
        await pilot.pause()
        assert "cost 0.500000" in shown(app)


async def test_a_run_that_fails_says_why(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        run = app.screen.query_one(RunView)
        run.scenario = Scenario(
            "wild",
            "w",
            "course-circles",
            (3,),
            output="identity",
            loss="squared-error",
            weights="he",
            learning_rate=10.0,
        )
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not run.running
        await pilot.press("tab")
        await pilot.resize_terminal(81, 24)
        await pilot.pause()
        assert "The run has ended:" in shown(app)
        assert "beyond float64; allowed: finite numbers" in " ".join(shown(app).replace("▌", "").split())


def test_moments_stop_when_asked_and_end_with_the_last_step() -> None:
    scenario = Scenario("s", "s", "course-circles", (3,), steps=120, record_every=10)
    control = Control()
    assert [moment.step for moment in moments(Ongoing(scenario), control, 0.0)] == [0, 50, 100, 120]
    assert [moment.step for moment in moments(Ongoing(scenario), control, 60.0)] == [0, 120]
    control.stop()
    (only,) = moments(Ongoing(scenario), control, 0.0)
    assert (only.step, only.ended, only.moved) == (0, True, 0)


async def test_moving_p_moves_both_rows(new_app: NewApp) -> None:
    app = new_app("the-same-loss", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.screen.query_one(LossTableView)
        assert table.has_focus
        assert shown(app).count("0.693147") == 2
        assert "The two losses are equal." in shown(app)
        await pilot.press("up", "k", "plus", "down", "j", "minus", "up")
        assert table.p == 0.51
        for row in loss_table(0.51).without("p").texts():
            assert "   ".join(row).split() in [
                line.split()[1:] for line in shown(app).splitlines() if line.strip()
            ]
        assert "The loss for y = 0 is larger." in shown(app)
        await pilot.press("0", "down")
        assert "The loss for y = 1 is larger." in shown(app)


async def test_p_stays_within_its_range(new_app: NewApp) -> None:
    app = new_app("the-same-loss", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.screen.query_one(LossTableView)
        await pilot.press(*["pageup"] * 6)
        assert table.p == 0.99
        await pilot.press(*["pagedown"] * 12)
        assert table.p == 0.01
        await pilot.press("0")
        assert table.p == 0.5


@pytest.mark.parametrize("size", SIZES)
async def test_the_ledger_says_which_factor_is_zero(new_app: NewApp, size: tuple[int, int]) -> None:
    app = new_app("the-ledger", page=2)
    async with app.run_test(size=size) as pilot:
        view = app.screen.query_one(LedgerView)
        rows = [line.split(None, 5) for line in shown(app).splitlines()]
        assert ["▌", "1", "0", "1.124", "0", "W above = 0, g′ = 0"] in rows
        assert ["▌", "2", "0", "0", "0", "a_prev = 0, W above = 0, g′ = 0"] in rows
        assert ["▌", "▸", "3", "0.5", "0", "0   a_prev = 0"] in rows
        assert view.entries[view.row].layer == 3
        assert "a² = 0: what comes in is zero" in shown(app)
        await pilot.press("up", "k")
        assert view.entries[view.row].layer == 1
        assert "zero weights after layer 1" in shown(app)
        await pilot.press("up")
        assert view.entries[view.row].layer == 3


def map_of(picture: DecisionMap) -> list[str]:
    lines = [strip.text for strip in picture.render_lines(picture.size.region)]
    return lines[:-1]  # the caption is the last


async def test_the_map_shades_what_the_network_calls_one(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        picture = app.screen.query_one(DecisionMap)
        assert "░" not in "\n".join(map_of(picture))
        picture.network = Network.of([([[1.0, 0.0]], [0.0], "sigmoid")])
        await pilot.pause()
        for line in map_of(picture):
            middle = len(line) // 2
            assert "░" not in line[:middle]
            assert " " not in line[middle:]


def test_braille() -> None:
    assert braille([(0, 0.0), (1, 1.0)], 2, 1, 1, 1) == ["⡠⠊"]
    assert braille([(0, 0.5), (1, 0.5)], 3, 1, 1, 1) in (["⠒⠒⠒"], ["⠤⠤⠤"])
    assert braille([(0, 1.0), (1, 0.0)], 2, 1, 1, 1) == ["⠑⢄"]
    assert braille([(0, 5.0)], 1, 1, 1, 1) == ["⠁"]
    assert braille([], 2, 2, 1, 1) == ["  ", "  "]


async def test_only_so_many_pages_are_kept_and_none_with_a_run(new_app: NewApp) -> None:
    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        run = app.screen.query_one(RunView)
        run.scenario = dataclasses.replace(run.scenario, steps=1_000_000)
        await pilot.press("enter", "enter")
        for _ in range(MOST_PAGES + 5):
            await app.reader.action_next()
            await pilot.pause()
        # Pages go after the next one is drawn: nobody waits for that but this test.
        await app.reader.forget_pages()
        kept = [page.id for page in app.screen.query(PageView)]
        assert len(kept) == MOST_PAGES + 1
        assert "page-the-symptom--1" in kept, "its run waits"
        assert "page-the-symptom--2" not in kept
        await app.reader.open_page("the-symptom", 2)
        await pilot.pause()
        assert "page 3/4" in shown(app)
        await pilot.press("q")


async def test_a_run_knows_its_width_before_its_page_is_laid_out_again(
    new_app: NewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    changed = RunView.changed

    def listen(run: RunView) -> None:
        changed(run)
        said.append(str(run.query_one("#progress", Static).content))

    app = new_app("the-symptom", page=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("right")
        await pilot.pause()
        monkeypatch.setattr(RunView, "changed", listen)
        await pilot.press("left")
        await pilot.pause()
        assert app.screen.query_one("PageView:focus-within RunView").has_focus
    assert any(text.startswith("Enter") for text in said)
    assert {text.count("░") for text in said} == {24}
