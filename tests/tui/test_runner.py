"""What a run keeps of its costs, and how often it can be stopped."""

from __future__ import annotations

import pytest

from engine.scenario import Scenario, snapshots
from tui.runner import MOST_POINTS, Ongoing

STEPS = 10_000
SCENARIO = Scenario("s", "S", "four-points", (2,), weights="normal 1", steps=STEPS)


def looks(run: Ongoing) -> list[int]:
    """Return the steps at which a run could have been stopped."""
    found = [0]
    while not run.over:
        run.go_on()
        found.append(run.moment().step)
    return found


def test_a_long_curve_keeps_the_steps_that_are_wanted_to_the_bit() -> None:
    kept = (*range(0, 15 * 7, 7), 9_996)
    run = Ongoing(SCENARIO, kept=kept)
    looks(run)
    curve = run.moment().curve
    assert len(curve) <= MOST_POINTS + len(kept)
    assert [step for step, _ in curve] == sorted({step for step, _ in curve})
    true = {each.step: each.cost for each in snapshots(SCENARIO, 1)}
    assert {step: dict(curve)[step] for step in kept} == {step: true[step] for step in kept}


@pytest.mark.parametrize(
    ("kept", "work", "chunk"),
    [
        ((0, 1_000), 2e7, 50),
        ((0, 7, 14), 2e7, 7),
        ((0,), 2e7, 50),
        ((0, 997), 2e7, 1),
        ((0, 1_000), 4 * 6 * 9, 8),
        ((0, 1_000), 1.0, 1),
    ],
)
def test_a_run_looks_up_often_and_at_each_wanted_step(
    monkeypatch: pytest.MonkeyPatch, kept: tuple[int, ...], work: float, chunk: int
) -> None:
    monkeypatch.setattr("tui.runner.CHUNK_WORK", work)
    found = looks(Ongoing(SCENARIO, kept=kept))
    assert found[1] == chunk
    assert set(kept) <= set(found)
