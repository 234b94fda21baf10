"""Small files that are always whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """Write a text file at once: whoever reads it, also after a power loss, finds the old one or the new one.

    Its folder is made if need be. A link stays a link: what it points to is replaced.

    Raises:
        OSError: it cannot be written.

    """
    try:
        target = path.resolve()
    except RuntimeError as error:  # a loop of links
        raise OSError(str(error)) from error
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
