"""HAProxy with the recipe of `deploy/haproxy.cfg`, on loopback."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

RECIPE = Path(__file__).parents[3] / "deploy" / "haproxy.cfg"
HAPROXY = shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
LIMIT = 30.0


class HAProxy:
    """A balancer.

    Args:
        folder: Where its configuration is written.
        ports: Those of the servers behind it.

    """

    def __init__(self, folder: Path, ports: tuple[int, int]) -> None:
        recipe = RECIPE.read_text().replace("log /dev/log local0", "log stderr format raw local0")
        if os.geteuid() != 0:
            recipe = re.sub(r"^ +(chroot|user|group) .*\n", "", recipe, flags=re.MULTILINE)
        for number, port in enumerate(ports, 11):
            recipe = recipe.replace(f"192.0.2.{number}:2222", f"127.0.0.1:{port}")
        config = folder / "haproxy.cfg"
        assert HAPROXY
        for _ in range(10):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port: int = free.getsockname()[1]
            config.write_text(recipe.replace("bind :2222", f"bind 127.0.0.1:{self.port}"))
            with (folder / "haproxy.log").open("ab") as log:
                self.process = subprocess.Popen([HAPROXY, "-db", "-f", config], stdout=log, stderr=log)
            if self._answers():
                return
        raise AssertionError((folder / "haproxy.log").read_text())

    def _answers(self) -> bool:
        end = time.monotonic() + LIMIT
        while self.process.poll() is None and time.monotonic() < end:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as probe:
                    if probe.recv(4) == b"SSH-" and self.process.poll() is None:
                        return True
            except OSError:
                pass
            time.sleep(0.05)
        return False

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(LIMIT)
        finally:
            self.process.kill()
            self.process.wait()
