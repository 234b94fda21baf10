"""Small files that are always whole."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def read_file(path: Path, most: int) -> str:
    """Return the text of a file of so many bytes at most.

    Raises:
        OSError: it cannot be read, or is no file but something that may never end.
        ValueError: it is larger, or no text.

    """
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.EINVAL, "not a file")
    if about.st_size > most:
        raise ValueError("too large")
    return path.read_text(encoding="utf-8")


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
        _flush_folder(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _flush_folder(folder: Path) -> None:
    # The new name, too, must outlive a power loss; where folders cannot be flushed, that is all one can do.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def locked(path: Path, patience: float) -> Iterator[bool]:
    """Hold the lock of a file, a hidden file beside it, and say whether it was got.

    It is not got where whoever holds it keeps it, or where there is no locking: on Windows, on some network
    file systems, in a folder that cannot be written.

    Args:
        path: The file that is to be replaced.
        patience: Seconds to wait for it.

    """
    try:
        lock = _open_lock(path)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links
        yield False
        return
    try:
        yield _got(lock, patience)
    finally:
        os.close(lock)


def _open_lock(path: Path) -> int:
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Whoever may put a link there must not choose what is opened.
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    return os.open(target.with_name(f".{target.name}.lock"), flags, 0o600)


def _got(lock: int, patience: float) -> bool:
    try:
        import fcntl
    except ImportError:
        return False
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.002)
        except OSError:
            return False
        else:
            return True
