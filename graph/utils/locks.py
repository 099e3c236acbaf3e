"""One run at a time on a folder, on every system; the lock goes with the process, even a killed one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from ..errors import InputError

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(1 << 30)  # beyond what is ever written there
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_exclusively(file: IO[bytes], folder: Path) -> None:
    """Take the lock of a folder until the file is closed.

    Raises
    ------
    InputError
        When another run holds it.
    """
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        raise InputError(
            "another fetch is running on this corpus", where=str(folder), remedy="wait for it, or choose another --to"
        ) from None
