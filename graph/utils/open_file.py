"""A file of which pieces are read while others may write to its folder."""

from __future__ import annotations

import os
import sys
import weakref
from pathlib import Path
from threading import Lock

_PIECE = 1 << 20
"""So many bytes are hashed at once."""


class OpenFile:
    """A file of which pieces are read: the file that was opened, whatever takes its place later.

    Any number of threads may read, and processes that were forked meanwhile: these share one position in the file with
    their parent, so that no read relies on it. It is not mapped: where somebody cuts a mapped file short, the system
    ends the program that reads on, without a word. Raises `OSError` when it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("rb", buffering=0)
        self._lock = Lock()
        self._mark = self._written
        weakref.finalize(self, self._file.close)

    def __len__(self) -> int:
        return self._status.st_size

    @property
    def _status(self) -> os.stat_result:
        return os.fstat(self._file.fileno())

    @property
    def changed_at(self) -> int:
        """When it was last written, renamed or given other times, in nanoseconds: a time that nobody can set back."""
        status = self._status
        return max(status.st_mtime_ns, status.st_ctime_ns)

    @property
    def _written(self) -> tuple[int, int]:
        status = self._status
        return status.st_size, status.st_mtime_ns

    @property
    def is_as_opened(self) -> bool:
        """Whether nobody has written to it since."""
        return self._written == self._mark

    def read(self, begin: int, length: int) -> bytes:
        """A piece; shorter where the file ends."""
        pieces = [self._read(begin, length)]
        while pieces[-1] and (begin + length > (place := begin + sum(map(len, pieces)))):
            pieces.append(self._read(place, begin + length - place))  # one read gives two gigabytes at most
        return b"".join(pieces)

    def _read(self, begin: int, length: int) -> bytes:
        if sys.platform == "win32":
            with self._lock:
                self._file.seek(begin)
                return self._file.read(length)
        else:
            return os.pread(self._file.fileno(), length, begin)

    def sha256(self) -> str:
        """The SHA-256 of the whole file, in hexadecimal."""
        import hashlib  # loads slowly

        found, place = hashlib.sha256(), 0
        while piece := self.read(place, _PIECE):
            found.update(piece)
            place += len(piece)
        return found.hexdigest()

    def read_all(self) -> bytes:
        """The whole file."""
        return self.read(0, len(self))
