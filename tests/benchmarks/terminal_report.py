"""A line a measurement: medians, 95th percentiles, and the ratio to a peer beside its target."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile; of a few values, the largest."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def heading(title: str) -> None:
    """Begin a table."""
    print(f"\n{title}\n{'':38}{'median':>9}{'p95':>9}{'ratio':>8}{'must':>7}{'aim':>7}", flush=True)


def row(
    name: str,
    values: Sequence[float],
    peer: Sequence[float] | float | None = None,
    must: float | None = None,
    aim: float | None = None,
    *,
    least: bool = False,
) -> None:
    """Print a measurement.

    Args:
        name: What was measured, and its unit.
        values: One a round.
        peer: The peer's, from the same rounds, or a number to divide by; None where there is no ratio.
        must: What the ratio must keep to; of the median itself where there is no peer.
        aim: What it should keep to.
        least: Whether the targets are the least allowed, not the most.

    """
    ratio = median(values)
    if isinstance(peer, Sequence):
        # Rounds are interleaved, so each round's own ratio says more than the medians'.
        paired = len(peer) == len(values)
        ratio = median(a / b for a, b in zip(values, peer, strict=True)) if paired else ratio / median(peer)
    elif peer is not None:
        ratio /= peer
    print(f"{name:38}{median(values):9.1f}{p95(values):9.1f}", end="")
    print(f"{ratio:8.2f}" if peer is not None else " " * 8, end="")
    for target in (must, aim):
        print(f"{target:7.2f}" if target is not None else " " * 7, end="")
    if must is not None:
        print("  " + verdict(ratio, must, must if aim is None else aim, least), end="")
    print(flush=True)


def verdict(ratio: float, must: float, aim: float, least: bool) -> str:
    """Say whether a ratio keeps to its targets."""
    sign = -1 if least else 1
    if sign * ratio > sign * must:
        return "MISS"
    return "PASS" if sign * ratio <= sign * aim else "PASS (not the aim)"
