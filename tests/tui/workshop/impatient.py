"""`initlesson` whose server soon gives up on a reader that stops."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from tui import entry
from tui.workshop import serve
from tui.workshop.ssh import server
from tui.workshop.ssh.door import DoorBounds

if __name__ == "__main__":
    changed: Any = serve
    changed.DoorBounds = partial(DoorBounds, stalled=2)
    server.KEEPALIVE = 1
    sys.exit(entry.main())
