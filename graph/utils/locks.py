"""One run at a time in a folder: a lock that ends with its process, even one that was killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import InputError


@contextmanager
def exclusive_lock(path: Path, *, busy: str, remedy: str) -> Iterator[None]:
    """Hold the lock file of a folder; it is made if it is missing, and stays. What it holds means nothing.

    When another run holds the lock, an `InputError` says `busy` and the remedy. Raises `OSError` when the file cannot
    be opened.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(busy, where=str(path.parent), remedy=remedy) from None
    try:
        yield
    finally:
        lock.release()
