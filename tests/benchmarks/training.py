"""Training against its peers, side by side in one run: `uv run python -m tests.benchmarks.training`.

All on one thread of the BLAS, for a like-for-like comparison. Rounds are interleaved, each contestant's steps
a second are a median over rounds, and a ratio is the median of the rounds' own ratios. Read ratios: times
drift with the machine. Peers that are not installed are left out; to have them all:

    uv run --with torch --with scikit-learn python -m tests.benchmarks.training
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import subprocess
import sys
import time
from statistics import median

import numpy as np

from engine.datasets import Dataset, legacy_circles
from engine.initializers import course_source, initialize
from engine.network import Network
from tests.benchmarks.peers import Contestant, engine, installed, notebook

NOTEBOOK = "notebook style"
DENSE, SPARSE = "engine, cost every step", "engine, cost every 50"
OURS = {
    DENSE: engine(50, curve=True),
    SPARSE: engine(50, curve=False),
    "engine, cost every 1000": engine(1000, curve=False),
}


def problem(hidden: tuple[int, ...], points: int) -> tuple[Network, Dataset]:
    """Return a He-initialised ReLU network with a sigmoid output, and circles to train it on."""
    activations = [*["relu"] * len(hidden), "sigmoid"]
    network = initialize((2, *hidden, 1), activations, "he", course_source())
    return network, legacy_circles(points, 0.05, seed=1)


def speeds(
    contestants: dict[str, Contestant], network: Network, data: Dataset, seconds: float, rounds: int
) -> dict[str, list[float]]:
    """Return steps a second of each contestant in each round of about `seconds` a contestant."""
    counts = {}
    for name, contestant in contestants.items():
        contestant(network, data, 2)
        begun = time.perf_counter()
        contestant(network, data, 10)
        counts[name] = max(10, int(10 * seconds / (time.perf_counter() - begun)))
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            begun = time.perf_counter()
            contestant(network, data, counts[name])
            found[name].append(counts[name] / (time.perf_counter() - begun))
    return found


def ratio(found: dict[str, list[float]], ours: str, peer: str) -> float:
    """Return how many times as fast as a peer."""
    return median(a / b for a, b in zip(found[ours], found[peer], strict=True))


def lesson(rounds: int) -> None:
    """Compare at the lesson's own size with everything that is installed."""
    network, data = problem((10, 5), 300)
    # The peer's last cost is the one before its last update.
    costs = notebook(network, data, 2_000), OURS[DENSE](network, data, 1_999)
    assert np.isclose(*costs, rtol=0, atol=1e-9), costs
    peers = {NOTEBOOK: notebook, **installed()}
    found = speeds({**peers, **OURS}, network, data, 0.3, rounds)
    print("[2, 10, 5, 1], ReLU, 300 points, full batch\n")
    print(f"{'':24} {'steps/s':>8}" + "".join(f"{'× ' + peer:>20}" for peer in peers))
    for name, rates in found.items():
        ratios = "".join(f"{ratio(found, name, peer):20.2f}" for peer in peers)
        print(f"{name:24} {median(rates):8.0f}{ratios}", flush=True)


def scaling(rounds: int) -> None:
    """Compare with the notebook style over widths and numbers of points."""
    print(f"\n× {NOTEBOOK}, cost every step | every 50\n")
    sizes = [((width, width), points) for points in (300, 3_000) for width in (10, 32, 64, 128, 256, 512)]
    sizes += [((10, 5), points) for points in (300, 1_000, 3_000, 10_000, 30_000)]
    sizes += [((128, 128), 30_000)]
    contestants = {NOTEBOOK: notebook, DENSE: OURS[DENSE], SPARSE: OURS[SPARSE]}
    for hidden, points in sizes:
        found = speeds(contestants, *problem(hidden, points), 0.2, rounds)
        every, seldom = (ratio(found, name, NOTEBOOK) for name in (DENSE, SPARSE))
        layers = str([2, *hidden, 1])
        print(f"{layers:18} {points:6} points {every:6.2f} {seldom:6.2f}", flush=True)


def fresh(rounds: int) -> None:
    """Compare in processes of their own, whose allocator has not learnt yet what will be asked of it."""
    names = [NOTEBOOK, *OURS]
    found: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            command = [sys.executable, "-m", "tests.benchmarks.training", "--one", name]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
            found[name].append(float(answer.stdout))
    print("\n[2, 10, 5, 1], 3000 points, each in a fresh process\n")
    for name in names:
        print(f"{name:24} {median(found[name]):8.0f} {ratio(found, name, NOTEBOOK):6.2f}", flush=True)


def one(name: str) -> None:
    """Print the steps a second of one contestant on 3,000 points."""
    network, data = problem((10, 5), 3_000)
    contestant = {NOTEBOOK: notebook, **OURS}[name]
    begun = time.perf_counter()
    contestant(network, data, 1_000)
    print(1_000 / (time.perf_counter() - begun))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Training against its peers, side by side.")
    parser.add_argument("--rounds", type=int, default=9, help="interleaved rounds (default 9)")
    parser.add_argument("--only", choices=("lesson", "fresh", "scaling"), help="one table alone")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one)
        return
    tables = {"lesson": lesson, "fresh": fresh, "scaling": scaling}
    for name, table in tables.items():
        if options.only in (None, name):
            table(options.rounds)


if __name__ == "__main__":
    main()
