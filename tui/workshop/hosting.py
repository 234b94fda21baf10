"""What every connection has to do with: the house, who may come in, and where it is written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tui.workshop.arrival import Arrival, House, Running
from tui.workshop.log import Log
from tui.workshop.metrics import Metrics
from tui.workshop.ssh.admission import Admission
from tui.workshop.ssh.door import DoorBounds


@dataclass
class Hosting:
    """The workshop, as a connection sees it.

    Attributes:
        house: Where sessions begin.
        admission: Who may come in.
        room: Begins the instructor's session; nobody is the instructor without it.
        bounds: What a connection may cost.
        log: Where events are written.
        metrics: Where they are counted.

    """

    house: House
    admission: Admission
    room: Callable[[Arrival], Awaitable[Running]] | None = None
    bounds: DoorBounds = field(default_factory=DoorBounds)
    log: Log = field(default_factory=Log)
    metrics: Metrics = field(default_factory=Metrics)

    def begun(self, arrival: Arrival) -> None:
        """Write down that a session began."""
        by = arrival.credential if arrival.credential.startswith("key:") else arrival.credential[:4]
        self.log.write("begun", name=arrival.name.shown, address=arrival.address, by=by)
        self.metrics.arrivals.inc()
        self.metrics.sessions.inc()

    def ended(self, arrival: Arrival, why: str, seconds: float, sent: int | None) -> None:
        """Write down that a session ended, after so many seconds and bytes, if they were counted."""
        self.log.write(
            "ended", name=arrival.name.shown, address=arrival.address, why=why, seconds=seconds, bytes=sent
        )
        self.metrics.sessions.dec()
        self.metrics.sent.inc(sent or 0)
        self.metrics.ends.labels(why).inc()

    def refused(self, why: str, address: str, name: str = "", times: int = 1) -> None:
        """Write down that something was refused, so many times."""
        self.log.write("refused", name=name, address=address, why=why, times=times if times > 1 else None)
        self.metrics.refusals.labels(why).inc(times)
