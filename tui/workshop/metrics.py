"""Numbers for monitors, in Prometheus' text format, on this machine alone."""

from __future__ import annotations

from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counts what goes on."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        within: dict[str, Any] = {"registry": self.registry, "namespace": "initlesson"}
        self.sessions = Gauge("sessions", "Sessions that are running", **within)
        self.arrivals = Counter("arrivals", "Sessions that were begun", **within)
        self.refusals = Counter("refusals", "What was refused, by reason", ["reason"], **within)
        self.failures = Counter("failed_logins", "Wrong words, passwords and keys", **within)
        self.first = Histogram(
            "first_screen_seconds", "From the connection to the first screen", buckets=SECONDS, **within
        )
        self.sent = Counter("sent_bytes", "Bytes of terminals that were sent", **within)
        self.ends = Counter("ends", "Sessions that ended, by why", ["why"], **within)
        self._server: tuple[WSGIServer, Thread] | None = None

    def serve(self, port: int) -> int:
        """Answer monitors on a port of 127.0.0.1, 0 for one that is free, and return the port.

        Raises:
            OSError: the port is taken.

        """
        self._server = start_http_server(port, "127.0.0.1", self.registry)
        return self._server[0].server_port

    def close(self) -> None:
        """Answer no more."""
        if self._server:
            server, thread = self._server
            server.shutdown()
            server.server_close()
            thread.join()
            self._server = None
