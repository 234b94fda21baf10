"""What Linux can take away from a process for good, on top of its user's rights: see landlock(7)."""

from __future__ import annotations

import ctypes
import os
import struct
from typing import Any

CREATE_RULESET, RESTRICT_SELF = 444, 446
"""Numbers of the system calls, the same on every processor."""
VERSION = 1
# By the version of Landlock that brought them: to run programs, and to write, remove and make whatever is in
# file systems; to move files between folders; to cut them. To read is left: Python imports as it goes.
FILES = ((1, 0b1111111110011), (2, 1 << 13), (3, 1 << 14))
# To listen at, and to connect to, a port.
PORTS = ((4, 0b11),)
# Sockets without a file, and signals to whoever is outside.
OTHERS = ((6, 0b11),)


def version() -> int:
    """Return which Landlock this kernel has; less than 1 for none."""
    return int(_system()(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION))


def forsake() -> None:
    """Let this process, and what it starts, write no file, run no program, reach no port and signal nobody.

    Files that are open stay as they are. Older kernels can do less of that, or nothing. The process must have
    given up new privileges before.

    Raises:
        OSError: the kernel can, and refuses.

    """
    known = version()
    if known < 1:
        return
    system = _system()
    rules = struct.pack("QQQ", *(_known(known, group) for group in (FILES, PORTS, OTHERS)))
    ruleset = system(CREATE_RULESET, rules, ctypes.c_size_t(len(rules)), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock has no such rules")
    try:
        if system(RESTRICT_SELF, ruleset, 0):
            raise OSError(ctypes.get_errno(), "landlock is refused")
    finally:
        os.close(ruleset)


def _system() -> Any:
    return ctypes.CDLL(None, use_errno=True).syscall


def _known(known: int, group: tuple[tuple[int, int], ...]) -> int:
    return sum(bits for since, bits in group if since <= known)
