"""One run at a time in a folder: a lock that ends with its process, even one that was killed."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from pathlib import Path

from ..errors import InputError

if sys.platform != "win32":
    import fcntl

PATIENCE = 60.0
"""How many seconds to wait for another run that writes files: it holds the lock only while it does."""
_LOOK_AGAIN = 0.05


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


@contextmanager
def folder_lock(folder: Path, *, shared: bool = False, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a folder that files are written to, alone or, to read them, `shared` with others that read.

    The system keeps it with the folder itself, so that no file is left behind; it ends with the process. Where the
    system has no such locks, one that writes holds a lock file, and one that reads holds none. Raises `InputError` when
    another run holds the lock for more than `patience` seconds, and `OSError` when the folder cannot be opened.
    """
    if folder.resolve() in _edited.get():
        yield
        return
    if sys.platform == "win32":
        with nullcontext() if shared else exclusive_lock(folder / ".lock", busy=_BUSY, remedy=_WAIT):
            yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _wait_for(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, folder, patience)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def edited(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder from reading its files to replacing them, so that nobody's change is lost in between.

    What is read and written in it meanwhile shares the lock. Folders that are missing are made, and are gone again
    when nothing came into them. Raises `InputError` when another run holds the lock and does not end, or the folder
    cannot be used.
    """
    with ExitStack() as held:
        held.callback(_remove_empty, [each for each in (folder, *folder.parents) if not each.exists()])
        try:
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(folder_lock(folder))
        except OSError as fault:
            raise InputError(
                f"cannot be used ({fault.strerror or fault})", where=str(folder), remedy="choose another folder"
            ) from None
        before = _edited.set(_edited.get() | {folder.resolve()})
        held.callback(_edited.reset, before)
        yield


def _remove_empty(folders: Sequence[Path]) -> None:
    with suppress(OSError):  # one is not empty
        for folder in folders:
            folder.rmdir()


_edited: ContextVar[frozenset[Path]] = ContextVar("edited", default=frozenset())
"""The folders whose lock this run holds."""
_BUSY, _WAIT = "another run is writing here", "wait for it, or choose another folder"


def _wait_for(descriptor: int, kind: int, folder: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except OSError as fault:
            if fault.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                return  # some network file systems have no locks: then it is as if nobody else were there
        else:
            return
        if time.monotonic() > until:
            raise InputError(_BUSY, where=str(folder), remedy=_WAIT)
        time.sleep(_LOOK_AGAIN)
