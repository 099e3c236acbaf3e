"""Bytes that arrive in parts, as a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

_AT_ONCE = 1 << 16


class PartsFile(io.RawIOBase):
    """The parts of a body as a file, of which one is held.

    >>> io.BufferedReader(PartsFile(iter([b"two li", b"", b"nes", b"."]))).read()
    b'two lines.'
    """

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._rest = parts, b""

    def readable(self) -> bool:
        """Whether it can be read; it can."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, and say how far."""
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def with_start(start: bytes, rest: BinaryIO) -> BinaryIO:
    """A file of which some bytes were read already: they come first, and then what follows them.

    >>> file = io.BytesIO(b"a line")
    >>> with_start(file.read(3), file).read()
    b'a line'
    """
    return io.BufferedReader(PartsFile(chain([start], iter(partial(rest.read, _AT_ONCE), b""))), _AT_ONCE)
