from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from tests.tui.workshop.fake_house import FakeHouse
from tui.workshop.arrival import Arrival
from tui.workshop.hosting import Hosting
from tui.workshop.metrics import Metrics
from tui.workshop.names import learner_name
from tui.workshop.ssh.admission import Admission


def scrape(port: int) -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_monitors_read_what_happened() -> None:
    hosting = Hosting(FakeHouse(), Admission())
    port = hosting.metrics.serve(0)
    arrival = Arrival(learner_name("ada"), "192.0.2.7", "")
    hosting.begun(arrival)
    hosting.begun(arrival)
    hosting.ended(arrival, "quit", 3, 4096)
    hosting.refused("full", "192.0.2.7", times=3)
    hosting.metrics.first.observe(0.03)
    found = scrape(port)
    hosting.metrics.close()
    assert found["initlesson_sessions"] == 1
    assert found["initlesson_arrivals_total"] == 2
    assert found['initlesson_ends_total{why="quit"}'] == 1
    assert found['initlesson_refusals_total{reason="full"}'] == 3
    assert found["initlesson_sent_bytes_total"] == 4096
    assert found['initlesson_first_screen_seconds_bucket{le="0.05"}'] == 1
    assert found['initlesson_first_screen_seconds_bucket{le="0.025"}'] == 0
    with pytest.raises(OSError, match="refused"):
        scrape(port)


def test_it_listens_on_loopback_alone_and_says_when_a_port_is_taken() -> None:
    metrics = Metrics()
    port = metrics.serve(0)
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    assert f"0100007F:{port:04X}" in listening
    assert f"00000000:{port:04X}" not in listening
    with pytest.raises(OSError, match="in use"):
        Metrics().serve(port)
    metrics.close()
